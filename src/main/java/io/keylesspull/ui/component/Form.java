package io.keylesspull.ui.component;

import io.keylesspull.text.AccessKeys;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.value.ObservableValue;
import javafx.geometry.HPos;
import javafx.geometry.Insets;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/** One column of fields, with their labels to the left; above them where text is large and the form narrow. */
public final class Form extends GridPane {

    /** In pixels, as the next, at the usual size of text. */
    private static final double LABEL_WIDTH = 136;

    private static final double NARROW = 440;
    private static final double USUAL_FONT = 14;

    private final ColumnConstraints labels = new ColumnConstraints(LABEL_WIDTH, LABEL_WIDTH, LABEL_WIDTH);
    private final List<Field> fields = new ArrayList<>();
    private double font = USUAL_FONT;
    private boolean narrow;
    private int rows;

    public Form() {
        getStyleClass().add("form");
        labels.setHalignment(HPos.LEFT);
        ColumnConstraints controls = new ColumnConstraints();
        controls.setHgrow(Priority.ALWAYS);
        controls.setFillWidth(true);
        getColumnConstraints().addAll(labels, controls);
        widthProperty().addListener((property, before, now) -> fit());
    }

    /** @param text as {@code Texts.marked} returns it; Alt with its letter leads into the control */
    public Field field(String text, Node control) {
        Label label = Labels.of(text, "field-label");
        label.setMnemonicParsing(true);
        label.setLabelFor(control);
        if (!(control instanceof Control)) {
            control.setAccessibleText(AccessKeys.plain(text));
        }
        if (fields.isEmpty()) {
            label.fontProperty().addListener((property, before, now) -> {
                font = now.getSize();
                fit();
            });
        }
        Field field = new Field(label, control);
        GridPane.setValignment(label, VPos.TOP);
        fields.add(field);
        add(label, 0, rows++);
        add(field, 1, rows++);
        place(field);
        return field;
    }

    private void fit() {
        narrow = getWidth() > 0 && getWidth() * USUAL_FONT / font < NARROW;
        double width = narrow ? 0 : Math.round(LABEL_WIDTH * font / USUAL_FONT);
        labels.setMinWidth(width);
        labels.setPrefWidth(width);
        labels.setMaxWidth(width);
        fields.forEach(this::place);
    }

    private void place(Field field) {
        int row = GridPane.getRowIndex(field.label());
        GridPane.setColumnSpan(field.label(), narrow ? 2 : 1);
        GridPane.setConstraints(field, narrow ? 0 : 1, narrow ? row + 1 : row, narrow ? 2 : 1, 1);
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
