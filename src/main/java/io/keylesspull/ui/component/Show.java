package io.keylesspull.ui.component;

import javafx.beans.value.ObservableValue;
import javafx.scene.Node;

/** Showing and hiding without leaving a gap. */
public final class Show {

    private Show() {
    }

    public static <N extends Node> N when(ObservableValue<Boolean> condition, N node) {
        node.visibleProperty().bind(condition);
        node.managedProperty().bind(condition);
        return node;
    }
}
