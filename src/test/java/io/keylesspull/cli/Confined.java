package io.keylesspull.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program in namespaces of its own for mounts and processes. When it ends, or this process does, the kernel ends all
 * that it started and takes away all that it mounted.
 */
final class Confined {

    private Confined() {}

    /**
     * Runs one of this package's scripts to its end.
     *
     * @param limit how long it may take
     * @throws AssertionError if it takes longer; it is ended then
     */
    static ProgramResult run(Duration limit, String script, List<String> arguments)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile("keyless-pull-cli", ".out");
        Path err = Files.createTempFile("keyless-pull-cli", ".err");
        List<String> argv = new ArrayList<>(List.of(
                "unshare",
                "--mount",
                "--pid",
                "--fork",
                "--kill-child",
                "--mount-proc",
                "bash",
                "-c",
                text("confine.sh"),
                "confine.sh",
                "bash",
                "-c",
                text(script),
                script));
        argv.addAll(arguments);
        Process process = null;
        try {
            process = new ProcessBuilder(argv)
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            // Its standard input stays open for as long as it may run.
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("not done within " + limit.toSeconds() + " s: " + arguments + "\n"
                        + Files.readString(out) + Files.readString(err));
            }
            return new ProgramResult(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            if (process != null) {
                process.destroyForcibly();
            }
            Files.delete(out);
            Files.delete(err);
        }
    }

    private static String text(String script) throws IOException {
        try (InputStream content = Confined.class.getResourceAsStream(script)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
