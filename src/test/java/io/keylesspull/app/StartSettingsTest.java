package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.ui.settings.SettingsHost.NetworkEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartSettingsTest {

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("config").resolve("settings.json");
    }

    @Test
    void aPasswordIsNotShownAndNotLost() throws Exception {
        StartSettings settings = new StartSettings(file());
        assertThat(settings.read()).isEqualTo(NetworkEntry.NONE);
        settings.write(new NetworkEntry("http://megan:hunter22@proxy.contoso.com:8080", "", ""), "");

        NetworkEntry shown = settings.read();
        assertThat(shown.proxy()).doesNotContain("hunter22").contains("proxy.contoso.com:8080");
        settings.write(new NetworkEntry(shown.proxy(), "socks5://jump.contoso.com", ""), "");

        assertThat(Files.readString(file())).contains("hunter22").contains("socks5://jump");
        settings.write(NetworkEntry.NONE, "");
        assertThat(Files.readString(file())).isEqualTo("{ }\n");
    }

    @Test
    void whatCouldNotBeUsedIsNotSaved() throws Exception {
        StartSettings settings = new StartSettings(file());
        settings.write(new NetworkEntry("http://proxy.contoso.com", "", ""), "");

        assertThatThrownBy(() -> settings.write(new NetworkEntry("ftp://proxy", "", ""), ""))
                .isInstanceOf(Failure.class);
        assertThatThrownBy(() -> settings.write(new NetworkEntry("", "", "missing.pem"), ""))
                .isInstanceOf(Failure.class);
        assertThatThrownBy(() -> settings.write(NetworkEntry.NONE, "runs"))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.problem().what().key()).isEqualTo("app.settings.relative.what"));
        Path taken = Files.createFile(folder.resolve("taken"));
        assertThatThrownBy(() -> settings.write(NetworkEntry.NONE, taken.toString()))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure ->
                                assertThat(failure.problem().what().key()).isEqualTo("app.settings.dataFolder.what"));

        assertThat(settings.read().proxy()).isEqualTo("http://proxy.contoso.com");
    }

    @Test
    void aDataFolderIsMadeAtOnce() throws Exception {
        Path data = folder.resolve("data").resolve("keyless-pull");
        new StartSettings(file()).write(NetworkEntry.NONE, data.toString());
        assertThat(data).isEmptyDirectory();
    }
}
