package io.keylesspull.ui.run;

import io.keylesspull.engine.event.Purpose;
import io.keylesspull.engine.event.RunEvent.RunResult;
import io.keylesspull.setup.session.SetupRun;
import io.keylesspull.text.Texts;
import io.keylesspull.time.Once;
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
    private final Once<RunPane> pane;

    /**
     * @param background where calls that may block are made; one at a time
     * @param onUndo     asked for, where a setup did not come to its end, to take back what it did
     */
    public RunPage(Texts texts, Time time, Executor background, Runnable onUndo) {
        this(texts, time, background, ZoneId.systemDefault(), onUndo);
    }

    RunPage(Texts texts, Time time, Executor background, ZoneId zone, Runnable onUndo) {
        controller = new RunController(texts, time, background);
        pane = new Once<>(() -> new RunPane(texts, controller,
                new LogView(texts, controller.buffer(), background, zone), onUndo));
    }

    public Node node() {
        return pane.get().node();
    }

    /** Begins a setup and shows it; what an earlier run left on the page is cleared. */
    public void start(Starter starter) {
        show(Purpose.SETUP, starter, false, UndoExpected.NOTHING);
    }

    /** The same with a setup that was begun before. */
    public void resume(Starter starter) {
        show(Purpose.SETUP, starter, true, UndoExpected.NOTHING);
    }

    /** The same with taking a run back. */
    public void undo(Starter starter, UndoExpected expected) {
        show(Purpose.UNDO, starter, true, expected);
    }

    private void show(Purpose purpose, Starter starter, boolean begunBefore, UndoExpected expected) {
        pane.get().expect(begunBefore, expected);
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
