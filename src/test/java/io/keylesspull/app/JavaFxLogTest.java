package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** The log is the JVM's. */
@Isolated
class JavaFxLogTest {

    @Test
    void onlyTheWarningAboutTheClassPathIsLeftOut() {
        Logger log = Logger.getLogger("javafx");
        List<String> told = new ArrayList<>();
        Handler listener = new Handler() {
            @Override
            public void publish(LogRecord message) {
                told.add(message.getMessage());
            }

            @Override
            public void flush() {
                // Nothing is held back.
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
        log.addHandler(listener);
        log.setUseParentHandlers(false);
        try {
            new JavaFxLog().leaveOutClassPath();
            log.warning("Unsupported JavaFX configuration: classes were loaded from 'unnamed module @1'");
            log.warning("the renderer failed");
            assertThat(told).containsExactly("the renderer failed");
        } finally {
            log.removeHandler(listener);
            log.setUseParentHandlers(true);
            log.setFilter(null);
        }
    }
}
