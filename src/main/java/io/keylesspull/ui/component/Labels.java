package io.keylesspull.ui.component;

import io.keylesspull.text.Visible;
import javafx.scene.control.Label;

/** Labels for running text: they wrap and are never cut off, and hide nothing, wherever the text came from. */
public final class Labels {

    private Labels() {
    }

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
     * A name in as many lines as it needs. A list's rows measure their text before they know their width, so text
     * there cannot wrap by itself.
     *
     * @param most characters in one line
     */
    public static String inLines(String name, int most) {
        return Visible.of(name).replaceAll("(.{" + most + "})(?=.)", "$1\n");
    }
}
