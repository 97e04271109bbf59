package io.keylesspull.ui.run;

import io.keylesspull.engine.event.Problem;
import io.keylesspull.engine.event.Purpose;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.text.ErrorCode;
import io.keylesspull.text.Texts;
import io.keylesspull.text.Visible;
import io.keylesspull.ui.component.Copyable;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Why the run stopped, what that means and what to do, with the buttons to try again or to undo. */
final class ProblemPane extends VBox {

    private final Texts texts;
    private final Label what = label("problem-what");
    private final Label meaning = label("problem-meaning");
    private final Label remedy = label("problem-remedy");
    private final VBox command = new VBox();
    private final Label others = label("problem-others");
    private final TextArea details = new TextArea();
    private final ToggleButton showDetails = new ToggleButton();
    private final Button again = new Button();
    private final Button undo = new Button();
    private final Button inLog = new Button();
    private final HBox code = new HBox();
    private Optional<StepId> failed = Optional.empty();

    /** @param onShow gets the step that failed, if someone wants to see it in the log */
    ProblemPane(Texts texts, Runnable tryAgain, Runnable onUndo, Consumer<StepId> onShow) {
        this.texts = texts;
        getStyleClass().add("problem");
        setId("problem");
        again.setId("try-again");
        again.setText(texts.marked("ui.run.tryAgain"));
        again.getStyleClass().add("accent");
        again.setOnAction(event -> tryAgain.run());
        undo.setId("run-undo");
        undo.setText(texts.marked("ui.run.undo"));
        undo.setOnAction(event -> onUndo.run());
        inLog.setId("show-in-log");
        inLog.setText(texts.marked("ui.run.showInLog"));
        inLog.setOnAction(event -> failed.ifPresent(onShow));
        inLog.managedProperty().bind(inLog.visibleProperty());
        undo.managedProperty().bind(undo.visibleProperty());
        showDetails.setId("details-toggle");
        showDetails
                .textProperty()
                .bind(Bindings.when(showDetails.selectedProperty())
                        .then(texts.marked("ui.run.details") + " \u25be")
                        .otherwise(texts.marked("ui.run.details") + " \u25b8"));
        details.setId("details");
        details.getStyleClass().add("problem-details");
        details.setEditable(false);
        details.setWrapText(true);
        details.setPrefRowCount(4);
        details.setAccessibleText(texts.render("ui.run.details"));
        details.visibleProperty().bind(showDetails.selectedProperty().and(showDetails.visibleProperty()));
        details.managedProperty().bind(details.visibleProperty());
        showDetails.managedProperty().bind(showDetails.visibleProperty());
        HBox buttons = new HBox(again, undo, inLog, showDetails, code, others);
        buttons.getStyleClass().add("problem-buttons");
        buttons.setAlignment(Pos.CENTER_LEFT);
        setMinHeight(Region.USE_PREF_SIZE);
        managedProperty().bind(visibleProperty());
        setVisible(false);
        command.managedProperty().bind(command.visibleProperty());
        getChildren().addAll(what, meaning, remedy, command, buttons, details);
    }

    private static Label label(String style) {
        Label label = new Label();
        label.getStyleClass().add(style);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        label.managedProperty().bind(label.visibleProperty());
        return label;
    }

    /**
     * @param step that failed; empty if none began
     * @param more how many other steps failed
     */
    void show(Problem problem, Optional<StepId> step, int more) {
        failed = step;
        pseudoClassStateChanged(StepList.FAILED, true);
        fill(
                texts.render(problem.what()),
                texts.render(problem.meaning()),
                texts.render(problem.remedy()),
                problem.command(),
                problem.code(),
                Visible.ofLines(problem.details()),
                more == 0 ? "" : texts.render("ui.run.moreFailures", more));
    }

    void showCancelled(Purpose purpose) {
        failed = Optional.empty();
        pseudoClassStateChanged(StepList.FAILED, false);
        String key = purpose == Purpose.UNDO ? "ui.run.undo.stopped." : "ui.run.stopped.";
        fill(
                texts.render(key + "what"),
                texts.render(key + "meaning"),
                texts.render(key + "remedy"),
                Optional.empty(),
                Optional.empty(),
                "",
                "");
    }

    /** @param possible whether there is something to undo */
    void offerUndo(boolean possible) {
        undo.setVisible(possible);
    }

    private void fill(
            String happened,
            String means,
            String advice,
            Optional<String> typed,
            Optional<ErrorCode> number,
            String cause,
            String further) {
        inLog.setVisible(failed.isPresent());
        set(what, happened);
        set(meaning, means);
        set(remedy, advice);
        command.getChildren()
                .setAll(typed.stream().map(lines -> new Copyable(texts, lines)).toList());
        command.setVisible(typed.isPresent());
        code.getChildren()
                .setAll(number.stream()
                        .map(known -> Copyable.button(texts, known.toString()))
                        .toList());
        set(others, further);
        if (!cause.equals(details.getText())) {
            details.setText(cause);
        }
        showDetails.setVisible(!cause.isBlank());
        setVisible(true);
        // Nobody who does not see the pane knows why there is something to try again.
        again.setAccessibleHelp(words());
    }

    /** What it says, without details; empty if it is hidden. */
    String words() {
        return isVisible() ? String.join(" ", what.getText(), meaning.getText(), remedy.getText()) : "";
    }

    void hide() {
        setVisible(false);
        showDetails.setSelected(false);
    }

    private static void set(Label label, String text) {
        label.setText(text);
        label.setVisible(!text.isBlank());
    }
}
