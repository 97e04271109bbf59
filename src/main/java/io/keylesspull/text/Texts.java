package io.keylesspull.text;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;

/**
 * Renders {@link Text}s in one language. Each room keeps its own bundle, named by the first part of a key, so that
 * a room's words live beside its code. Messages follow {@link MessageFormat}: a single quote is written twice.
 */
public final class Texts {

    /**
     * Asks for the bundles that are there and for no other: one of a region or of English is in no jar, and before that
     * is known each jar has been opened and read through.
     */
    private static final ResourceBundle.Control BUNDLES = new ResourceBundle.Control() {
        @Override
        public List<String> getFormats(String baseName) {
            return FORMAT_PROPERTIES;
        }

        @Override
        public List<Locale> getCandidateLocales(String baseName, Locale locale) {
            return locale.getLanguage().equals(Locale.JAPANESE.getLanguage())
                    ? List.of(Locale.JAPANESE, Locale.ROOT) : List.of(Locale.ROOT);
        }

        @Override
        public Locale getFallbackLocale(String baseName, Locale locale) {
            return null;
        }
    };

    private final Locale locale;

    /** @param locale the reader's language; Japanese and English are there, anything else reads English */
    public Texts(Locale locale) {
        this.locale = locale;
    }

    public Locale locale() {
        return locale;
    }

    /** @throws MissingResourceException where the message is not in its room's bundle: a mistake in the program */
    public String render(Text text) {
        Object[] arguments = text.arguments().stream()
                .map(argument -> argument instanceof Text nested ? render(nested)
                        // Names, paths and messages from elsewhere: within a sentence they are words, on one line.
                        : argument instanceof String words ? Visible.of(words) : argument)
                .toArray();
        return new MessageFormat(pattern(text.key()), locale).format(arguments);
    }

    public String render(String key, Object... arguments) {
        return render(Text.of(key, arguments));
    }

    private String pattern(String key) {
        int dot = key.indexOf('.');
        if (dot < 0) {
            throw new MissingResourceException("a key names its room first: " + key, Texts.class.getName(), key);
        }
        String bundle = "io.keylesspull." + key.substring(0, dot) + ".messages";
        return ResourceBundle.getBundle(bundle, locale, BUNDLES).getString(key.substring(dot + 1));
    }
}
