package io.keylesspull.ui.run;

import io.keylesspull.engine.event.StepId;
import io.keylesspull.text.Texts;
import io.keylesspull.text.Visible;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** The steps of one machine, or the shared ones, under a heading that collapses them. */
final class StepGroup extends VBox {

    private final Texts texts;
    private final StepTexts words;
    private final ToggleGroup choice;
    private final ToggleButton heading = new ToggleButton();
    private final StatusIcon icon = new StatusIcon();
    private final Label count = new Label();
    private final VBox body = new VBox();
    private final List<StepRow> rows = new ArrayList<>();
    private boolean failureSeen;

    /** @param name the heading; empty for none, and then the group cannot be collapsed */
    StepGroup(String name, boolean open, Texts texts, StepTexts words, ToggleGroup choice) {
        this.texts = texts;
        this.words = words;
        this.choice = choice;
        getStyleClass().add("step-group");
        setFillWidth(true);
        if (!name.isEmpty()) {
            getChildren().add(heading(name));
        }
        heading.setSelected(open || name.isEmpty());
        body.visibleProperty().bind(heading.selectedProperty());
        body.managedProperty().bind(heading.selectedProperty());
        getChildren().add(body);
    }

    private ToggleButton heading(String name) {
        String shown = Visible.of(name);
        Label title = new Label(shown);
        title.getStyleClass().add("group-title");
        // The names of similar machines differ at their end.
        title.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        heading.setTooltip(new Tooltip(shown));
        title.setMinWidth(0);
        title.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(title, Priority.ALWAYS);
        count.getStyleClass().add("step-brief");
        count.setMinWidth(USE_PREF_SIZE);
        HBox row = new HBox(icon, title, count);
        row.getStyleClass().add("step-columns");
        row.setAlignment(Pos.CENTER_LEFT);
        row.prefWidthProperty().bind(heading.widthProperty().subtract(20));
        heading.getStyleClass().setAll("step-group-heading");
        heading.setGraphic(row);
        heading.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        heading.setMaxWidth(Double.MAX_VALUE);
        heading.setMinWidth(0);
        heading.setAccessibleText(name);
        return heading;
    }

    void show(List<StepState> steps, RunModel model, Instant now) {
        boolean failed = steps.stream().anyMatch(step -> step.status() == StepStatus.FAILED);
        if (failed && !failureSeen) {
            heading.setSelected(true);
        }
        failureSeen = failed;
        icon.show(StepStatus.of(steps));
        long done =
                steps.stream().filter(step -> step.status() == StepStatus.DONE).count();
        count.setText(texts.render("ui.run.progress", done, steps.size()));
        if (!heading.isSelected()) {
            return;
        }
        if (rows.isEmpty()) {
            steps.forEach(step -> {
                StepRow row = new StepRow(step, texts, words);
                row.setToggleGroup(choice);
                rows.add(row);
            });
            body.getChildren().setAll(rows);
        }
        for (int i = 0; i < rows.size() && i < steps.size(); i++) {
            rows.get(i).show(steps.get(i), now, model::step);
        }
    }

    /** The row of a step, or the heading while the group is collapsed. Empty before it was shown. */
    Optional<Node> nodeOf(StepId step) {
        return heading.isSelected()
                ? rows.stream()
                        .filter(row -> row.step().equals(step))
                        .map(Node.class::cast)
                        .findFirst()
                : Optional.of(heading);
    }

    void open() {
        heading.setSelected(true);
    }

    /** @param changed called when it is expanded or collapsed */
    void onOpened(Runnable changed) {
        heading.selectedProperty().addListener((property, old, now) -> changed.run());
    }
}
