package io.keylesspull.kill;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Standard output that says when the journal has come to a certain record. The engine writes an event into the journal,
 * forces it to the disk and prints it, all before any other event may be written: so a program that is held up here
 * while it prints its N-th record has exactly N records in its journal, and cannot write another.
 */
final class HaltingWriter extends Writer {

    /** Begins the line that tells the parent. No line of JSON begins so. */
    static final String REACHED = "# reached ";

    /**
     * When to tell.
     *
     * @param records as soon as the journal has so many
     * @param line    or, where there is one, as soon as a line with that in it is in the journal
     * @param holds   whether nothing goes on after that
     */
    record Stop(int records, Optional<Pattern> line, boolean holds) {

        static final Stop NEVER = new Stop(Integer.MAX_VALUE, Optional.empty(), false);

        /** With no further record. */
        static Stop at(int records) {
            return new Stop(records, Optional.empty(), true);
        }

        /** While the program goes on. @param line regular expression */
        static Stop passing(String line) {
            return new Stop(Integer.MAX_VALUE, Optional.of(Pattern.compile(line)), false);
        }

        static Stop parse(String written) {
            String[] parts = written.split(" ", 3);
            return new Stop(Integer.parseInt(parts[0]), parts[2].isEmpty() ? Optional.empty()
                    : Optional.of(Pattern.compile(parts[2])), Boolean.parseBoolean(parts[1]));
        }

        String written() {
            return records + " " + holds + " " + line.map(Pattern::pattern).orElse("");
        }
    }

    private final Writer out;
    private final Path data;
    private final Stop stop;
    private FileChannel journal;
    private int records;
    private boolean told;

    /** @param data the data folder, in which there is one run or none */
    HaltingWriter(Writer out, Path data, Stop stop) {
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
        if (!told && stop != Stop.NEVER && reached()) {
            told = true;
            out.write(REACHED + records + "\n");
            out.flush();
            if (stop.holds()) {
                untilKilled();
            }
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

    private boolean reached() throws IOException {
        if (journal == null) {
            Optional<Path> file = file();
            if (file.isEmpty()) {
                return false;
            }
            journal = FileChannel.open(file.get(), StandardOpenOption.READ);
        }
        boolean found = false;
        InputStream in = Channels.newInputStream(journal);
        for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("(?<=\n)")) {
            if (line.endsWith("\n")) {
                records++;
                found |= stop.line().filter(wanted -> wanted.matcher(line).find()).isPresent();
            }
        }
        return found || records >= stop.records();
    }

    private Optional<Path> file() {
        Path runs = data.resolve("practice-runs");
        if (Files.notExists(runs)) {
            return Optional.empty();
        }
        try (Stream<Path> all = Files.list(runs)) {
            return all.map(run -> run.resolve("journal.jsonl")).filter(Files::exists).findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
