package io.keylesspull.app.cli;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.text.FileErrors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Saves a plan's shell script as an executable file. */
final class SavedScript {

    private SavedScript() {}

    /** Replaces an existing file. @throws Failure if the file cannot be written */
    static void write(Path file, String script) throws Failure {
        try {
            Files.write(file, script.getBytes(StandardCharsets.UTF_8));
            // Windows has no such bit, and a POSIX shell there needs none.
            if (!file.toFile().setExecutable(true) && Files.getFileStore(file).supportsFileAttributeView("posix")) {
                throw new IOException("its permissions cannot be changed");
            }
        } catch (IOException e) {
            throw Failure.of("app.scriptNotWritten", FileErrors.reason(e), file.toString());
        }
    }
}
