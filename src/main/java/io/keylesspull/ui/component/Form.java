package io.keylesspull.ui.component;

import javafx.beans.value.ObservableValue;
import javafx.geometry.HPos;
import javafx.geometry.Insets;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/** One column of fields, with their labels to the left. */
public final class Form extends GridPane {

    private static final double LABEL_WIDTH = 136;
    private int rows;

    public Form() {
        getStyleClass().add("form");
        ColumnConstraints labels = new ColumnConstraints(LABEL_WIDTH, LABEL_WIDTH, LABEL_WIDTH);
        labels.setHalignment(HPos.LEFT);
        ColumnConstraints fields = new ColumnConstraints();
        fields.setHgrow(Priority.ALWAYS);
        fields.setFillWidth(true);
        getColumnConstraints().addAll(labels, fields);
    }

    public Field field(String text, Node control) {
        Label label = Labels.of(text, "field-label");
        label.setLabelFor(control);
        Field field = new Field(label, control);
        GridPane.setValignment(label, VPos.TOP);
        add(label, 0, rows);
        add(field, 1, rows++);
        return field;
    }

    /** Adds a row of the full width. */
    public <N extends Node> N wide(N node) {
        add(node, 0, rows++, 2, 1);
        if (node instanceof Region region) {
            region.setMaxWidth(Double.MAX_VALUE);
            GridPane.setMargin(region, new Insets(0, 0, 14, 0));
        }
        return node;
    }

    /** Adds a field that is shown only while a condition holds. */
    public Field field(String text, Node control, ObservableValue<Boolean> when) {
        Field field = field(text, control);
        Show.when(when, field);
        Show.when(when, field.label());
        return field;
    }
}
