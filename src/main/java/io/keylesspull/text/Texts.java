package io.keylesspull.text;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Renders {@link Text}s in one language. Each room has its own bundle, named by the first part of a key, so that a
 * room's messages are in its own folder. Messages follow {@link MessageFormat}: a single quote is written twice.
 */
public final class Texts {

    /**
     * Looks only for bundles that exist. By default Java would also look for bundles of regions and of English, and
     * would search every jar for each of them.
     */
    private static final ResourceBundle.Control BUNDLES = new ResourceBundle.Control() {
        @Override
        public List<String> getFormats(String baseName) {
            return FORMAT_PROPERTIES;
        }

        @Override
        public List<Locale> getCandidateLocales(String baseName, Locale locale) {
            return locale.getLanguage().equals(Locale.JAPANESE.getLanguage())
                    ? List.of(Locale.JAPANESE, Locale.ROOT)
                    : List.of(Locale.ROOT);
        }

        @Override
        public @Nullable Locale getFallbackLocale(String baseName, Locale locale) {
            return null;
        }
    };

    private volatile Locale locale;

    /** @param locale the reader's language: Japanese, or English for every other */
    public Texts(Locale locale) {
        this.locale = locale;
    }

    /** From now on, texts are in this language. */
    public void speak(Locale language) {
        locale = language;
    }

    public Locale locale() {
        return locale;
    }

    /** @throws MissingResourceException if the message is not in its room's bundle: a bug in the program */
    public String render(Text text) {
        Object[] arguments = text.arguments().stream()
                .map(argument -> argument instanceof Text nested
                        ? render(nested)
                        // Names, paths and messages from outside: within a sentence they stay on one line.
                        : argument instanceof String words ? Visible.inSentence(words) : argument)
                .toArray();
        Locale now = locale;
        return new MessageFormat(pattern(text.key(), now), now).format(arguments);
    }

    public String render(String key, Object... arguments) {
        return render(Text.of(key, arguments));
    }

    /**
     * The same for a control whose words JavaFX parses, such as a button: marked with its letter, if it has one.
     *
     * @see AccessKeys
     */
    public String marked(String key, Object... arguments) {
        return AccessKeys.marked(render(key, arguments), AccessKeys.of(key));
    }

    /** The keys of a room's messages, each without the room. */
    public static Set<String> keys(String room) {
        return bundle(room, Locale.ROOT).keySet();
    }

    private static String pattern(String key, Locale locale) {
        int dot = key.indexOf('.');
        if (dot < 0) {
            throw new MissingResourceException("a key names its room first: " + key, Texts.class.getName(), key);
        }
        return bundle(key.substring(0, dot), locale).getString(key.substring(dot + 1));
    }

    private static ResourceBundle bundle(String room, Locale locale) {
        return ResourceBundle.getBundle("io.keylesspull." + room + ".messages", locale, BUNDLES);
    }
}
