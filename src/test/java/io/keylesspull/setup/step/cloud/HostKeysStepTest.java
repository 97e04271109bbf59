package io.keylesspull.setup.step.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.remote.SshKey;
import org.junit.jupiter.api.Test;

class HostKeysStepTest {

    private final String key = SshKey.generate("root@machine").publicKeyLine();

    @Test
    void keysAreReadOutOfWhatRunCommandSays() {
        assertThat(HostKeysStep.parse("motd\n" + key + "\nkeyless-pull-host-keys-end\n"))
                .singleElement()
                .extracting("type")
                .isEqualTo("ssh-ed25519");
    }

    @Test
    void aLineWhoseBeginningIsCutOffPinsNothing() {
        assertThat(HostKeysStep.parse(key.substring(5) + "\n" + key)).hasSize(1);
    }

    @Test
    void aLineThatIsNoKeyPinsNothing() {
        assertThat(HostKeysStep.parse("ssh-rsa is not here\nssh-keygen: command not found"))
                .isEmpty();
    }
}
