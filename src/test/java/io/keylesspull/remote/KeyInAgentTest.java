package io.keylesspull.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.KeyPair;
import io.keylesspull.remote.agent.SshAgent;
import io.keylesspull.time.Time;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Keys that the program cannot read, but an SSH agent signs with. */
@Timeout(60)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "its agents have pipes instead of sockets")
class KeyInAgentTest {

    private static final byte[] PASSPHRASE = "correct horse".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path folder;

    private Path file;
    private KeyPair pair;

    @BeforeEach
    void lockTheKey() throws Exception {
        Path open = folder.resolve("open");
        TestMachine.USER_KEY.save(open);
        pair = KeyPair.load(new JSch(), Files.readAllBytes(open), null);
        file = folder.resolve("id_rsa");
        pair.writePrivateKey(file.toString(), PASSPHRASE);
    }

    @Test
    void aMachineIsOpenedByTheAgent() throws Exception {
        pair.writePublicKey(file + ".pub", "");
        try (FakeAgent agent = agent();
                TestMachine machine = new TestMachine(io -> 3)) {
            SshKey key = SshKey.load(file, asked());
            SshTarget known = machine.target();
            SshTarget target = new SshTarget(
                    known.host(), known.port(), known.user(), List.of(key), known.trust(), known.connectTimeout());

            try (RemoteShell shell = RemoteShell.connect(target, SshRoute.direct(), Time.system())) {
                assertThat(shell.run(Command.of("true"), OutputListener.none()).exitStatus())
                        .isEqualTo(3);
            }

            assertThat(key.isInAgent()).isTrue();
            assertThat(agent.signed).hasValue(1);
        }
    }

    @Test
    void aPublicKeyIsEnough() throws Exception {
        Path publicKey = folder.resolve("key.pub");
        pair.writePublicKey(publicKey.toString(), "anna");
        try (FakeAgent agent = agent()) {
            assertThat(SshKey.load(publicKey, asked()).publicKey()).isEqualTo(TestMachine.USER_KEY.publicKey());
            assertThat(agent.signed).hasValue(0);
        }
    }

    @Test
    void opensshsFormatTellsThePublicKeyWithoutAFileBesideIt() throws Exception {
        KeyPair ed25519 = KeyPair.genKeyPair(new JSch(), KeyPair.ED25519, 256);
        Path locked = folder.resolve("id_ed25519");
        try (OutputStream out = Files.newOutputStream(locked)) {
            ed25519.writeOpenSSHv1PrivateKey(out, PASSPHRASE, 4);
        }
        pair = ed25519;
        try (FakeAgent agent = agent()) {
            assertThat(SshKey.load(locked, asked()).type()).isEqualTo("ssh-ed25519");
            assertThat(agent.signed).hasValue(0);
        }
    }

    @Test
    void aKeyThatTheAgentDoesNotHaveIsReportedAsLocked() throws Exception {
        pair.writePublicKey(file + ".pub", "");
        pair = KeyPair.genKeyPair(new JSch(), KeyPair.RSA, 2048);
        try (FakeAgent agent = agent()) {
            isLocked(asked());
            assertThat(agent.signed).hasValue(0);
        }
    }

    @Test
    void aKeyIsReportedAsLockedIfTheAgentIsGoneOrThereIsNone() throws Exception {
        pair.writePublicKey(file + ".pub", "");
        isLocked(asked());
        isLocked(SshAgent.of(Map.of(), false));
        isLocked(SshAgent.of(Map.of(), false));
    }

    @Test
    void aKeyWithoutAPassphraseIsReadWithoutTheAgent() throws Exception {
        try (FakeAgent agent = agent()) {
            assertThat(SshKey.load(folder.resolve("open"), asked()).isInAgent()).isFalse();
            assertThat(agent.signed).hasValue(0);
        }
    }

    private void isLocked(SshAgent agent) {
        SshException locked = catchThrowableOfType(SshException.class, () -> SshKey.load(file, agent));
        assertThat(locked.kind()).isEqualTo(SshException.Kind.ENCRYPTED_KEY);
        assertThat(locked).hasMessageContaining("protected by a passphrase").hasMessageContaining("no SSH agent");
    }

    private FakeAgent agent() throws Exception {
        return new FakeAgent(folder.resolve("agent"), pair);
    }

    private SshAgent asked() {
        return SshAgent.of(Map.of("SSH_AUTH_SOCK", folder.resolve("agent").toString()), false);
    }
}
