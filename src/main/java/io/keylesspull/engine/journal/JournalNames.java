package io.keylesspull.engine.journal;

import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.Purpose;
import io.keylesspull.engine.event.RunEvent.RunResult;
import java.util.Arrays;
import java.util.function.Function;

/**
 * The names of enum constants in a journal. Old journals must stay readable, so these never change, even if the
 * constants are renamed.
 */
final class JournalNames {

    private JournalNames() {}

    static String of(Purpose purpose) {
        return switch (purpose) {
            case SETUP -> "SETUP";
            case UNDO -> "UNDO";
        };
    }

    static String of(RunResult result) {
        return switch (result) {
            case SUCCEEDED -> "SUCCEEDED";
            case FAILED -> "FAILED";
            case CANCELLED -> "CANCELLED";
        };
    }

    static String of(Outcome outcome) {
        return switch (outcome) {
            case FOUND -> "FOUND";
            case CREATED -> "CREATED";
            case CHANGED -> "CHANGED";
            case DELETED -> "DELETED";
            case SKIPPED -> "LEFT_ALONE";
            case CHECKED -> "CHECKED";
        };
    }

    static Purpose purpose(String name) {
        return named(name, Purpose.values(), JournalNames::of);
    }

    static RunResult result(String name) {
        return named(name, RunResult.values(), JournalNames::of);
    }

    static Outcome outcome(String name) {
        return named(name, Outcome.values(), JournalNames::of);
    }

    private static <E> E named(String name, E[] values, Function<E, String> names) {
        return Arrays.stream(values)
                .filter(value -> names.apply(value).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("nothing is called " + name));
    }
}
