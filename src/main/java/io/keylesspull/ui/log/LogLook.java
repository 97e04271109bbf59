package io.keylesspull.ui.log;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import javafx.scene.text.Font;

/** How all lines look: the format of times, the columns, what is highlighted. */
final class LogLook {

    private static final List<String> MONOSPACE = List.of(
            "Cascadia Mono", "Consolas", "SF Mono", "Menlo", "DejaVu Sans Mono", "Liberation Mono", "Noto Sans Mono");
    /** JavaFX 21 on Linux does not fall back to fonts with CFF outlines (JDK-8322251), so it is named. */
    private static final String JAPANESE = "Noto Sans Mono CJK JP";

    static final String JAPANESE_STYLE = "-fx-font-family: '" + JAPANESE + "';";
    /** In pixels, as all sizes of the log in a font of {@link #FONT}. */
    static final double LINE_HEIGHT = 19;
    /** The usual size of the log's font, in pixels. */
    static final double FONT = 12;
    /** The style of a list whose rows are all as high as one line. */
    static final String ONE_LINE = "one-line";

    /** From here on: Chinese, Japanese and Korean, which fixed-width Latin fonts do not have. */
    private static final char EAST_ASIAN = '\u2e80';

    private final DateTimeFormatter clock;
    private final boolean namesJapanese;
    private boolean machines;
    private boolean wraps;
    private String highlight = "";

    LogLook(ZoneId zone, Locale locale) {
        namesJapanese =
                Font.getFamilies().contains(JAPANESE) && !monospace(locale).equals(JAPANESE);
        clock = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(zone);
    }

    /** The best fixed-width family that is installed. A style sheet cannot name alternatives. */
    static String monospace(Locale locale) {
        List<String> there = Font.getFamilies();
        if (locale.getLanguage().equals("ja") && there.contains(JAPANESE)) {
            return JAPANESE;
        }
        return MONOSPACE.stream().filter(there::contains).findFirst().orElse("Monospaced");
    }

    /** Whether a character is shown in the Japanese font. */
    boolean japanese(char character) {
        return namesJapanese && character >= EAST_ASIAN;
    }

    /** Up to where a text has the font that it has at its start. */
    int sameFont(String text, int start) {
        int end = start + 1;
        while (end < text.length() && japanese(text.charAt(end)) == japanese(text.charAt(start))) {
            end++;
        }
        return end;
    }

    boolean wraps() {
        return wraps;
    }

    void wrap(boolean wrap) {
        wraps = wrap;
    }

    String clock(Instant at) {
        return clock.format(at);
    }

    boolean machines() {
        return machines;
    }

    void showMachines(boolean show) {
        machines = show;
    }

    /** In lower case; empty for nothing. */
    String highlighted() {
        return highlight;
    }

    void highlight(String text) {
        highlight = text.toLowerCase(Locale.ROOT);
    }
}
