package io.keylesspull.app;

import io.keylesspull.text.Redactor;
import io.keylesspull.text.Visible;
import io.keylesspull.ui.settings.SettingsHost;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What somebody needs who is to find a fault: versions, settings, and the latest run of each kind with the end of its
 * log and of its journal. What looks like a secret is masked, in addition to what was masked when it was written.
 */
final class Diagnostics implements SettingsHost.Diagnostics {

    /** Of each file, in bytes. */
    private static final int MOST = 100_000;

    private final SettingsHost.Data data;
    private final Path settings;
    private final String versions;

    /** @param settings the user's settings file @param versions of the program and of what it runs on */
    Diagnostics(SettingsHost.Data data, Path settings, String versions) {
        this.data = data;
        this.settings = settings;
        this.versions = versions;
    }

    @Override
    public String collect() {
        StringBuilder text = new StringBuilder(versions)
                .append("\ndata: ")
                .append(data.now())
                .append("\nconfiguration: ")
                .append(data.configuration())
                .append('\n');
        part(text, settings);
        for (String kind : List.of("runs", "practice-runs")) {
            latest(data.now().resolve(kind)).ifPresent(run -> {
                part(text, run.resolve("log.txt"));
                part(text, run.resolve("journal.jsonl"));
            });
        }
        return Redactor.shapesOnly().mask(text.toString());
    }

    /** The id of a run begins with its time. */
    private static Optional<Path> latest(Path folder) {
        try (Stream<Path> runs = Files.list(folder)) {
            return runs.filter(Files::isDirectory)
                    .max(Comparator.comparing(run -> run.getFileName().toString()));
        } catch (IOException noRuns) {
            return Optional.empty();
        }
    }

    private static void part(StringBuilder text, Path file) {
        text.append("\n--- ").append(file).append(" ---\n");
        try {
            text.append(end(file)).append('\n');
        } catch (NoSuchFileException none) {
            text.append("(none)\n");
        } catch (IOException unreadable) {
            text.append('(').append(unreadable).append(")\n");
        }
    }

    private static String end(Path file) throws IOException {
        if (Files.notExists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            long skipped = Math.max(0, in.length() - MOST);
            byte[] bytes = new byte[(int) (in.length() - skipped)];
            in.seek(skipped);
            in.readFully(bytes);
            String whole = new String(bytes, StandardCharsets.UTF_8);
            // The first line is most likely incomplete: half of a secret could not be told from a word.
            int first = whole.indexOf('\n');
            String lines = skipped == 0 ? whole : first < 0 ? "" : whole.substring(first + 1);
            return lines.lines().map(Visible::of).collect(Collectors.joining("\n"));
        }
    }
}
