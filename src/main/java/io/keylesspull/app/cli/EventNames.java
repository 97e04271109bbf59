package io.keylesspull.app.cli;

import io.keylesspull.engine.event.Outcome;
import java.util.Locale;

/** The names of enum constants as text keys and JSON have them: {@code NOT_YET} as {@code notYet}. */
final class EventNames {

    private EventNames() {
    }

    /** {@code SKIPPED} keeps its older name {@code leftAlone}, which programs read. */
    static String of(Outcome outcome) {
        return outcome == Outcome.SKIPPED ? "leftAlone" : of((Enum<?>) outcome);
    }

    static String of(Enum<?> constant) {
        String[] words = constant.name().toLowerCase(Locale.ROOT).split("_");
        StringBuilder name = new StringBuilder(words[0]);
        for (int i = 1; i < words.length; i++) {
            name.append(Character.toUpperCase(words[i].charAt(0))).append(words[i].substring(1));
        }
        return name.toString();
    }
}
