package io.keylesspull.engine.journal;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Journal;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.event.RunState;
import io.keylesspull.text.FileErrors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A journal in a file of JSON lines. Lines that are written together are forced to the disk together.
 *
 * <p>Each line is numbered and carries a checksum, so that a file from which something is missing, or in which
 * something was changed, is reported and never guessed at: what is deleted later depends on it. Only what follows the
 * last line feed is passed over, since the program may have been killed while it wrote that.
 *
 * <p>Before and after each write the file under the journal's name has to be the one that is written to: a journal that
 * was deleted or replaced meanwhile keeps nothing.
 *
 * <p>An interrupt of a thread that opens or writes closes the file, as with every {@link FileChannel}: whoever does
 * that must not be interrupted.
 */
public final class FileJournal implements Journal, AutoCloseable {

    private static final byte LINE_FEED = '\n';
    /** The end of the name under which a file is kept that took the journal's place. */
    private static final String REPLACED = ".replaced";

    /**
     * What a journal holds.
     *
     * @param events in the order in which they happened
     * @param torn whether the last line was cut off
     * @param origin which run it is of; empty if the journal is empty or of version 1.0
     */
    public record History(List<RunEvent> events, boolean torn, Optional<JournalOrigin> origin) {
        public History {
            events = List.copyOf(events);
        }

        /** What these events have left in the world. */
        public RunState state() {
            return RunState.of(events);
        }
    }

    private record Reading(History history, long end) {}

    private final Path file;
    private final FileChannel channel;
    private final Optional<JournalOrigin> origin;
    private final RunState state;
    private long written;
    private @Nullable Failure broken;

    private FileJournal(Path file, FileChannel channel, History history, Optional<JournalOrigin> origin) {
        this.file = file;
        this.channel = channel;
        this.origin = origin;
        this.state = history.state();
        this.written = history.events().size();
    }

    /** Opens a journal that does not say which run it is of. */
    public static FileJournal open(Path file) throws Failure {
        return open(file, Optional.empty());
    }

    /**
     * Opens a journal to go on with it, or begins one. A line that was cut off is taken away.
     *
     * @throws Failure if it cannot be read or written, or what is in it is damaged
     */
    public static FileJournal open(Path file, Optional<JournalOrigin> origin) throws Failure {
        try {
            Reading reading =
                    Files.exists(file) ? parse(file) : new Reading(new History(List.of(), false, Optional.empty()), 0);
            FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
            try {
                channel.truncate(reading.end());
                channel.position(reading.end());
                return new FileJournal(file, channel, reading.history(), origin);
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw notWritten(file, e);
        }
    }

    /**
     * Reads a journal and leaves it as it is.
     *
     * @throws Failure if it cannot be read, or what is in it is damaged
     */
    public static History read(Path file) throws Failure {
        try {
            return parse(file).history();
        } catch (IOException e) {
            throw Failure.of("engine.journalUnread", FileErrors.reason(e), file.toString());
        }
    }

    private static Reading parse(Path file) throws IOException, Failure {
        byte[] bytes = Files.readAllBytes(file);
        List<RunEvent> events = new ArrayList<>();
        Optional<JournalOrigin> origin = Optional.empty();
        int from = 0;
        for (int end = next(bytes, from); end >= 0; end = next(bytes, from)) {
            try {
                JournalLine.Read line = JournalLine.read(bytes, from, end, events.size() + 1);
                events.add(line.event());
                origin = origin.or(line::origin);
            } catch (JournalLine.Damaged e) {
                throw new Failure(
                        Failure.of(
                                        "engine.journalDamaged",
                                        String.valueOf(e.getMessage()),
                                        file.toString(),
                                        String.valueOf(events.size() + 1))
                                .problem(),
                        e);
            }
            from = end + 1;
        }
        return new Reading(new History(events, from < bytes.length, origin), from);
    }

    private static int next(byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == LINE_FEED) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public synchronized void write(List<RunEvent> events) throws Failure {
        if (broken != null) {
            throw broken;
        }
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (int i = 0; i < events.size(); i++) {
            long number = written + 1 + i;
            lines.writeBytes(JournalLine.write(events.get(i), number, number == 1 ? origin : Optional.empty()));
        }
        try {
            requireInPlace();
            ByteBuffer left = ByteBuffer.wrap(lines.toByteArray());
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(false);
            requireInPlace();
        } catch (IOException e) {
            // Whatever came after a gap could not be relied on.
            broken = notWritten(file, e);
            throw broken;
        }
        written += events.size();
        events.forEach(state::accept);
    }

    /** What was written into a file that is no longer the one under the journal's name will not be read again. */
    private void requireInPlace() throws Failure, IOException {
        if (Files.exists(file) && Files.size(file) == channel.position()) {
            return;
        }
        broken = Failure.of("engine.journalReplaced", "", file.toString());
        if (Files.exists(file)) {
            // It may be whole, as an older copy is, and must not be taken for what the run has done.
            Files.move(file, file.resolveSibling(file.getFileName() + REPLACED), StandardCopyOption.REPLACE_EXISTING);
        }
        throw broken;
    }

    private static Failure notWritten(Path file, IOException cause) {
        return new Failure(
                Failure.of("engine.journalNotWritten", FileErrors.reason(cause), file.toString())
                        .problem(),
                cause);
    }

    @Override
    public RunState state() {
        return state;
    }

    @Override
    public synchronized void close() {
        try {
            channel.close();
        } catch (IOException everythingIsOnTheDisk) {
            return;
        }
    }
}
