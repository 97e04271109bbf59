package io.keylesspull.ui.run;

import io.keylesspull.setup.plan.UndoList.Staying;
import io.keylesspull.text.Texts;
import io.keylesspull.ui.component.UpTo;
import java.util.List;
import java.util.stream.Stream;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** At the end of an undo: how much is gone, and what stays for which reason. */
final class UndoneNote extends VBox {

    /** Higher, and the log below it would be pushed away. */
    private static final double HIGHEST = 130;

    private final Texts texts;
    private final Label gone = line("problem-what");
    private final Label heading = line("undone-heading");
    private final VBox lines = new VBox();
    private final UpTo scroll = new UpTo(HIGHEST, lines);
    private UndoExpected expected = UndoExpected.NOTHING;

    UndoneNote(Texts texts) {
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

    void expect(UndoExpected undo) {
        expected = undo;
    }

    void show(RunModel model, boolean ended) {
        if (isVisible() == ended) {
            return;
        }
        setVisible(ended);
        if (!ended) {
            return;
        }
        // What was known to stay has a step too, which found that out once more.
        List<StepState> surprises = model.steps().stream().filter(StepState::leftAlone)
                .filter(step -> expected.stays().stream().noneMatch(staying -> isAbout(step, staying))).toList();
        List<String> stays = Stream.concat(
                surprises.stream().map(step -> texts.render("runpage.undo.left", step.title(),
                        step.doing().orElseThrow())),
                expected.stays().stream().map(staying -> texts.render("runpage.undo.left", staying.what(),
                        staying.why()))).toList();
        gone.setText(texts.render("runpage.undo.gone", Math.max(0, expected.goes() - surprises.size())));
        heading.setText(texts.render(stays.isEmpty() ? "runpage.undo.nothingStays" : "runpage.undo.stays"));
        lines.getChildren().setAll(stays.stream().map(words -> {
            Label label = line("undone-line");
            label.setText("\u2022 " + words);
            return label;
        }).toList());
        scroll.setVisible(!stays.isEmpty());
        scroll.setManaged(!stays.isEmpty());
    }

    /** Whether the step's title names the thing. */
    private boolean isAbout(StepState step, Staying staying) {
        return texts.render(step.title()).contains(texts.render(staying.what()));
    }
}
