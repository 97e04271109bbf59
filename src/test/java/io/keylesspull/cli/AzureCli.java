package io.keylesspull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.keylesspull.practice.wire.PracticeServer;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The real Azure CLI, as it is installed, with a profile of its own and nothing of the user's environment but what
 * leads it to a practice server.
 */
final class AzureCli {

    private static final int SECONDS = 120;
    // The Azure CLI 2.45 of Debian 12 does not fit Debian's Azure SDK: these are Python's words for it.
    private static final List<String> BROKEN = List.of("does not have operation group",
            "object has no attribute 'config'");

    private final Path program;
    private final Path folder;
    private final Map<String, String> environment;
    private int commands;

    /**
     * @param folder  that the CLI may fill
     * @param trusted the file of certificates it is to trust
     */
    AzureCli(Path folder, PracticeServer server, Path trusted) {
        this.program = installed();
        this.folder = folder;
        this.environment = Map.of("PATH", System.getenv("PATH"), "HOME", folder.toString(),
                "AZURE_CONFIG_DIR", folder.resolve("azure").toString(), "AZURE_CORE_COLLECT_TELEMETRY", "false",
                "HTTPS_PROXY", server.proxy().toString(), "REQUESTS_CA_BUNDLE", trusted.toString());
    }

    /** How a command ended. @param out what it printed, read as JSON; missing where it printed nothing */
    record Result(int status, JsonNode out, String err) {
    }

    /** Runs {@code az} with these arguments, which must succeed. @return what it printed */
    JsonNode az(String... arguments) {
        Result result = result(arguments);
        assertThat(result.status()).as("az " + String.join(" ", arguments) + "\n" + result.err()).isZero();
        return result.out();
    }

    /** The same by {@code az rest}, where this build of the CLI is broken, and only there. */
    JsonNode azOrRest(List<String> command, List<String> rest) {
        Result result = result(command.toArray(String[]::new));
        if (result.status() != 0 && BROKEN.stream().anyMatch(result.err()::contains)) {
            return az(rest.toArray(String[]::new));
        }
        assertThat(result.status()).as("az " + String.join(" ", command) + "\n" + result.err()).isZero();
        return result.out();
    }

    /** Runs {@code az} with these arguments and nobody at the keyboard. */
    Result result(String... arguments) {
        List<String> line = new ArrayList<>(List.of(program.toString()));
        line.addAll(List.of(arguments));
        commands++;
        Path out = folder.resolve(commands + ".out");
        Path err = folder.resolve(commands + ".err");
        ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile())
                .redirectInput(new File("/dev/null")).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("az did not end within " + SECONDS + " s: " + line);
            }
            return new Result(process.exitValue(), read(Files.readString(out)), Files.readString(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while az ran", e);
        }
    }

    private static JsonNode read(String out) throws IOException {
        return out.isBlank() ? MissingNode.getInstance() : new ObjectMapper().readTree(out);
    }

    private static Path installed() {
        Optional<Path> found = Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder).resolve("az")).filter(Files::isExecutable).findFirst();
        if (!System.getProperty("os.name").equals("Linux") || found.isEmpty()) {
            throw new AssertionError("The tests of the profile azure-cli need Linux and the Azure CLI: install it (on"
                    + " Debian by “apt-get install azure-cli”), or leave the profile out.");
        }
        return found.get();
    }
}
