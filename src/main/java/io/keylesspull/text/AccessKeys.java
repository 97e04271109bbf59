package io.keylesspull.text;

import java.util.Locale;
import java.util.MissingResourceException;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The letters that reach a control together with Alt. A room's {@code access-keys.properties} has one for the key of a
 * text, in every language the same, as Windows programs in Japanese use the letters of the English ones.
 *
 * <p>JavaFX reads an underscore in the words of a button as a mark before the letter. Its form {@code _(N)} is not
 * used: in JavaFX 21, words that end with it break the layout ({@code LabeledSkinBase} asks for a character behind the
 * end), and so does a mark behind a doubled underscore.
 */
public final class AccessKeys {

    /** What belongs at the end, behind the letter. */
    private static final Pattern END = Pattern.compile("[\u2026:\uff1a]*$");

    private AccessKeys() {}

    /** The keys of a room's texts that have a letter, each without the room. */
    public static Set<String> keys(String room) {
        return bundle(room).keySet();
    }

    /** @param key of a text, with its room */
    public static Optional<String> of(String key) {
        int dot = key.indexOf('.');
        try {
            return Optional.of(bundle(key.substring(0, dot)).getString(key.substring(dot + 1)));
        } catch (MissingResourceException none) {
            return Optional.empty();
        }
    }

    /** @return the words as JavaFX parses them, with the mark unless they have underscores of their own */
    static String marked(String words, Optional<String> letter) {
        if (words.indexOf('_') >= 0) {
            return words.replace("_", "__");
        }
        return letter.map(each -> marked(words, each)).orElse(words);
    }

    private static String marked(String words, String letter) {
        String quoted = Pattern.quote(letter);
        Matcher begins = Pattern.compile("(?i)\\b" + quoted).matcher(words);
        Matcher inside = Pattern.compile("(?i)" + quoted).matcher(words);
        int place = begins.find() ? begins.start() : inside.find() ? inside.start() : -1;
        if (place >= 0) {
            return words.substring(0, place) + '_' + words.substring(place);
        }
        // macOS has no such letters, so one that is not in the words would say nothing there.
        if (isMac()) {
            return words;
        }
        Matcher end = END.matcher(words);
        boolean latin = words.substring(0, end.find() ? end.start() : 0).matches(".*\\p{ASCII}");
        return end.replaceFirst((latin ? " " : "") + "(_" + letter + ")$0");
    }

    /** The words alone. @param marked as JavaFX parses them */
    public static String plain(String marked) {
        return marked.replaceAll(" ?\\(_\\w\\)", "").replaceAll("_(.)", "$1");
    }

    private static boolean isMac() {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("mac");
    }

    private static ResourceBundle bundle(String room) {
        return ResourceBundle.getBundle("io.keylesspull." + room + ".access-keys", Locale.ROOT);
    }
}
