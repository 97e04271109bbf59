package io.keylesspull.app;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.setup.step.Script;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A plan's shell script as a file that can be run. */
final class ScriptFile {

    private ScriptFile() {
    }

    /** Writes over a file that is there. @throws Failure if the file cannot be written */
    static void write(Path file, List<Script.Line> lines) throws Failure {
        try {
            Files.write(file, Script.text(lines).getBytes(StandardCharsets.UTF_8));
            // Windows has no such bit: there the script is for a POSIX shell that asks for none.
            if (!file.toFile().setExecutable(true) && Files.getFileStore(file).supportsFileAttributeView("posix")) {
                throw new IOException("its permissions cannot be changed");
            }
        } catch (IOException e) {
            throw Failure.of("app.scriptNotWritten", String.valueOf(e), file.toString());
        }
    }
}
