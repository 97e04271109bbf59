package io.keylesspull.ui.run;

import io.keylesspull.engine.Purpose;
import io.keylesspull.engine.RunEvent.RunResult;
import io.keylesspull.setup.SetupRun;
import io.keylesspull.text.Texts;
import io.keylesspull.time.Time;
import io.keylesspull.ui.log.LogView;
import java.time.ZoneId;
import java.util.List;
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

    /**
     * @param background where calls that may block are made; one at a time
     * @param onUndo     asked for, where a setup did not come to its end, to take back what it did
     */
    public RunPage(Texts texts, Time time, Executor background, Runnable onUndo) {
        this(texts, time, background, ZoneId.systemDefault(), onUndo);
    }

    RunPage(Texts texts, Time time, Executor background, ZoneId zone, Runnable onUndo) {
        controller = new RunController(texts, time, background);
        pane = new RunPane(texts, controller, new LogView(texts, controller.buffer(), background, zone), onUndo);
    }

    public Node node() {
        return pane.node();
    }

    /** Begins a setup and shows it; what an earlier run left on the page is cleared. */
    public void start(Starter starter) {
        show(Purpose.SETUP, starter, false, List.of());
    }

    /** The same with a setup that was begun before. */
    public void resume(Starter starter) {
        show(Purpose.SETUP, starter, true, List.of());
    }

    /** The same with taking a run back. @param stays what is left alone and why, to be told at the end */
    public void undo(Starter starter, List<String> stays) {
        show(Purpose.UNDO, starter, true, stays);
    }

    private void show(Purpose purpose, Starter starter, boolean begunBefore, List<String> stays) {
        pane.expect(begunBefore, stays);
        controller.start(purpose, starter);
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
