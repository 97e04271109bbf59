package io.keylesspull.setup.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class KeyPathTest {

    private static final Path HOME = Path.of("home", "me").toAbsolutePath();
    private static final Path CURRENT = Path.of("").toAbsolutePath();

    @Test
    void aTildeIsTheUsersHome() {
        assertThat(absolute("~/.ssh/id_ed25519")).isEqualTo(HOME.resolve(".ssh").resolve("id_ed25519"));
        assertThat(absolute("~\\key")).isEqualTo(HOME.resolve("key"));
        assertThat(absolute("~")).isEqualTo(HOME);
        assertThat(absolute("~other")).isEqualTo(CURRENT.resolve("~other"));
    }

    @Test
    void aRelativePathStartsAtTheCurrentFolder() {
        assertThat(absolute("keys/id_rsa")).isEqualTo(CURRENT.resolve("keys").resolve("id_rsa"));
    }

    @Test
    void anAbsolutePathStaysAsItIs() {
        Path path = HOME.resolve("id");
        assertThat(absolute(path.toString())).isEqualTo(path);
    }

    @Test
    void theQuotesOfCopyAsPathAreLeftOut() {
        Path path = HOME.resolve("my key");
        assertThat(absolute("\"" + path + "\"")).isEqualTo(path);
        assertThat(absolute(" \"~/my key\" ")).isEqualTo(HOME.resolve("my key"));
    }

    @Test
    void quotesAloneAreNoPath() {
        assertThat(KeyPath.isPossible("\"\"")).isFalse();
        assertThat(KeyPath.isPossible("a\0b")).isFalse();
        assertThat(KeyPath.isPossible("\"key\"")).isTrue();
    }

    private static Path absolute(String written) {
        return KeyPath.absolute(written, HOME);
    }
}
