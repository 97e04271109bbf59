package io.keylesspull.ui.log;

import io.keylesspull.text.Texts;
import io.keylesspull.text.Visible;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Writes the whole log, in memory and on the disk, into a text file: a line each, with time, machine, step and mark.
 */
final class LogFile {

    private final Texts texts;
    private final LogBuffer buffer;
    private final Executor background;
    private final DateTimeFormatter clock;

    LogFile(Texts texts, LogBuffer buffer, Executor background, ZoneId zone) {
        this.texts = texts;
        this.buffer = buffer;
        this.background = background;
        this.clock =
                DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(zone);
    }

    /** @param onEnd gets the outcome in words, in the background */
    void save(Path file, Consumer<String> onEnd) {
        background.execute(() -> onEnd.accept(write(file)));
    }

    private String write(Path file) {
        long end = buffer.end();
        long saved = 0;
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            if (buffer.lost() > 0) {
                out.write(texts.render("ui.log.evicted", buffer.lost()));
                out.newLine();
            }
            List<LogLine> lines = buffer.lines(buffer.oldest());
            while (!lines.isEmpty() && lines.get(0).number() < end) {
                for (LogLine line : lines) {
                    write(line, out);
                }
                saved += lines.size();
                lines = buffer.lines(lines.get(lines.size() - 1).number() + 1);
            }
            return texts.render("ui.log.saved", saved);
        } catch (IOException e) {
            return texts.render("ui.log.notSaved", String.valueOf(e.getMessage()));
        }
    }

    private void write(LogLine line, BufferedWriter out) throws IOException {
        out.write(clock.format(line.at()));
        out.write(' ');
        out.write(line.source().step().map(step -> Visible.of(step.toString())).orElse("-"));
        out.write(' ');
        out.write(line.kind().mark());
        out.write(' ');
        out.write(line.text());
        out.newLine();
    }
}
