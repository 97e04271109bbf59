package io.keylesspull.app;

import io.keylesspull.practice.directory.PracticeApp;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The program in a process of its own, not in practice mode.
 *
 * @param folder where its data goes
 * @param environment what it gets besides the test's own
 */
record RealProgram(Path folder, Map<String, String> environment) {

    record Ended(int status, String out, String err) {

        /** All that a terminal would show. */
        String printed() {
            return out + err;
        }
    }

    /** One that is signed in by its environment. @param proxy its only way to the network */
    static RealProgram signedIn(Path folder, String proxy, String tenant) {
        return new RealProgram(
                folder,
                Map.of(
                        "HTTPS_PROXY",
                        proxy,
                        "AZURE_CLIENT_ID",
                        PracticeApp.CLIENT_ID,
                        "AZURE_CLIENT_SECRET",
                        PracticeApp.SECRET,
                        "AZURE_TENANT_ID",
                        tenant));
    }

    /** The user's home, which need not exist. */
    Path home() {
        return folder.resolve("home");
    }

    Ended run(String... arguments) throws IOException, InterruptedException {
        return run(begun -> {}, arguments);
    }

    /** @param begun gets the process, which runs */
    Ended run(Consumer<Process> begun, String... arguments) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Duser.language=en",
                "-Duser.home=" + home(),
                "-cp",
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                        .filter(entry -> !entry.endsWith("test-classes"))
                        .reduce((one, other) -> one + File.pathSeparator + other)
                        .orElseThrow(),
                "io.keylesspull.Main"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("XDG_DATA_HOME", folder.resolve("data").toString());
        builder.environment().put("XDG_CONFIG_HOME", folder.resolve("config").toString());
        builder.environment().keySet().removeAll(List.of("NO_PROXY", "no_proxy", "SSL_CERT_FILE", "SSH_AUTH_SOCK"));
        Process process = builder.start();
        try {
            begun.accept(process);
            return new Ended(
                    process.waitFor(),
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(err, StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
        }
    }
}
