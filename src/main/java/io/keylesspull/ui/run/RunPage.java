package io.keylesspull.ui.run;

import io.keylesspull.engine.RunEvent.RunResult;
import io.keylesspull.setup.SetupRun;
import io.keylesspull.text.Texts;
import io.keylesspull.time.Time;
import io.keylesspull.ui.log.LogView;
import java.time.ZoneId;
import java.util.concurrent.Executor;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.scene.Node;

/**
 * The page that shows a run: its steps, progress and live log, cancelling it and trying again. Made and used on the
 * JavaFX thread.
 */
public final class RunPage {

    private final RunController controller;
    private final RunPane pane;

    /** @param background where calls that may block are made; one at a time */
    public RunPage(Texts texts, Time time, Executor background) {
        this(texts, time, background, ZoneId.systemDefault());
    }

    RunPage(Texts texts, Time time, Executor background, ZoneId zone) {
        controller = new RunController(texts, time, background);
        pane = new RunPane(texts, controller, new LogView(texts, controller.buffer(), background, zone));
    }

    public Node node() {
        return pane.node();
    }

    /** Begins a run and shows it; what an earlier run left on the page is cleared. */
    public void start(Starter starter) {
        controller.start(starter);
    }

    /** How the run ended; null while it runs and before it has. */
    public ReadOnlyObjectProperty<RunResult> resultProperty() {
        return controller.resultProperty();
    }

    /** Interrupts the run; the result follows when its steps have ended. Nothing where none runs. */
    public void cancel() {
        controller.cancel();
    }

    /** The run that is shown; null until it was started. */
    public SetupRun run() {
        return controller.run();
    }
}
