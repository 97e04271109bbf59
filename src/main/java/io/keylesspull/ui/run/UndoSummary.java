package io.keylesspull.ui.run;

import io.keylesspull.setup.plan.Together;
import io.keylesspull.setup.plan.UndoList.Staying;
import io.keylesspull.text.Text;
import io.keylesspull.text.Texts;
import io.keylesspull.ui.component.MaxHeightPane;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** After an undo: how much is gone, what stays and why. */
final class UndoSummary extends VBox {

    /** If it were higher, the log below would have no room. */
    private static final double HIGHEST = 130;

    private final Texts texts;
    private final Label gone = line("problem-what");
    private final Label heading = line("undone-heading");
    private final VBox lines = new VBox();
    private final MaxHeightPane scroll = new MaxHeightPane(HIGHEST, lines);

    UndoSummary(Texts texts) {
        this.texts = texts;
        setId("undone");
        getStyleClass().addAll("problem", "undone");
        lines.getStyleClass().add("undone-lines");
        setMinHeight(Region.USE_PREF_SIZE);
        managedProperty().bind(visibleProperty());
        setVisible(false);
        getChildren().addAll(gone, heading, scroll);
    }

    private static Label line(String style) {
        Label label = new Label();
        label.getStyleClass().add(style);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }

    void hide() {
        setVisible(false);
    }

    /** Does nothing if it is shown already. */
    void show(RunModel model, UndoExpected expected) {
        if (isVisible()) {
            return;
        }
        setVisible(true);
        // If something was known to stay, its step reports it once more.
        List<StepState> surprises = model.steps().stream()
                .filter(StepState::leftAlone)
                .filter(step -> expected.stays().stream()
                        .noneMatch(staying -> staying.step().equals(Optional.of(step.id()))))
                .toList();
        List<Text> stays = Together.of(Stream.concat(
                        surprises.stream()
                                .map(step ->
                                        new Staying(step.title(), step.doing().orElseThrow(), Optional.empty())),
                        expected.stays().stream())
                .map(Staying::words)
                .toList());
        gone.setText(texts.render("ui.run.undo.gone", Math.max(0, expected.goes() - surprises.size())));
        heading.setText(texts.render(stays.isEmpty() ? "ui.run.undo.nothingStays" : "ui.run.undo.stays"));
        lines.getChildren()
                .setAll(stays.stream()
                        .map(words -> {
                            Label label = line("undone-line");
                            label.setText("\u2022 " + texts.render(words));
                            return label;
                        })
                        .toList());
        scroll.setVisible(!stays.isEmpty());
        scroll.setManaged(!stays.isEmpty());
    }
}
