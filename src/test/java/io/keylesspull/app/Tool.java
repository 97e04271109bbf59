package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** Programs of the computer that runs the tests. */
public final class Tool {

    private Tool() {}

    /**
     * Where it is. Without it a test is skipped, but fails where {@code -Dtools.required=true} says that everything is
     * there, as {@code .ci/run} does.
     */
    public static Path find(String name) {
        Optional<Path> found = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
        if (Boolean.getBoolean("tools.required")) {
            assertThat(found).as(name).isPresent();
        }
        Assumptions.assumeTrue(found.isPresent(), name + " is not installed");
        return found.get();
    }
}
