package io.keylesspull.app;

import io.keylesspull.disk.PrivateFiles;
import io.keylesspull.ui.shell.Arrangement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/**
 * Where the window's arrangement is kept: a file of lines {@code name=value}. One that cannot be read or written is as
 * good as none.
 */
final class ArrangementFile {

    private final Path file;
    private final Executor background;
    /** What is still to be written; null for nothing. */
    private final AtomicReference<Map<String, String>> waiting = new AtomicReference<>();

    /** @param background where it is written */
    ArrangementFile(Path file, Executor background) {
        this.file = file;
        this.background = background;
    }

    /** @param known what {@link #read} gave */
    Arrangement arrangement(Map<String, String> known) {
        return new Arrangement(known, this::keep);
    }

    static Map<String, String> read(Path file) {
        Map<String, String> read = new TreeMap<>();
        try {
            for (String line : Files.readAllLines(file)) {
                int equals = line.indexOf('=');
                if (equals > 0) {
                    read.put(line.substring(0, equals), line.substring(equals + 1));
                }
            }
            return read;
        } catch (IOException noneOrNotText) {
            return Map.of();
        }
    }

    /** A divider that is dragged changes with each pulse: what comes while a write waits is in that write. */
    private void keep(Map<String, String> all) {
        if (waiting.getAndSet(all) == null) {
            background.execute(this::write);
        }
    }

    private synchronized void write() {
        Map<String, String> all = waiting.getAndSet(null);
        if (all == null) {
            return;
        }
        String lines = new TreeMap<>(all)
                .entrySet().stream()
                        .map(each -> each.getKey() + "=" + each.getValue() + "\n")
                        .collect(Collectors.joining());
        try {
            PrivateFiles.createFolderOf(file);
            PrivateFiles.write(file, lines.getBytes(StandardCharsets.UTF_8));
        } catch (IOException nowhere) {
            // It is remembered until the window is closed.
        }
    }
}
