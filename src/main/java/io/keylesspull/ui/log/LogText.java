package io.keylesspull.ui.log;

import io.keylesspull.text.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.input.MouseButton;
import javafx.scene.text.Text;

/**
 * A stretch of a line that looks the same all along. It is used again for other lines, because styling a new one takes
 * most of the time that a line takes.
 */
final class LogText extends Text {

    /** How a stretch looks. */
    private record Appearance(int style, boolean japanese, boolean link) {}

    private Appearance appearance = new Appearance(Style.PLAIN, false, false);
    private Optional<LogLink> link = Optional.empty();

    /** @param onLink gets the link that was clicked */
    LogText(Consumer<LogLink> onLink) {
        setOnMouseClicked(event -> {
            if (event.getButton() == MouseButton.PRIMARY
                    && event.isStillSincePress()
                    && !event.isShiftDown()
                    && !event.isShortcutDown()) {
                link.ifPresent(onLink);
            }
        });
    }

    /** @param style see {@link Style} */
    void show(String text, int style, boolean japanese, Optional<LogLink> target) {
        if (!text.equals(getText())) {
            setText(text);
        }
        link = target;
        Appearance now = new Appearance(style, japanese, target.isPresent());
        if (!now.equals(appearance)) {
            appearance = now;
            setStyle(japanese ? LogLook.JAPANESE_STYLE : null);
            getStyleClass().setAll(classes(now));
            setUnderline((style & Style.UNDERLINE) != 0 || now.link());
        }
    }

    /** For style sheets it is a text like any other. */
    @Override
    public String getTypeSelector() {
        return "Text";
    }

    private static List<String> classes(Appearance look) {
        List<String> classes = new ArrayList<>();
        if (Style.colour(look.style()) > 0) {
            classes.add("ansi-" + Style.colour(look.style()));
        }
        if ((look.style() & Style.BOLD) != 0) {
            classes.add("ansi-bold");
        }
        if ((look.style() & Style.DIM) != 0) {
            classes.add("ansi-dim");
        }
        if (look.link()) {
            classes.add("log-link");
        }
        return classes;
    }
}
