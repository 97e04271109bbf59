package io.keylesspull.remote;

import static io.keylesspull.remote.RemoteShellTest.assertKind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.JSch;
import io.keylesspull.text.Texts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnownHostsTest {

    private static final HostKey ONE = key();
    private static final HostKey TWO = key();
    private static final HostKey THREE = key();

    @TempDir
    private Path folder;

    private static HostKey key() {
        return HostKey.parse(SshKey.generate("").publicKeyLine());
    }

    private Path file() {
        return folder.resolve("run/known_hosts");
    }

    @Test
    void pinnedKeysAreReadAgainAndMachinesAreDistinguished() throws Exception {
        KnownHosts hosts = new KnownHosts(file());
        assertThat(hosts.keys("10.0.0.4", 22)).isEmpty();
        hosts.pin("10.0.0.4", 22, List.of(ONE, TWO));
        hosts.pin("10.0.0.4", 2222, List.of(THREE));
        hosts.pin("VM1.example.com", 22, List.of(TWO));

        KnownHosts again = new KnownHosts(file());
        assertThat(again.keys("10.0.0.4", 22)).containsExactly(ONE, TWO);
        assertThat(again.keys("10.0.0.4", 2222)).containsExactly(THREE);
        assertThat(again.keys("vm1.example.com", 22)).containsExactly(TWO);
        assertThat(again.keys("10.0.0.5", 22)).isEmpty();

        again.pin("10.0.0.4", 22, List.of(THREE));
        assertThat(hosts.keys("10.0.0.4", 22)).containsExactly(THREE);
        assertThat(Files.readAllLines(file())).hasSize(3);
    }

    @Test
    void anotherReaderOfTheFormatFindsTheSameKeys() throws Exception {
        KnownHosts hosts = new KnownHosts(file());
        hosts.pin("10.0.0.4", 22, List.of(ONE));
        hosts.pin("10.0.0.4", 2222, List.of(TWO));
        hosts.pin("2001:db8::4", 22, List.of(THREE));

        JSch jsch = new JSch();
        jsch.setKnownHosts(file().toString());
        HostKeyRepository read = jsch.getHostKeyRepository();
        assertThat(read.check("10.0.0.4", ONE.blob())).isEqualTo(HostKeyRepository.OK);
        assertThat(read.check("10.0.0.4", TWO.blob())).isEqualTo(HostKeyRepository.CHANGED);
        assertThat(read.check("[10.0.0.4]:2222", TWO.blob())).isEqualTo(HostKeyRepository.OK);
        assertThat(read.check("2001:db8::4", THREE.blob())).isEqualTo(HostKeyRepository.OK);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void onlyTheOwnerMayReadIt() throws Exception {
        new KnownHosts(file()).pin("10.0.0.4", 22, List.of(ONE));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n",
                "# comment\n",
                "10.0.0.4\n",
                "10.0.0.4 ssh-ed25519\n",
                "10.0.0.4 ssh-ed25519 AAAA\n",
                "10.0.0.4 ssh-rsa KEY\n",
                "10.0.0.4 ssh-ed25519 KEY comment\n",
                "10.0.0.4  ssh-ed25519 KEY\n",
                "*.example.com ssh-ed25519 KEY\n",
                "10.0.0.4,10.0.0.5 ssh-ed25519 KEY\n",
                "|1|abc=|def= ssh-ed25519 KEY\n",
                "@cert-authority * ssh-ed25519 KEY\n",
                "10.0.0.4 ssh-ed25519 KEY",
                "10.0.0.4 ssh-ed25519 KEY\r\n",
                "\u65e5 ssh-ed25519 KEY\n"
            })
    void aLineThatIsNotAsItWasWrittenIsReported(String line) throws Exception {
        String good = "10.0.0.9 ssh-ed25519 " + ONE.base64() + "\n";
        Files.createDirectories(file().getParent());
        Files.writeString(file(), good + line.replace("KEY", ONE.base64()));
        byte[] before = Files.readAllBytes(file());

        KnownHosts hosts = new KnownHosts(file());
        SshException failure = assertKind(SshException.Kind.BAD_KNOWN_HOSTS, () -> hosts.keys("10.0.0.9", 22));
        assertThat(failure).hasMessageContaining("Line 2 of " + file());
        assertThat(new Texts(Locale.JAPANESE).render(failure.text())).contains("2 行目");
        assertKind(SshException.Kind.BAD_KNOWN_HOSTS, () -> hosts.pin("10.0.0.4", 22, List.of(ONE)));
        assertThat(file()).hasBinaryContent(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a,b", "*", "!a", "|1|x", "a\nb", "[a]:22", "@revoked"})
    void whatSshWouldTakeForAPatternIsNoHost(String host) {
        assertThatThrownBy(() -> new KnownHosts(file()).pin(host, 22, List.of(ONE)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
