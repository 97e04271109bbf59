package io.keylesspull.ui.remembered;

import io.keylesspull.disk.PrivateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;

/**
 * The user's choices about the window, such as where a divider is. They are kept in a file of lines {@code name=value},
 * which is written in the background. One that cannot be read or written is as good as none: nobody is stopped by it.
 * Made anywhere, used on the JavaFX thread.
 */
public final class Remembered {

    private final Optional<Path> file;
    private final Executor background;
    private final Map<String, String> values;
    private final AtomicBoolean waiting = new AtomicBoolean();

    private Remembered(Optional<Path> file, Executor background, Map<String, String> values) {
        this.file = file;
        this.background = background;
        this.values = values;
    }

    /** Reads a file, which need not exist. @param background where it is written; one task at a time or many */
    public static Remembered in(Path file, Executor background) {
        return new Remembered(Optional.of(file), background, read(file));
    }

    /** Forgets everything at the program's end. */
    public static Remembered nowhere() {
        return new Remembered(Optional.empty(), Runnable::run, new TreeMap<>());
    }

    private static Map<String, String> read(Path file) {
        Map<String, String> read = new TreeMap<>();
        try {
            Files.readAllLines(file).forEach(line -> {
                int equals = line.indexOf('=');
                if (equals > 0) {
                    read.put(line.substring(0, equals), line.substring(equals + 1));
                }
            });
        } catch (IOException noneOrNotText) {
            // The defaults do.
            read.clear();
        }
        return read;
    }

    /** A choice between yes and no; each change is kept. @param fallback before anything was chosen */
    public BooleanProperty flag(String name, boolean fallback) {
        String known = values.getOrDefault(name, "");
        BooleanProperty property =
                new SimpleBooleanProperty(known.equals("true") || !known.equals("false") && fallback);
        property.addListener((changed, before, now) -> keep(name, now.toString()));
        return property;
    }

    /** A length in pixels; each change is kept. @param fallback before anything was chosen */
    public DoubleProperty pixels(String name, double fallback) {
        DoubleProperty property = new SimpleDoubleProperty(number(name).orElse(fallback));
        property.addListener((changed, before, now) -> keep(name, String.valueOf(Math.round(now.doubleValue()))));
        return property;
    }

    private Optional<Double> number(String name) {
        try {
            return Optional.ofNullable(values.get(name)).map(Double::valueOf).filter(each -> each >= 0 && each < 1e5);
        } catch (NumberFormatException byHand) {
            return Optional.empty();
        }
    }

    private void keep(String name, String value) {
        synchronized (values) {
            if (value.equals(values.put(name, value))) {
                return;
            }
        }
        // A divider that is dragged changes with each pulse; what comes while a write waits is in that write.
        if (file.isPresent() && waiting.compareAndSet(false, true)) {
            background.execute(() -> write(file.get()));
        }
    }

    private void write(Path target) {
        waiting.set(false);
        // Held while it writes, so that no older content replaces a newer one.
        synchronized (values) {
            String lines = values.entrySet().stream()
                    .map(each -> each.getKey() + "=" + each.getValue() + "\n")
                    .collect(Collectors.joining());
            try {
                PrivateFiles.createFolderOf(target);
                PrivateFiles.write(target, lines.getBytes(StandardCharsets.UTF_8));
            } catch (IOException nowhere) {
                // It is remembered until the window is closed.
            }
        }
    }
}
