package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.ui.settings.SettingsHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiagnosticsTest {

    @TempDir
    private Path folder;

    private String collected() {
        return new Diagnostics(
                        new SettingsHost.Data(folder, folder, Optional.empty(), folder),
                        folder.resolve("settings.json"),
                        "Keyless Pull 1.0.0")
                .collect();
    }

    @Test
    void theLatestRunsAreInItAndNothingSecret() throws Exception {
        Files.writeString(folder.resolve("settings.json"), "{\"proxy\": \"http://megan:hunter22@proxy:1\"}");
        Path old = Files.createDirectories(folder.resolve("runs").resolve("20260101-000000-00001"));
        Files.writeString(old.resolve("log.txt"), "an old run\n");
        Path latest = Files.createDirectories(folder.resolve("runs").resolve("20260303-000000-00001"));
        Files.writeString(
                latest.resolve("log.txt"), "x".repeat(120_000) + "\nAuthorization: Bearer abcdefgh12345678\nthe end\n");
        Files.writeString(latest.resolve("journal.jsonl"), "{\"event\": \"RunStarted\"}\n");

        assertThat(collected())
                .contains("Keyless Pull 1.0.0", "the end", "RunStarted", "proxy:1")
                .doesNotContain("hunter22", "abcdefgh12345678", "an old run", "xxxx");
    }

    @Test
    void withoutRunsAndSettingsTheVersionsAreInIt() {
        assertThat(collected()).startsWith("Keyless Pull 1.0.0").contains("(none)");
    }
}
