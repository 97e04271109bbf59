package io.keylesspull.ui.run;

import io.keylesspull.engine.RunEvent.RunResult;
import io.keylesspull.ui.component.Page;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;

/** The run, as a page of the wizard. */
public final class RunningPage implements Page {

    private final RunPage run;
    private final ObservableValue<Boolean> right;

    public RunningPage(RunPage run) {
        this.run = run;
        right = run.resultProperty().map(result -> result == RunResult.SUCCEEDED).orElse(false);
    }

    @Override
    public Node node() {
        return run.node();
    }

    @Override
    public Node first() {
        return null;
    }

    @Override
    public ObservableValue<Boolean> right() {
        return right;
    }

    @Override
    public boolean scrolls() {
        return false;
    }

    @Override
    public void open() {
        // The run was started, or was looked at before.
    }
}
