package io.keylesspull.ui.component;

import io.keylesspull.text.Texts;
import java.util.Optional;
import javafx.beans.binding.Bindings;
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
    private final Runnable again;
    private final Optional<ObservableValue<String>> progress;

    /** Shows failures only. */
    public static LoadStatus ofFailure(Texts texts, BackgroundTask<?> work) {
        return new LoadStatus(texts, work, "");
    }

    /** Counts what has come. */
    public static LoadStatus ofList(Texts texts, LoadedList<?> list) {
        return new LoadStatus(texts, list, true);
    }

    /** For a list that the page works without. */
    public static LoadStatus ofOptional(Texts texts, LoadedList<?> list) {
        return new LoadStatus(texts, list, false);
    }

    /** @param waiting the text while it is being loaded */
    public LoadStatus(Texts texts, BackgroundTask<?> work, String waiting) {
        this(texts, work.stateProperty(), work::again, waiting, Optional.empty(), true);
    }

    private LoadStatus(Texts texts, LoadedList<?> list, boolean needed) {
        this(
                texts,
                list.stateProperty(),
                list::again,
                texts.render("ui.loading"),
                Optional.of(Bindings.createStringBinding(
                        () -> list.items().isEmpty()
                                ? texts.render("ui.loading")
                                : texts.render("ui.loading.count", list.items().size()),
                        list.items())),
                needed);
    }

    private LoadStatus(
            Texts texts,
            ObservableValue<?> state,
            Runnable again,
            String waiting,
            Optional<ObservableValue<String>> progress,
            boolean needed) {
        this.texts = texts;
        this.waiting = waiting;
        this.again = again;
        this.progress = progress;
        this.needed = needed;
        getStyleClass().add("load-note");
        managedProperty().bind(visibleProperty());
        show(state.getValue());
        state.addListener((property, before, now) -> show(now));
    }

    private void show(Object state) {
        if (state instanceof BackgroundTask.State.Running<?> && !waiting.isEmpty()) {
            Label words = new Label(waiting);
            progress.ifPresent(words.textProperty()::bind);
            getChildren().setAll(waiting(words));
        } else if (state instanceof BackgroundTask.State.Failed<?> failed) {
            getChildren()
                    .setAll(
                            needed
                                    ? new ProblemBox(texts, failed.problem(), again)
                                    : ProblemBox.warning(texts, failed.problem(), again));
            RevealEvent.request(this);
        } else {
            getChildren().clear();
        }
        setVisible(!getChildren().isEmpty());
    }

    /** A turning wheel with a text. */
    public static HBox waiting(String text) {
        return waiting(new Label(text));
    }

    private static HBox waiting(Label label) {
        ProgressIndicator wheel = new ProgressIndicator();
        wheel.getStyleClass().add("wheel");
        label.getStyleClass().add("hint");
        HBox row = new HBox(wheel, label);
        row.getStyleClass().add("waiting");
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }
}
