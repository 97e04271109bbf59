package io.keylesspull.engine.journal;

import io.keylesspull.disk.OrdinaryFile;
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
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A journal in a file of JSON lines.
 *
 * <p>Each line has a number and a checksum. A file with missing or changed lines is reported as damaged and never
 * repaired by guessing, because undo deletes what the journal says. Only text after the last line feed is ignored: the
 * program may have been killed while it wrote that line.
 *
 * <p>Before and after each write, the file under the journal's name must still be the open file. If the journal was
 * deleted or replaced meanwhile, the write would be lost.
 *
 * <p>An interrupt of the thread that opens or writes closes the file, as with every {@link FileChannel}. That thread
 * must not be interrupted.
 */
public final class FileJournal implements Journal, AutoCloseable {

    /** In bytes. */
    private static final int LARGEST = 256 * 1024 * 1024;

    private static final byte LINE_FEED = '\n';
    /** The suffix under which a file is kept that replaced the journal. */
    private static final String REPLACED = ".replaced";

    /**
     * The content of a journal.
     *
     * @param events in their order
     * @param torn whether the last line was cut off
     * @param origin the run it belongs to; empty if the journal is empty or of version 1.0
     */
    public record History(List<RunEvent> events, boolean torn, Optional<JournalOrigin> origin) {
        public History {
            events = List.copyOf(events);
        }

        /** What these events have left behind. */
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

    /** Opens a journal that does not name its run. */
    public static FileJournal open(Path file) throws Failure {
        return open(file, Optional.empty());
    }

    /**
     * Opens a journal to append to it, or creates one. A line that was cut off is removed.
     *
     * @throws Failure if it cannot be read or written, or is damaged
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
     * Reads a journal without changing it.
     *
     * @throws Failure if it cannot be read or is damaged
     */
    public static History read(Path file) throws Failure {
        try {
            return parse(file).history();
        } catch (IOException e) {
            throw Failure.of("engine.journalUnread", FileErrors.reason(e), file.toString());
        }
    }

    private static Reading parse(Path file) throws IOException, Failure {
        byte[] bytes = OrdinaryFile.read(file, LARGEST);
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
            // Events after a gap could not be relied on.
            broken = notWritten(file, e);
            throw broken;
        }
        written += events.size();
        events.forEach(state::accept);
    }

    /** Text in a file that is no longer under the journal's name will never be read again. */
    private void requireInPlace() throws Failure, IOException {
        try {
            if (Files.size(file) == channel.position()) {
                return;
            }
            broken = Failure.of("engine.journalReplaced", "", file.toString());
            // It may be an undamaged older copy, and must not be mistaken for this run's journal.
            Files.move(file, file.resolveSibling(file.getFileName() + REPLACED), StandardCopyOption.REPLACE_EXISTING);
        } catch (NoSuchFileException deleted) {
            broken = Failure.of("engine.journalReplaced", "", file.toString());
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
