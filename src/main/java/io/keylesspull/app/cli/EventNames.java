package io.keylesspull.app.cli;

import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.Purpose;
import io.keylesspull.engine.event.RunEvent.OutputStream;
import io.keylesspull.engine.event.RunEvent.RunResult;
import io.keylesspull.setup.report.TargetEnd;
import java.util.Locale;

/** The names of enum constants as text keys and JSON have them: {@code NOT_YET} as {@code notYet}. */
final class EventNames {

    private EventNames() {}

    /** {@code SKIPPED} keeps its older name {@code leftAlone}, which programs read. */
    static String of(Outcome outcome) {
        return switch (outcome) {
            case FOUND -> "found";
            case CREATED -> "created";
            case CHANGED -> "changed";
            case DELETED -> "deleted";
            case SKIPPED -> "leftAlone";
            case CHECKED -> "checked";
        };
    }

    static String of(Purpose purpose) {
        return switch (purpose) {
            case SETUP -> "setup";
            case UNDO -> "undo";
        };
    }

    static String of(RunResult result) {
        return switch (result) {
            case SUCCEEDED -> "succeeded";
            case FAILED -> "failed";
            case CANCELLED -> "cancelled";
        };
    }

    static String of(OutputStream stream) {
        return switch (stream) {
            case STDOUT -> "stdout";
            case STDERR -> "stderr";
        };
    }

    static String of(TargetEnd end) {
        return end instanceof TargetEnd.Proven ? "proven" : end instanceof TargetEnd.Failed ? "failed" : "unproven";
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
