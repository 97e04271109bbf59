package io.keylesspull.ui.component;

import java.util.function.Supplier;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.layout.StackPane;

/** Shows nodes under a condition. Hidden nodes take no space. */
public final class Show {

    private Show() {}

    public static <N extends Node> N when(ObservableValue<Boolean> condition, N node) {
        node.visibleProperty().bind(condition);
        node.managedProperty().bind(condition);
        return node;
    }

    /** The same for a node that is made when it is first shown. */
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
