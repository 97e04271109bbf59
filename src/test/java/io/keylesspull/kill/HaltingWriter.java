package io.keylesspull.kill;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/**
 * Standard output that says when the journal has come to a certain record. The engine writes an event into the journal,
 * forces it to the disk and prints it, all before the step that reported it goes on and before any other event may be
 * written: so a program that is held up here while it prints its N-th record has N records in its journal, and cannot
 * write another. Only what several steps report at once is written at once: then it has those that came together. How
 * often a run looks at what it waits for is not the same each time, so one that ends with fewer records is held up at
 * its end.
 */
final class HaltingWriter extends Writer {

    /** Begins the line that tells the parent. No line of JSON begins so. */
    static final String REACHED = "# reached ";

    private static final String ENDED = "\"event\":\"RunEnded\"";

    /** For a program that is not to be held up. */
    static final int NEVER = Integer.MAX_VALUE;

    private final Writer out;
    private final Path data;
    private final int stop;
    private FileChannel journal;
    private int records;
    private boolean ended;

    /** @return whether a line of a journal tells the end of a run */
    static boolean endsRun(String record) {
        return record.contains(ENDED);
    }

    /** @param data the data folder, in which there is one run or none. @param stop at how many records; or NEVER */
    HaltingWriter(Writer out, Path data, int stop) {
        this.out = out;
        this.data = data;
        this.stop = stop;
    }

    @Override
    public void write(char[] chars, int offset, int length) throws IOException {
        out.write(chars, offset, length);
    }

    @Override
    public void flush() throws IOException {
        out.flush();
        if (stop != NEVER && (records() >= stop || ended)) {
            out.write(REACHED + records + "\n");
            out.flush();
            untilKilled();
        }
    }

    private static void untilKilled() throws IOException {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    private int records() throws IOException {
        // What is there at first is of earlier attempts, except for a beginning.
        boolean first = journal == null;
        if (first) {
            Optional<Path> file = file();
            if (file.isEmpty()) {
                return 0;
            }
            journal = FileChannel.open(file.get(), StandardOpenOption.READ);
        }
        ByteBuffer added = ByteBuffer.allocate((int) (journal.size() - journal.position()));
        while (added.hasRemaining()) {
            journal.read(added);
        }
        for (byte each : added.array()) {
            records += each == '\n' ? 1 : 0;
        }
        ended = !first && endsRun(new String(added.array(), StandardCharsets.UTF_8));
        return records;
    }

    private Optional<Path> file() {
        Path runs = data.resolve("practice-runs");
        if (Files.notExists(runs)) {
            return Optional.empty();
        }
        try (Stream<Path> all = Files.list(runs)) {
            return all.map(run -> run.resolve("journal.jsonl"))
                    .filter(Files::exists)
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
