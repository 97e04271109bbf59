package io.keylesspull.setup.step;

import io.keylesspull.remote.Command;
import io.keylesspull.setup.step.AzCommands.Line;
import java.util.ArrayList;
import java.util.List;

/** Lines of a shell script as they are put together. */
final class Script {

    private final List<Line> lines = new ArrayList<>();

    void comment(String text) {
        lines.add(new Line(true, text));
    }

    /** A command whose every argument is meant literally. */
    void run(String... argv) {
        raw(Command.of(argv).shellLine());
    }

    /** A line whose quoting is done. */
    void raw(String line) {
        lines.add(new Line(false, line));
    }

    /** Keeps what a command prints. */
    void keep(String variable, String... argv) {
        raw(variable + "=$(" + Command.of(argv).shellLine() + ")");
    }

    /** One argument, quoted where it needs to be. */
    static String word(String argument) {
        // Only whole lines are quoted by Command; a first word that needs no quotes is taken off again.
        return Command.of(":", argument).shellLine().substring(2);
    }

    List<Line> lines() {
        return List.copyOf(lines);
    }
}
