package io.keylesspull.setup.log;

import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.text.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.function.Consumer;

/** A run's log in a file, as a run writes it. */
public final class RunLogs implements Consumer<RunEvent>, AutoCloseable {

    private final RunLog log;

    /** @param file does not exist yet */
    public RunLogs(Path file) throws IOException {
        log = RunLog.open(Files.createFile(file), new Texts(Locale.ENGLISH), ZoneOffset.UTC);
    }

    @Override
    public void accept(RunEvent event) {
        log.write(event);
    }

    @Override
    public void close() {
        log.close();
    }
}
