package io.keylesspull.ui.component;

import javafx.scene.control.Label;

/** Labels for running text: they wrap and are never cut off. */
public final class Words {

    private Words() {
    }

    public static Label of(String text, String... styles) {
        Label label = new Label(text);
        label.setWrapText(true);
        label.setMinHeight(javafx.scene.layout.Region.USE_PREF_SIZE);
        label.getStyleClass().addAll(styles);
        return label;
    }

    public static Label hint(String text) {
        return of(text, "hint");
    }
}
