package io.keylesspull.ui.settings;

import java.util.Locale;
import java.util.Optional;

/** In which language the program speaks. */
public enum Language {
    SYSTEM(Optional.empty()),
    ENGLISH(Optional.of(Locale.ENGLISH)),
    JAPANESE(Optional.of(Locale.JAPANESE));

    private final Optional<Locale> locale;

    Language(Optional<Locale> locale) {
        this.locale = locale;
    }

    /** Empty for that of the system. */
    public Optional<Locale> locale() {
        return locale;
    }
}
