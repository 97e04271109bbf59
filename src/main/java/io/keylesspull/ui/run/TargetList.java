package io.keylesspull.ui.run;

import io.keylesspull.text.Texts;
import io.keylesspull.text.Visible;
import io.keylesspull.ui.component.Labels;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.OverrunStyle;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** Many targets, one in a line, with how far each is. Only the lines in view are nodes. */
final class TargetList extends VBox {

    /** @param done how many of its steps succeeded */
    private record Target(String name, StepStatus status, long done, int steps) {}

    private final Texts texts;
    private final StepTexts words;
    private final ListView<Target> list = new ListView<>();
    private final Label title;
    private boolean showing;

    /** @param onChoose gets the target that is chosen by hand */
    TargetList(Texts texts, Consumer<String> onChoose) {
        this.texts = texts;
        this.words = new StepTexts(texts);
        getStyleClass().add("target-list");
        list.setId("run-targets");
        list.setAccessibleText(texts.render("ui.run.targets"));
        list.setCellFactory(view -> new Cell());
        list.getSelectionModel().selectedItemProperty().addListener((property, before, now) -> {
            if (now != null && !showing) {
                onChoose.accept(now.name());
            }
        });
        VBox.setVgrow(list, Priority.ALWAYS);
        title = Labels.of(texts.render("ui.run.targets"), "group-title");
        getChildren().addAll(title, list);
    }

    void show(RunModel model) {
        List<Target> now = model.machines().stream()
                .map(name -> target(name, model.stepsOf(Optional.of(name))))
                .toList();
        showing = true;
        if (now.size() != list.getItems().size()) {
            list.getItems().setAll(now);
        }
        // One by one, so that the list stays where it is.
        for (int i = 0; i < now.size(); i++) {
            if (!now.get(i).equals(list.getItems().get(i))) {
                boolean chosen = list.getSelectionModel().isSelected(i);
                list.getItems().set(i, now.get(i));
                if (chosen) {
                    list.getSelectionModel().select(i);
                }
            }
        }
        showing = false;
        title.setText(texts.render(
                "ui.run.targetsDone",
                now.stream()
                        .filter(target -> target.status() == StepStatus.DONE)
                        .count(),
                now.size()));
    }

    private static Target target(String name, List<StepState> steps) {
        long done =
                steps.stream().filter(step -> step.status() == StepStatus.DONE).count();
        return new Target(name, StepStatus.of(steps), done, steps.size());
    }

    /** Selects a target, if it is listed, and shows where it is. */
    void choose(String name) {
        showing = true;
        list.getItems().stream()
                .filter(target -> target.name().equals(name))
                .findFirst()
                .filter(target -> !target.equals(list.getSelectionModel().getSelectedItem()))
                .ifPresent(target -> {
                    list.getSelectionModel().select(target);
                    list.scrollTo(target);
                });
        showing = false;
    }

    private final class Cell extends ListCell<Target> {

        private final StatusIcon icon = new StatusIcon();
        private final Label name = new Label();
        private final Label count = new Label();
        private final HBox row = new HBox(icon, name, count);

        Cell() {
            // The names of similar machines differ at their end.
            name.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
            name.setMinWidth(0);
            name.setMaxWidth(Double.MAX_VALUE);
            HBox.setHgrow(name, Priority.ALWAYS);
            count.getStyleClass().add("step-brief");
            count.setMinWidth(USE_PREF_SIZE);
            row.getStyleClass().add("step-columns");
            row.setAlignment(Pos.CENTER_LEFT);
            setPrefWidth(0);
        }

        @Override
        protected void updateItem(Target target, boolean empty) {
            super.updateItem(target, empty);
            if (empty || target == null) {
                icon.show(StepStatus.PENDING);
                setGraphic(null);
                setAccessibleText(null);
                return;
            }
            icon.show(target.status());
            name.setText(Visible.of(target.name()));
            count.setText(texts.render("ui.run.progress", target.done(), target.steps()));
            setAccessibleText(String.join(
                    texts.render("ui.listed"), name.getText(), words.status(target.status()), count.getText()));
            setGraphic(row);
        }
    }
}
