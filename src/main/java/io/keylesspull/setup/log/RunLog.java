package io.keylesspull.setup.log;

import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.event.RunEvent.CommandOutput;
import io.keylesspull.text.Text;
import io.keylesspull.text.Texts;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * The log in a run's folder, for people: all attempts, one after the other. The program never reads it, so a run goes
 * on if the log cannot be written; what the program relies on is in the journal. Used by the thread that delivers the
 * run's events.
 */
public final class RunLog implements AutoCloseable {

    /** The maximum of command output in characters, so that a flood of output cannot fill the disk. */
    static final long MOST_OUTPUT = 32L * 1024 * 1024;

    private static final int BUFFER = 64 * 1024;
    private static final byte[] END_OF_LINE = System.lineSeparator().getBytes(StandardCharsets.UTF_8);
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private final OutputStream out;
    private final EventLines lines;
    private final Texts texts;
    private long output;
    private boolean broken;

    private RunLog(OutputStream out, Texts texts, ZoneId zone) {
        this.out = out;
        this.texts = texts;
        this.lines = new EventLines(texts, CLOCK.withZone(zone));
    }

    /** @param file exists */
    public static RunLog open(Path file, Texts texts, ZoneId zone) throws IOException {
        return new RunLog(
                new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.APPEND), BUFFER), texts, zone);
    }

    public void write(RunEvent event) {
        List<String> completed = lines.of(event);
        if (broken) {
            return;
        }
        try {
            if (event instanceof CommandOutput) {
                writeOutput(completed);
            } else {
                for (String line : completed) {
                    write(line);
                }
                out.flush();
            }
        } catch (IOException full) {
            broken = true;
        }
    }

    private void writeOutput(List<String> completed) throws IOException {
        for (String line : completed) {
            boolean fitted = output <= MOST_OUTPUT;
            output += line.length();
            if (output <= MOST_OUTPUT) {
                write(line);
            } else if (fitted) {
                write(texts.render(Text.of("setup.log.tooMuch")));
            }
        }
    }

    private void write(String line) throws IOException {
        out.write(line.getBytes(StandardCharsets.UTF_8));
        out.write(END_OF_LINE);
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException full) {
            broken = true;
        }
    }
}
