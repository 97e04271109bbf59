package io.keylesspull.ui.log;

import io.keylesspull.text.Styles;
import io.keylesspull.text.TerminalLine;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a long log that are no longer in memory, in a temporary file that only its owner can read. It is deleted
 * when the program ends, on Linux and macOS as soon as it is open, so that nothing is left of it even after a crash.
 *
 * <p>The log in the run's folder could not take its place: it has no colours, says the same in other words, and leaves
 * out output if there is too much. An interrupt of a caller, as a cancelled step gets, does not close the file. Written
 * by one thread, read by any; may block.
 */
final class LogStore {

    /** How large the file may become, in bytes: about ten million lines. */
    private static final long MOST = 1L << 30;

    private static final LogKind[] KINDS = LogKind.values();

    /** Lines that lie together in the file. */
    private record Block(long first, long end, long at, int length) {}

    private final long most;
    private final NavigableMap<Long, Block> blocks = new TreeMap<>();
    private final List<LogSource> sources = new ArrayList<>();
    private final Map<LogSource, Integer> sourceIndex = new IdentityHashMap<>();
    private @Nullable AsynchronousFileChannel file;
    private long size;

    LogStore() {
        this(MOST);
    }

    /** @param most how large the file may become, in bytes; after that it is written anew */
    LogStore(long most) {
        this.most = most;
    }

    /**
     * Appends lines that follow one another. If they cannot be written, or the file has become too large, all earlier
     * ones are forgotten, so that what is there has no gap.
     */
    void append(List<LogLine> lines) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(encoded(lines));
            AsynchronousFileChannel to = opened();
            Block block = reserved(lines, bytes.remaining());
            while (bytes.hasRemaining()) {
                done(to.write(bytes, block.at() + bytes.position()));
            }
            synchronized (this) {
                blocks.put(block.first(), block);
            }
        } catch (IOException full) {
            clear();
        }
    }

    private synchronized Block reserved(List<LogLine> lines, int length) {
        if (size + length > most) {
            clear();
        }
        Block block =
                new Block(lines.get(0).number(), lines.get(lines.size() - 1).number() + 1, size, length);
        size += length;
        return block;
    }

    private synchronized AsynchronousFileChannel opened() throws IOException {
        AsynchronousFileChannel open = file;
        if (open == null) {
            Path path = Files.createTempFile("keyless-pull-log", null);
            open = AsynchronousFileChannel.open(
                    path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
            file = open;
        }
        return open;
    }

    /** Forgets all lines. */
    synchronized void clear() {
        blocks.clear();
        size = 0;
    }

    /** The number of the oldest line; empty if there is none. */
    synchronized Optional<Long> first() {
        return blocks.isEmpty() ? Optional.empty() : Optional.of(blocks.firstKey());
    }

    /** The number of the first line that lies together with this one; empty if this one is not there. */
    synchronized Optional<Long> startOf(long number) {
        return Optional.ofNullable(blocks.floorEntry(number))
                .map(Map.Entry::getValue)
                .filter(block -> number < block.end())
                .map(Block::first);
    }

    /** A line and those after it that lie together with it; if it is gone, the oldest. Empty if there are none. */
    List<LogLine> from(long number) {
        Block block;
        AsynchronousFileChannel of;
        synchronized (this) {
            Map.Entry<Long, Block> entry = blocks.floorEntry(number);
            if (entry == null) {
                entry = blocks.firstEntry();
            }
            if (entry == null || file == null || number >= entry.getValue().end()) {
                return List.of();
            }
            block = entry.getValue();
            of = file;
        }
        try {
            byte[] bytes = read(of, block);
            synchronized (this) {
                // Written over meanwhile, it is not what was wanted.
                return blocks.get(block.first()) == block ? decoded(block.first(), number, bytes) : List.of();
            }
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    private static byte[] read(AsynchronousFileChannel from, Block block) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(block.length());
        while (bytes.hasRemaining()) {
            if (done(from.read(bytes, block.at() + bytes.position())) < 0) {
                throw new EOFException();
            }
        }
        return bytes.array();
    }

    /** Waits to the end, whether the caller is interrupted or not: what is half written cannot be read. */
    private static int done(Future<Integer> work) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return work.get();
                } catch (InterruptedException later) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException failed) {
            throw new IOException(failed.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private synchronized byte[] encoded(List<LogLine> lines) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        for (LogLine line : lines) {
            out.writeLong(line.at().toEpochMilli());
            out.writeInt(sourceIndex.computeIfAbsent(line.source(), source -> {
                sources.add(source);
                return sources.size() - 1;
            }));
            out.writeByte(line.kind().ordinal());
            out.writeUTF(line.text());
            out.writeUTF(line.styles().packed());
        }
        return bytes.toByteArray();
    }

    private List<LogLine> decoded(long first, long from, byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        List<LogLine> lines = new ArrayList<>();
        for (long number = first; in.available() > 0; number++) {
            long at = in.readLong();
            LogSource source = sources.get(in.readInt());
            LogKind kind = KINDS[in.readByte()];
            TerminalLine text = TerminalLine.styled(in.readUTF(), Styles.unpacked(in.readUTF()));
            if (number >= from) {
                lines.add(new LogLine(number, at, source, kind, text));
            }
        }
        return lines;
    }
}
