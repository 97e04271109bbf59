package io.keylesspull.ui.component;

import io.keylesspull.text.Visible;
import javafx.scene.control.Label;

/** Labels for running text: they wrap, are never cut off, and make hidden characters visible. */
public final class Labels {

    private Labels() {}

    public static Label of(String text, String... styles) {
        Label label = new Label(Visible.ofLines(text));
        label.setWrapText(true);
        label.setMinHeight(javafx.scene.layout.Region.USE_PREF_SIZE);
        label.getStyleClass().addAll(styles);
        return label;
    }

    public static Label hint(String text) {
        return of(text, "hint");
    }

    /**
     * Breaks a name into lines. In a list's row text does not wrap by itself, because a row measures its text before it
     * knows its width.
     *
     * @param most characters in one line
     */
    public static String inLines(String name, int most) {
        return Visible.of(name).replaceAll("(.{" + most + "})(?=.)", "$1\n");
    }
}
