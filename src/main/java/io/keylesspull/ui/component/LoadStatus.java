package io.keylesspull.ui.component;

import io.keylesspull.text.Texts;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** Says that something is being loaded, or why it could not be, with the way to try again; else takes no room. */
public final class LoadStatus extends VBox {

    private final Texts texts;
    private final String waiting;

    /** The same where the waiting is shown elsewhere. */
    public static LoadStatus ofFailure(Texts texts, BackgroundTask<?> work) {
        return new LoadStatus(texts, work, "");
    }

    /** @param waiting what to say meanwhile */
    public LoadStatus(Texts texts, BackgroundTask<?> work, String waiting) {
        this.texts = texts;
        this.waiting = waiting;
        getStyleClass().add("load-note");
        managedProperty().bind(visibleProperty());
        show(work);
        ObservableValue<?> state = work.stateProperty();
        state.addListener((property, before, now) -> show(work));
    }

    private void show(BackgroundTask<?> work) {
        if (work.state() instanceof BackgroundTask.State.Running<?> && !waiting.isEmpty()) {
            getChildren().setAll(waiting(waiting));
        } else if (work.state() instanceof BackgroundTask.State.Failed<?> failed) {
            getChildren().setAll(new ProblemBox(texts, failed.problem(), work::again));
        } else {
            getChildren().clear();
        }
        setVisible(!getChildren().isEmpty());
    }

    /** A turning wheel with words. */
    public static HBox waiting(String text) {
        ProgressIndicator wheel = new ProgressIndicator();
        wheel.getStyleClass().add("wheel");
        Label label = new Label(text);
        label.getStyleClass().add("hint");
        HBox row = new HBox(wheel, label);
        row.getStyleClass().add("waiting");
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }
}
