package io.keylesspull.ui.settings;

import static org.assertj.core.api.Assertions.assertThat;

import atlantafx.base.theme.Theme;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.scene.paint.Color;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Text can be read on every background, in each look: contrast by the formula of WCAG 2.2 ("contrast ratio", "relative
 * luminance"), at least 4.5 (1.4.3, AA), in high contrast 7 (1.4.6, AAA), and 3 for shapes (1.4.11). Computed from the
 * colour roles of the stylesheets.
 */
class ContrastTest {

    private static final List<String> STYLESHEETS = List.of(
            "/io/keylesspull/ui/shell/wizard.css", "/io/keylesspull/ui/log/log.css", "/io/keylesspull/ui/run/run.css");

    /** In what text is written. */
    private static final List<String> TEXT = List.of(
            "-color-fg-default",
            "-color-fg-muted",
            "-color-fg-subtle",
            "-color-accent-fg",
            "-color-success-fg",
            "-color-warning-fg",
            "-color-danger-fg",
            "-color-chart-4",
            "-color-chart-6");

    /** On what it is written. */
    private static final List<String> BACKGROUND = List.of(
            "-color-bg-default",
            "-color-bg-overlay",
            "-color-bg-subtle",
            "-color-bg-inset",
            "-color-accent-subtle",
            "-color-warning-subtle",
            "-color-success-subtle",
            "-color-danger-subtle");

    /** Of buttons, on which text has a role of its own, and of shapes. */
    private static final List<String> SHAPE = List.of(
            "-color-accent-emphasis", "-color-success-emphasis", "-color-warning-emphasis", "-color-danger-emphasis");

    private static final Pattern ROLE = Pattern.compile("(-color-[\\w-]+):\\s*([^;]+);");

    @ParameterizedTest
    @CsvSource({"LIGHT, 4.5", "DARK, 4.5", "HIGH_CONTRAST, 7"})
    void textCanBeReadOnEveryBackground(Look look, double least) throws IOException {
        Map<String, String> roles = roles(look);
        List<String> faint = new ArrayList<>();
        for (String text : TEXT) {
            for (String background : BACKGROUND) {
                note(faint, roles, text, background, least);
            }
        }
        note(faint, roles, "-color-fg-emphasis", "-color-accent-emphasis", least);
        // The focused main button.
        note(faint, roles, "-color-fg-emphasis", "-color-accent-6", least);
        assertThat(faint).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"LIGHT", "DARK", "HIGH_CONTRAST"})
    void shapesCanBeSeen(Look look) throws IOException {
        Map<String, String> roles = roles(look);
        List<String> faint = new ArrayList<>();
        SHAPE.forEach(shape -> note(faint, roles, shape, "-color-bg-default", 3));
        // What a box to tick, a field or a card is known by until it is chosen.
        List.of("-color-bg-default", "-color-bg-subtle", "-color-bg-overlay", "-color-warning-subtle")
                .forEach(background -> note(faint, roles, "-color-outline", background, 3));
        assertThat(faint).isEmpty();
    }

    /** Otherwise a role could come into use that nobody has measured. */
    @Test
    void theStylesheetsUseNoOtherRoles() throws IOException {
        Pattern used = Pattern.compile("-fx-(text-fill|fill|background-color): (-color-[\\w-]+)");
        Set<String> text = new TreeSet<>();
        Set<String> background = new TreeSet<>();
        for (String stylesheet : STYLESHEETS) {
            Matcher uses = used.matcher(read(stylesheet));
            while (uses.find()) {
                (uses.group(1).equals("background-color") ? background : text).add(uses.group(2));
            }
        }
        text.removeAll(TEXT);
        // The frame of what a search found is drawn behind the text.
        text.remove("-color-warning-subtle");
        background.removeAll(BACKGROUND);
        background.removeAll(SHAPE);
        // Icons, which are shapes in the colour of text, and the lines of borders and tracks.
        background.removeAll(TEXT);
        background.removeAll(List.of("-color-fg-emphasis", "-color-border-muted", "-color-border-default"));
        assertThat(text).isEmpty();
        assertThat(background).isEmpty();
    }

    private static void note(
            List<String> faint, Map<String, String> roles, String text, String background, double least) {
        Color under = over(colour(roles, background), colour(roles, "-color-bg-default"));
        double ratio = ratio(over(colour(roles, text), under), under);
        if (ratio < least) {
            faint.add("%s on %s: %.2f".formatted(text, background, ratio));
        }
    }

    private static Map<String, String> roles(Look look) throws IOException {
        Look.Colours colours = look.colours(false);
        Theme theme = colours.theme();
        Map<String, String> roles = new HashMap<>();
        String all = read(theme.getUserAgentStylesheet().replace(".bss", ".css"));
        add(roles, all.substring(0, all.indexOf('}')));
        add(
                roles,
                read("/io/keylesspull/ui/settings/"
                        + colours.stylesheet().substring(colours.stylesheet().lastIndexOf('/') + 1)));
        return roles;
    }

    private static void add(Map<String, String> roles, String css) {
        Matcher found = ROLE.matcher(css);
        while (found.find()) {
            roles.put(found.group(1), found.group(2).strip());
        }
    }

    private static Color colour(Map<String, String> roles, String role) {
        String value = roles.get(role);
        assertThat(value).as(role).isNotNull();
        return value.startsWith("-color-") ? colour(roles, value) : Color.web(value);
    }

    private static Color over(Color top, Color under) {
        double share = top.getOpacity();
        return Color.color(
                top.getRed() * share + under.getRed() * (1 - share),
                top.getGreen() * share + under.getGreen() * (1 - share),
                top.getBlue() * share + under.getBlue() * (1 - share));
    }

    private static double ratio(Color one, Color other) {
        double lighter = Math.max(luminance(one), luminance(other));
        double darker = Math.min(luminance(one), luminance(other));
        return (lighter + 0.05) / (darker + 0.05);
    }

    private static double luminance(Color colour) {
        return 0.2126 * linear(colour.getRed())
                + 0.7152 * linear(colour.getGreen())
                + 0.0722 * linear(colour.getBlue());
    }

    private static double linear(double channel) {
        return channel <= 0.04045 ? channel / 12.92 : Math.pow((channel + 0.055) / 1.055, 2.4);
    }

    private static String read(String resource) throws IOException {
        try (InputStream in = ContrastTest.class.getResourceAsStream(resource)) {
            assertThat(in).as(resource).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
