package io.keylesspull.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class OrdinaryFileTest {

    @TempDir
    private Path folder;

    @Test
    void aFileUpToTheLimitIsRead() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "four");

        assertThat(OrdinaryFile.read(file, 4)).asString().isEqualTo("four");
        assertThatThrownBy(() -> OrdinaryFile.read(file, 3)).hasMessageContaining("File too large");
    }

    @Test
    void aMissingFileIsReportedAsMissing() {
        assertThatThrownBy(() -> OrdinaryFile.read(folder.resolve("none"), 10)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aPipeADeviceAndAFolderAreRefusedAtOnce() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();

        for (Path special : new Path[] {pipe, Path.of("/dev/zero"), folder}) {
            assertThatThrownBy(() -> OrdinaryFile.read(special, 10)).hasMessageContaining("Not an ordinary file");
        }
    }
}
