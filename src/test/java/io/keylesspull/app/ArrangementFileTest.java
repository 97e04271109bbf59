package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.ui.shell.Arrangement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArrangementFileTest {

    @TempDir
    private Path folder;

    private final List<Runnable> background = new ArrayList<>();

    private Arrangement opened() {
        Path file = folder.resolve("config").resolve("window.txt");
        return new ArrangementFile(file, background::add).arrangement(ArrangementFile.read(file));
    }

    @Test
    void whatWasArrangedIsKnownTheNextTimeAndManyChangesAreOneWrite() {
        Arrangement first = opened();
        assertThat(first.known()).isEmpty();

        first.keep().accept(Map.of("log.wrap", "false"));
        first.keep().accept(Map.of("log.wrap", "false", "run.steps", "250"));

        assertThat(background).hasSize(1);
        background.forEach(Runnable::run);
        assertThat(opened().known()).isEqualTo(Map.of("log.wrap", "false", "run.steps", "250"));
    }

    @Test
    void aFileThatIsNoTextIsAsGoodAsNone() throws IOException {
        Files.createDirectories(folder.resolve("config"));
        Files.write(folder.resolve("config").resolve("window.txt"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});

        assertThat(opened().known()).isEmpty();
    }
}
