package io.keylesspull.ui.shell;

import io.keylesspull.text.Texts;
import io.keylesspull.ui.settings.Fonts;
import io.keylesspull.ui.settings.Look;
import io.keylesspull.ui.settings.Settings;
import java.util.Locale;
import javafx.application.Application;
import javafx.scene.Scene;

/** The window's colours, size of text and font, as the settings have them; a change shows at once. */
final class Appearance {

    /** In pixels, at 100 %. */
    private static final double FONT = 14;

    private final Scene scene;
    private final Settings settings;
    private final Texts texts;
    private final boolean darkSystem;
    /** Asking for the families takes its time: not before there are words to show. */
    private boolean fontChosen;

    Appearance(Scene scene, Settings settings, Texts texts, boolean darkSystem) {
        this.scene = scene;
        this.settings = settings;
        this.texts = texts;
        this.darkSystem = darkSystem;
        settings.lookProperty().addListener((property, before, now) -> colour());
        settings.textSizeProperty().addListener((property, before, now) -> write());
        colour();
        write();
    }

    /** Chooses the font of the language that is spoken. */
    void chooseFont() {
        fontChosen = true;
        write();
    }

    private void colour() {
        Look.Colours colours = settings.lookProperty().get().colours(darkSystem);
        Application.setUserAgentStylesheet(colours.theme().getUserAgentStylesheet());
        scene.getStylesheets()
                .setAll(
                        colours.stylesheet(),
                        Appearance.class.getResource("wizard.css").toExternalForm());
    }

    private void write() {
        String style = "";
        int size = settings.textSizeProperty().get();
        if (size != 100) {
            style += "-fx-font-size: " + FONT * size / 100 + "px;";
        }
        if (fontChosen && texts.locale().getLanguage().equals(Locale.JAPANESE.getLanguage())) {
            style += Fonts.japaneseStyle();
        }
        scene.getRoot().setStyle(style);
    }
}
