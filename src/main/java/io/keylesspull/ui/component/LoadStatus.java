package io.keylesspull.ui.component;

import io.keylesspull.text.Texts;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** Says that something is being loaded, or why that failed, with a button to try again. Otherwise invisible. */
public final class LoadStatus extends VBox {

    private final Texts texts;
    private final String waiting;
    private final boolean needed;

    /** Shows failures only. */
    public static LoadStatus ofFailure(Texts texts, BackgroundTask<?> work) {
        return new LoadStatus(texts, work, "");
    }

    /** For what the page works without. @param waiting the text while it is being loaded */
    public static LoadStatus ofOptional(Texts texts, BackgroundTask<?> work, String waiting) {
        return new LoadStatus(texts, work, waiting, false);
    }

    /** @param waiting the text while it is being loaded */
    public LoadStatus(Texts texts, BackgroundTask<?> work, String waiting) {
        this(texts, work, waiting, true);
    }

    private LoadStatus(Texts texts, BackgroundTask<?> work, String waiting, boolean needed) {
        this.needed = needed;
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
            getChildren()
                    .setAll(
                            needed
                                    ? new ProblemBox(texts, failed.problem(), work::again)
                                    : ProblemBox.warning(texts, failed.problem(), work::again));
            RevealEvent.request(this);
        } else {
            getChildren().clear();
        }
        setVisible(!getChildren().isEmpty());
    }

    /** A turning wheel with a text. */
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
