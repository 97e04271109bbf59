package io.keylesspull.ui.component;

import javafx.beans.value.ObservableValue;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/** A highlighted remark between the fields of a page. */
public final class Notice extends VBox {

    /** How serious it is; sets the colours. */
    public enum Kind {
        INFO,
        WARNING,
        DANGER
    }

    public Notice(Kind kind, ObservableValue<String> text) {
        getStyleClass().addAll("notice", "notice-" + kind.name().toLowerCase(java.util.Locale.ROOT));
        Label label = Labels.of("");
        label.textProperty().bind(text);
        getChildren().add(label);
    }
}
