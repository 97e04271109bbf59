package io.keylesspull.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsFileTest {

    @TempDir
    private Path folder;

    @Test
    void withoutAFileNothingIsSet() throws Exception {
        assertThat(SettingsFile.read(folder.resolve("settings.json")).caFile()).isEmpty();
    }

    @Test
    void aRelativePathBeginsAtTheFilesFolder() throws Exception {
        assertThat(SettingsFile.read(file("{\"caFile\": \"contoso.pem\"}")).caFile())
                .contains(folder.resolve("contoso.pem"));
    }

    @Test
    void proxiesAreReadWithTheirSource() throws Exception {
        SettingsFile read =
                SettingsFile.read(file("{\"proxy\": \"http://a:b@proxy:1\", \"sshProxy\": \"socks5://jump\"}"));
        assertThat(read.proxy().orElseThrow()).hasToString("proxy:1");
        assertThat(read.sshProxy().orElseThrow().protocol()).isEqualTo(ProxyAddress.Protocol.SOCKS5);
        assertThatThrownBy(() -> SettingsFile.read(file("{\"proxy\": \"socks5://a:hunter22@jump\"}")))
                .isInstanceOf(NetworkSettingsException.class)
                .hasMessageContaining("\"proxy\" (settings.json)")
                .hasMessageNotContaining("hunter22");
    }

    @Test
    void whatIsWrongIsReportedWithItsPlace() throws Exception {
        assertWrong("{\n\"caFile\": x}", "line 2 is not JSON");
        assertWrong("{\"caFile\": \"a\"", "it ends before its JSON is complete");
        assertWrong("{\n", "it ends before its JSON is complete");
        assertWrong("[]", "is not JSON");
        assertWrong("{\"cafile\": \"a\"}", "the key “cafile” is not known");
        assertWrong("{\"caFile\": 7}", "the value of “caFile” is not a string");
        Files.delete(folder.resolve("settings.json"));
        Files.createDirectory(folder.resolve("settings.json"));
        assertThatThrownBy(() -> SettingsFile.read(folder.resolve("settings.json")))
                .isInstanceOf(NetworkSettingsException.class)
                .hasMessageContaining("cannot be read");
    }

    private Path file(String json) throws IOException {
        return Files.writeString(folder.resolve("settings.json"), json);
    }

    private void assertWrong(String json, String words) throws IOException {
        Path file = file(json);
        assertThatThrownBy(() -> SettingsFile.read(file))
                .isInstanceOf(NetworkSettingsException.class)
                .hasMessageContainingAll(file.toString(), words);
    }
}
