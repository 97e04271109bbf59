package io.keylesspull.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileErrorsTest {

    @TempDir
    private Path folder;

    @Test
    void whatFailedIsReportedInTheWordsOfTheSystem() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThat(reason(() -> Files.readString(folder.resolve("none"))))
                .isEqualTo(folder.resolve("none") + ": No such file or directory");
        assertThat(reason(() -> Files.createFile(file))).isEqualTo(file + ": File exists");
        assertThat(reason(() -> Files.newDirectoryStream(file))).isEqualTo(file + ": Not a directory");
        assertThat(reason(() -> Files.delete(folder))).isEqualTo(folder + ": Directory not empty");
        assertThat(reason(() -> Files.writeString(folder, ""))).isEqualTo(folder + ": Is a directory");
    }

    @Test
    void anErrorWithoutAFileHasItsMessage() {
        assertThat(FileErrors.reason(new IOException("No space left on device")))
                .isEqualTo("No space left on device");
        assertThat(FileErrors.reason(new IOException())).isEqualTo("input/output error");
    }

    private static String reason(ThrowingCallable act) {
        return FileErrors.reason(catchThrowableOfType(IOException.class, act));
    }
}
