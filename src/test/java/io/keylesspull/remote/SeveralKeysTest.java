package io.keylesspull.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.KeyPair;
import io.keylesspull.remote.agent.SshAgent;
import io.keylesspull.remote.key.PrivateKeys;
import io.keylesspull.time.Time;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Signing in where no key is named, as {@code ssh} does. */
@Timeout(60)
class SeveralKeysTest {

    private static final SshKey OTHER = TestMachine.rsaKey("other");

    @TempDir
    private Path folder;

    @Test
    void theSecondKeyOpensAMachineThatDoesNotTakeTheFirst() throws Exception {
        try (TestMachine machine = new TestMachine(io -> 3);
                RemoteShell shell = connect(machine, List.of(OTHER, TestMachine.USER_KEY))) {
            assertThat(shell.run(Command.of("true"), OutputListener.none()).exitStatus())
                    .isEqualTo(3);
            assertThat(machine.authentications)
                    .as("the second one is offered, then signed with")
                    .hasValue(3);
        }
    }

    @Test
    void eachKeyIsOfferedOnceAndAllAreNamedIfNoneFits() throws Exception {
        List<SshKey> keys = Stream.concat(Stream.of(OTHER), Stream.generate(() -> TestMachine.rsaKey("another")))
                .limit(5)
                .toList();
        try (TestMachine machine = new TestMachine(io -> 0)) {
            SshException refused = catchThrowableOfType(SshException.class, () -> connect(machine, keys));

            assertThat(refused.kind()).isEqualTo(SshException.Kind.AUTHENTICATION_FAILED);
            assertThat(refused).hasMessageContaining("with any of these keys");
            keys.forEach(key -> assertThat(refused).hasMessageContaining(key.toString()));
            assertThat(machine.authentications).hasValue(5);
        }
    }

    @Test
    void usualAreTheUnlockedFilesInTheOrderInWhichSshNamesThem() throws Exception {
        assertThat(usual(SshAgent.of(Map.of(), false))).isEmpty();
        SshKey ed25519 = SshKey.generate("mine");
        TestMachine.USER_KEY.save(folder.resolve("id_rsa"));
        ed25519.save(folder.resolve("id_ed25519"));
        OTHER.save(folder.resolve("work"));
        assertThat(usual(SshAgent.of(Map.of(), false)))
                .containsExactly(ed25519.toString(), TestMachine.USER_KEY.toString());
    }

    @Test
    void aLockedFileIsLeftOutUntilItIsUnlocked() throws Exception {
        Path locked = folder.resolve("id_rsa");
        TestMachine.USER_KEY.save(folder.resolve("open"));
        try (OutputStream out = Files.newOutputStream(locked)) {
            KeyPair.load(new JSch(), Files.readAllBytes(folder.resolve("open")), null)
                    .writeOpenSSHv1PrivateKey(out, "open".getBytes(StandardCharsets.US_ASCII), 4);
        }
        PrivateKeys keys = new PrivateKeys(SshAgent.of(Map.of(), false), Optional.of(folder));

        assertThat(keys.usual()).isEmpty();
        assertThat(keys.unlock(locked, "open".toCharArray())).isTrue();

        assertThat(keys.usual()).extracting(SshKey::toString).containsExactly(TestMachine.USER_KEY.toString());
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "its agents have pipes instead of sockets")
    void theAgentsKeysComeFirstAndAKeyThatIsInAFileTooIsOfferedOnce() throws Exception {
        SshKey ed25519 = SshKey.generate("mine");
        ed25519.save(folder.resolve("id_ed25519"));
        TestMachine.USER_KEY.save(folder.resolve("id_rsa"));
        KeyPair pair = KeyPair.load(new JSch(), Files.readAllBytes(folder.resolve("id_rsa")), null);
        try (FakeAgent agent = new FakeAgent(folder.resolve("agent"), pair);
                TestMachine machine = new TestMachine(io -> 3)) {
            SshAgent asked =
                    SshAgent.of(Map.of("SSH_AUTH_SOCK", folder.resolve("agent").toString()), false);
            assertThat(usual(asked)).containsExactly(TestMachine.USER_KEY.toString(), ed25519.toString());

            connect(machine, new PrivateKeys(asked, Optional.of(folder)).usual())
                    .close();

            assertThat(agent.signed).hasValue(1);
        }
    }

    private List<String> usual(SshAgent agent) {
        return new PrivateKeys(agent, Optional.of(folder))
                .usual().stream().map(SshKey::toString).toList();
    }

    private static RemoteShell connect(TestMachine machine, List<SshKey> keys) throws Exception {
        SshTarget known = machine.target();
        SshTarget target =
                new SshTarget(known.host(), known.port(), known.user(), keys, known.trust(), known.connectTimeout());
        return RemoteShell.connect(target, SshRoute.direct(), Time.system());
    }
}
