package io.keylesspull.ui.component;

import javafx.beans.property.Property;
import javafx.css.PseudoClass;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** A large radio button with an explanation. */
public final class ChoiceCard extends VBox {

    private static final PseudoClass SELECTED = PseudoClass.getPseudoClass("selected");

    /** @param value what the property is set to when the card is chosen */
    public <T> ChoiceCard(Icon icon, String title, String explanation, Property<T> property, T value) {
        getStyleClass().add("card");
        setAccessibleRole(AccessibleRole.RADIO_BUTTON);
        setAccessibleText(title + ". " + explanation);
        setFocusTraversable(true);
        Label heading = Labels.of(title, "card-title");
        HBox head = new HBox(icon.node(20), heading);
        head.getStyleClass().add("card-head");
        getChildren().addAll(head, Labels.of(explanation, "card-text"));
        setOnMouseClicked(event -> {
            if (event.getButton() == MouseButton.PRIMARY) {
                requestFocus();
                property.setValue(value);
            }
        });
        setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.SPACE) {
                property.setValue(value);
                event.consume();
            }
        });
        property.addListener((p, before, now) -> pseudoClassStateChanged(SELECTED, value.equals(now)));
        pseudoClassStateChanged(SELECTED, value.equals(property.getValue()));
    }
}
