package io.keylesspull.ui.settings;

import javafx.scene.text.Font;

/** Fonts that have to be named. */
public final class Fonts {

    /** JavaFX 21 on Linux does not fall back to fonts with CFF outlines by itself (JDK-8322251). */
    private static final String JAPANESE = "Noto Sans CJK JP";

    private Fonts() {}

    /** The style with which Japanese words are shown; empty where the system finds a font by itself. */
    public static String japaneseStyle() {
        return Font.getFamilies().contains(JAPANESE) ? "-fx-font-family: '" + JAPANESE + "';" : "";
    }
}
