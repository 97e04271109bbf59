package io.keylesspull.ui.component;

import javafx.beans.property.Property;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;

/** Radio buttons side by side, for the value of a property. */
public final class RadioOptions<T> extends FlowPane {

    private final ToggleGroup group = new ToggleGroup();
    private final Property<T> property;

    public RadioOptions(Property<T> property) {
        this.property = property;
        getStyleClass().add("options");
        group.selectedToggleProperty().addListener((p, before, now) -> {
            if (now != null) {
                property.setValue(valueOf(now));
            }
        });
    }

    public RadioOptions<T> add(T value, String text) {
        getChildren().add(button(value, text));
        return this;
    }

    /** A radio button of the same group with an explanation under it. The caller places it. */
    public VBox explained(T value, String text, String explanation) {
        VBox box = new VBox(button(value, text), Labels.hint(explanation));
        box.getStyleClass().add("explained");
        return box;
    }

    public RadioButton button(T value, String text) {
        RadioButton button = new RadioButton(text);
        button.setMnemonicParsing(false);
        button.setUserData(value);
        button.setToggleGroup(group);
        button.setSelected(value.equals(property.getValue()));
        property.addListener((p, before, now) -> {
            if (value.equals(now)) {
                button.setSelected(true);
            }
        });
        return button;
    }

    @SuppressWarnings("unchecked")
    private T valueOf(javafx.scene.control.Toggle toggle) {
        return (T) toggle.getUserData();
    }
}
