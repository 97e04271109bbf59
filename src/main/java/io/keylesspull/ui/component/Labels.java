package io.keylesspull.ui.component;

import io.keylesspull.text.Texts;
import io.keylesspull.text.Visible;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.beans.binding.Bindings;
import javafx.collections.ObservableList;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;

/** Labels for running text: they wrap, are never cut off, and make hidden characters visible. */
public final class Labels {

    private static final Pattern LONG = Pattern.compile("\\S{17,}");
    private static final Pattern SEPARATOR = Pattern.compile("(?<=\\w)[/:@._-]+(?=\\w)");
    /** A zero width space. */
    private static final String BREAK = "\u200b";

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

    /** In place of a list's rows: says whether there is nothing at all, or nothing that a search has found. */
    static Label whyNothing(Texts texts, ObservableList<?> all) {
        Label why = hint("");
        why.textProperty()
                .bind(Bindings.when(Bindings.isEmpty(all))
                        .then(texts.render("ui.search.empty"))
                        .otherwise(texts.render("ui.search.nothing")));
        return why;
    }

    /**
     * Lets long paths, ids and addresses break behind their separators; they would break in the middle of a name
     * otherwise. What is copied must not have these places, which are characters without a width.
     */
    public static String breakable(String text) {
        return LONG.matcher(text)
                .replaceAll(word ->
                        Matcher.quoteReplacement(SEPARATOR.matcher(word.group()).replaceAll("$0" + BREAK)));
    }

    /** One line. If it is too long, its middle is left out, and a tooltip has all of it. */
    public static Label middleOut(String text, String... styles) {
        Label label = new Label(Visible.of(text));
        label.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        label.setTooltip(new Tooltip(label.getText()));
        label.getStyleClass().addAll(styles);
        return label;
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
