package io.keylesspull.app;

import io.keylesspull.ui.settings.Language;
import io.keylesspull.ui.settings.Settings;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The language that the program begins with: Java's option, or else the chosen one, or else the system's. */
final class SpokenLanguage {

    private static final String OPTION = "-Duser.language=";

    private SpokenLanguage() {}

    /** @param kept what the window kept @param system Java's own language */
    static Locale of(Map<String, String> kept, Locale system) {
        Language chosen = Settings.language(kept);
        return chosen == Language.SYSTEM || fixedBy().isPresent()
                ? system
                : chosen.locale().orElse(system);
    }

    /** The option with which the program was started, also by {@code JAVA_TOOL_OPTIONS}; loads classes for it. */
    static Optional<String> fixedBy() {
        return option(ManagementFactory.getRuntimeMXBean().getInputArguments());
    }

    static Optional<String> option(Collection<String> arguments) {
        return arguments.stream().filter(each -> each.startsWith(OPTION)).findFirst();
    }
}
