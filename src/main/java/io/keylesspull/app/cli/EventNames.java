package io.keylesspull.app.cli;

import io.keylesspull.engine.event.Outcome;
import java.util.Locale;

/** The program's enums in the spelling of texts and of JSON: {@code NOT_YET} as {@code notYet}. */
final class EventNames {

    private EventNames() {
    }

    /** The word for one that was left as it is is older than its name here. */
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
