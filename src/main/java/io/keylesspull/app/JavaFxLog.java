package io.keylesspull.app;

import java.util.logging.Logger;

/**
 * What JavaFX logs. On the class path, from which {@code java -jar} runs it, it works but says at each start that it is
 * made for the module path. That alone is left out.
 */
final class JavaFxLog {

    private static final String ON_CLASS_PATH = "Unsupported JavaFX configuration";

    /** A logger that nobody keeps is forgotten, with its filter. */
    private final Logger log = Logger.getLogger("javafx");

    /** Call before JavaFX starts. */
    void leaveOutClassPath() {
        log.setFilter(record -> !String.valueOf(record.getMessage()).startsWith(ON_CLASS_PATH));
    }
}
