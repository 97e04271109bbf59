package io.keylesspull.ui.shell;

import java.util.Map;
import java.util.function.Consumer;

/**
 * How the user arranged the window the last time, by the names of what can be arranged.
 *
 * @param keep called on the JavaFX thread with all of it after each change; must return at once
 */
public record Arrangement(Map<String, String> known, Consumer<Map<String, String>> keep) {

    /** Nothing is known, and nothing is kept. */
    public static Arrangement none() {
        return new Arrangement(Map.of(), all -> {});
    }
}
