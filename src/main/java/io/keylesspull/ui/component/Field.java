package io.keylesspull.ui.component;

import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** An input with its state beside it and hints and errors under it. */
public final class Field extends VBox {

    private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");
    private final Label label;
    private final Node control;
    private final HBox row;

    Field(Label label, Node control) {
        this.label = label;
        this.control = control;
        getStyleClass().add("field");
        row = new HBox(control);
        row.getStyleClass().add("field-row");
        row.setAlignment(Pos.CENTER_LEFT);
        if (control instanceof Control || control instanceof Region) {
            HBox.setHgrow(control, Priority.ALWAYS);
            ((Region) control).setMaxWidth(Double.MAX_VALUE);
        }
        getChildren().add(row);
    }

    Label label() {
        return label;
    }

    /** Adds something beside the input. */
    public Field beside(Node node) {
        row.getChildren().add(node);
        return this;
    }

    /** Adds something under the input. */
    public Field under(Node node) {
        getChildren().add(node);
        return this;
    }

    public Field narrow(double width) {
        HBox.setHgrow(control, Priority.NEVER);
        ((Region) control).setPrefWidth(width);
        ((Region) control).setMaxWidth(width);
        return this;
    }

    public Field hint(String text) {
        return under(Labels.hint(text));
    }

    public Field hint(ObservableValue<String> text) {
        Label hint = Labels.hint("");
        hint.textProperty().bind(text);
        return under(Show.when(text.map(value -> !value.isEmpty()).orElse(false), hint));
    }

    /** @param text what is wrong; empty if nothing is */
    public Field error(ObservableValue<String> text) {
        Label error = Labels.of("", "error");
        error.textProperty().bind(text);
        error.setGraphic(Icon.WARNING.node(12));
        control.pseudoClassStateChanged(WRONG, !text.getValue().isEmpty());
        error.textProperty().addListener((property, before, now) -> {
            control.pseudoClassStateChanged(WRONG, !now.isEmpty());
            control.setAccessibleHelp(now);
            if (before.isEmpty()) {
                RevealEvent.request(error);
            }
        });
        return under(Show.when(text.map(value -> !value.isEmpty()).orElse(false), error));
    }
}
