package io.keylesspull.ui.run;

import io.keylesspull.engine.event.StepId;
import io.keylesspull.text.Texts;
import io.keylesspull.ui.component.Labels;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** One step in the list. If it is selected, the log shows this step only. */
final class StepRow extends ToggleButton {

    private final StepId id;
    private final StepTexts words;
    private final String name;
    private final StatusIcon icon = new StatusIcon();
    private final Label title = new Label();
    private final Label brief = new Label();
    private final Label more = new Label();

    StepRow(StepState step, Texts texts, StepTexts words) {
        this.id = step.id();
        this.words = words;
        getStyleClass().setAll("step-row");
        title.getStyleClass().add("step-title");
        brief.getStyleClass().add("step-brief");
        more.getStyleClass().add("step-more");
        name = texts.render(step.title());
        title.setText(Labels.breakable(name));
        title.setWrapText(true);
        more.setWrapText(true);
        more.managedProperty().bind(more.visibleProperty());
        title.setMinHeight(Region.USE_PREF_SIZE);
        more.setMinHeight(Region.USE_PREF_SIZE);
        brief.setMinWidth(Region.USE_PREF_SIZE);
        VBox middle = new VBox(title, more);
        middle.setMinWidth(0);
        HBox.setHgrow(middle, Priority.ALWAYS);
        HBox row = new HBox(icon, middle, brief);
        row.getStyleClass().add("step-columns");
        row.setAlignment(Pos.TOP_LEFT);
        row.prefWidthProperty().bind(widthProperty().subtract(20));
        setGraphic(row);
        setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        setAlignment(Pos.TOP_LEFT);
        setMaxWidth(Double.MAX_VALUE);
        setMinWidth(0);
    }

    StepId step() {
        return id;
    }

    void show(StepState step, Instant now, Function<StepId, Optional<StepState>> others) {
        icon.show(step.status());
        set(brief, words.brief(step, now));
        set(more, Labels.breakable(words.more(step, now, others)));
        more.setVisible(!more.getText().isEmpty());
        more.pseudoClassStateChanged(StepList.FAILED, step.status() == StepStatus.FAILED);
        String spoken = name + ", " + words.status(step.status());
        if (!spoken.equals(getAccessibleText())) {
            setAccessibleText(spoken);
        }
    }

    private static void set(Label label, String text) {
        if (!text.equals(label.getText())) {
            label.setText(text);
        }
    }

    /** The height of the wrapped text; a button's own would be that of one line. */
    @Override
    protected double computePrefHeight(double width) {
        double inner = (width < 0 ? getWidth() : width) - 20;
        return snapSizeY(((Region) getGraphic()).prefHeight(inner) + 10);
    }

    @Override
    protected double computeMinHeight(double width) {
        return computePrefHeight(width);
    }

    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }
}
