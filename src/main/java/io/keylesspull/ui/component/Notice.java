package io.keylesspull.ui.component;

import java.util.Locale;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/** A highlighted remark between the fields of a page. */
public final class Notice extends VBox {

    /** How serious it is; sets the colours. */
    public enum Kind {
        INFO,
        WARNING,
        DANGER;

        String styleClass() {
            return "notice-" + name().toLowerCase(Locale.ROOT);
        }
    }

    public Notice(Kind kind, ObservableValue<String> text) {
        getStyleClass().addAll("notice", kind.styleClass());
        Label label = Labels.of("");
        label.textProperty().bind(text);
        getChildren().add(label);
    }
}
