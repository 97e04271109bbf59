package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DataFolderTest {

    private static final Path HOME = Path.of("/home/me");

    @Test
    void settingsAreWhereEachSystemHasThem() {
        assertThat(DataFolder.settings("Linux", HOME, Map.of()))
                .isEqualTo(Path.of("/home/me/.config/keyless-pull/settings.json"));
        assertThat(DataFolder.settings("Linux", HOME, Map.of("XDG_CONFIG_HOME", "/etc/me")))
                .isEqualTo(Path.of("/etc/me/keyless-pull/settings.json"));
        assertThat(DataFolder.settings("Linux", HOME, Map.of("XDG_CONFIG_HOME", "relative")))
                .isEqualTo(Path.of("/home/me/.config/keyless-pull/settings.json"));
        assertThat(DataFolder.settings("Mac OS X", HOME, Map.of()))
                .isEqualTo(Path.of("/home/me/Library/Application Support/Keyless Pull/settings.json"));
        assertThat(DataFolder.settings("Windows 11", HOME, Map.of("LOCALAPPDATA", "/local")))
                .isEqualTo(Path.of("/local/Keyless Pull/settings.json"));
    }
}
