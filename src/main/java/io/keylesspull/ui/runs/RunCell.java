package io.keylesspull.ui.runs;

import io.keylesspull.setup.session.StoredRun;
import io.keylesspull.ui.component.Icon;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.OverrunStyle;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** A run in the list: its machines and registry, and under them its start and state. */
final class RunCell extends ListCell<EarlierRun> {

    private final RunTexts words;

    RunCell(RunTexts words) {
        this.words = words;
        // The list's width, not the text's, so that long words end in an ellipsis.
        setPrefWidth(0);
    }

    @Override
    protected void updateItem(EarlierRun earlier, boolean empty) {
        super.updateItem(earlier, empty);
        setText(null);
        setGraphic(empty || earlier == null ? null : face(earlier));
        setAccessibleText(
                empty || earlier == null
                        ? null
                        : words.about(earlier.stored()) + ", " + words.mode(earlier) + ", " + facts(earlier.stored()));
    }

    private HBox face(EarlierRun earlier) {
        StoredRun run = earlier.stored();
        StackPane sign = new StackPane(icon(run.state()).node(14));
        sign.setMinWidth(USE_PREF_SIZE);
        sign.getStyleClass().addAll("run-sign", "run-" + run.state().name().toLowerCase(Locale.ROOT));
        Label about = new Label(words.about(run));
        about.getStyleClass().add("run-about");
        about.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        about.setMaxWidth(Double.MAX_VALUE);
        about.setMinWidth(0);
        HBox.setHgrow(about, Priority.ALWAYS);
        Label mode = new Label(words.mode(earlier));
        mode.getStyleClass().addAll("badge", earlier.practice() ? "badge-practice" : "badge-azure");
        mode.setMinWidth(USE_PREF_SIZE);
        HBox first = new HBox(10, about, mode);
        first.setAlignment(Pos.CENTER_LEFT);
        Label facts = new Label(facts(run));
        facts.getStyleClass().add("hint");
        VBox text = new VBox(first, facts);
        text.setMinWidth(0);
        text.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(text, Priority.ALWAYS);
        HBox row = new HBox(10, sign, text);
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    private String facts(StoredRun run) {
        return Stream.of(words.started(run), words.state(run), words.progress(run))
                .filter(fact -> !fact.isEmpty())
                .collect(Collectors.joining(" \u00b7 "));
    }

    private static Icon icon(StoredRun.State state) {
        return switch (state) {
            case UNFINISHED, UNDOING -> Icon.WARNING;
            case PROVEN -> Icon.CHECK;
            case UNDONE -> Icon.UNDO;
            case DAMAGED -> Icon.CROSS;
        };
    }
}
