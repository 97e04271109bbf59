package io.keylesspull.ui.component;

import java.util.function.Supplier;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.layout.StackPane;

/** Showing and hiding without leaving a gap. */
public final class Show {

    private Show() {
    }

    public static <N extends Node> N when(ObservableValue<Boolean> condition, N node) {
        node.visibleProperty().bind(condition);
        node.managedProperty().bind(condition);
        return node;
    }

    /** The same with something that is not made before it is shown for the first time. */
    public static Node onceWhen(ObservableValue<Boolean> condition, Supplier<? extends Node> maker) {
        StackPane place = new StackPane();
        condition.addListener((property, before, now) -> fill(place, now, maker));
        fill(place, condition.getValue(), maker);
        return when(condition, place);
    }

    private static void fill(StackPane place, boolean wanted, Supplier<? extends Node> maker) {
        if (wanted && place.getChildren().isEmpty()) {
            place.getChildren().add(maker.get());
        }
    }
}
