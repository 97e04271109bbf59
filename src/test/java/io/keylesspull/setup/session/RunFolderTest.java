package io.keylesspull.setup.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.text.Texts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {

    private static final Texts ENGLISH = new Texts(Locale.ENGLISH);

    @TempDir
    private Path directory;

    @Test
    void anInterruptWhileTheFolderIsMadeAndOpenedReachesNoFileAndIsNotLost() throws IOException, Failure {
        RunFolder folder = new RunFolder(directory.resolve("20260301-090000-00001"));

        Thread.currentThread().interrupt();
        folder.create("{}");
        try (RunFolder.Open open = folder.open(ENGLISH)) {
            assertThat(Thread.interrupted()).isTrue();
            assertThat(open.journal().state().resources()).isEmpty();
        }

        // And it is free again.
        folder.open(ENGLISH).close();
    }
}
