package io.keylesspull.fault;

import io.keylesspull.fault.Row.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * What came of a fault.
 *
 * @param outcome how the program ended, how much time went by, and how often the fault was met
 * @param waits each reason to wait that was shown, and how often
 * @param read each problem that was shown
 * @param left what is there afterwards that was not there before, has changed or has gone
 * @param undone what came of undoing once the fault was gone
 */
record Seen(String outcome, List<String> waits, List<String> read, List<String> left, String undone) {

    private static final String AS_BEFORE = "as before";

    /** Lets the fault of a row happen. @param world in which everything is as it was */
    static Seen of(Row row, World world) {
        State before = world.state();
        long runs = world.runs();
        if (row.moment() == Moment.UNDO && world.setUp() != 0) {
            throw new AssertionError("not set up: " + world.printed());
        }
        row.strike().accept(world);
        State struck = row.moment() == Moment.UNDO ? before : world.state();
        Instant begun = world.time().now();
        int exit = row.moment() == Moment.UNDO ? world.undo() : world.setUp();
        long seconds = Duration.between(begun, world.time().now()).toSeconds();
        Reading reading = Reading.of(world.printed());
        State after = world.state();
        int met = world.met();
        world.mend();
        String ended = exit != 0 ? "failed" : row.moment() == Moment.UNDO ? "undone" : "proven";
        String often = met == 0 ? "" : "; met " + met + " times";
        return new Seen(
                ended + " after " + seconds + " s" + often,
                reading.waits(),
                reading.problems(),
                exit == 0 && row.moment() == Moment.RUN ? List.of() : left(after, struck, reading),
                world.runs() == runs ? "nothing to undo" : undone(world, before));
    }

    private static List<String> left(State after, State before, Reading reading) {
        List<String> unreported = after.unreported(before, reading.left());
        return Stream.concat(
                        after.since(before).stream(),
                        unreported.isEmpty() ? Stream.empty() : Stream.of("and not reported: " + unreported))
                .toList();
    }

    private static String undone(World world, State before) {
        boolean undone = world.undo() == 0;
        List<String> left = world.state().since(before);
        return undone && left.isEmpty()
                ? AS_BEFORE
                : (undone ? "" : "failed: " + Reading.of(world.printed()).problems() + ", ") + "left " + left;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(outcome).append('\n');
        waits.forEach(wait -> text.append("waits: ").append(wait).append('\n'));
        read.forEach(problem -> text.append(problem).append('\n'));
        if (!left.isEmpty()) {
            text.append("left: ").append(String.join(", ", left)).append('\n');
        }
        return text.append("undo: ").append(undone).append('\n').toString();
    }
}
