package io.keylesspull.remote.jump;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.remote.HostKey;
import io.keylesspull.remote.SshKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserKnownHostsTest {

    private static final String ONE = line();
    private static final String OTHER = line();

    @TempDir
    private Path folder;

    @Test
    void keysAreFoundByNameByAddressAndByPort() throws IOException {
        UserKnownHosts hosts = file("# a comment\n\nBastion.contoso.com,192.0.2.4 " + ONE + " me@here\n[bastion]:2222 "
                + OTHER + "\nbroken\nother ssh-ed25519 nothing\n");
        assertThat(hosts.keys("bastion.contoso.com", 22)).containsExactly(HostKey.parse(ONE));
        assertThat(hosts.keys("192.0.2.4", 22)).containsExactly(HostKey.parse(ONE));
        assertThat(hosts.keys("bastion", 2222)).containsExactly(HostKey.parse(OTHER));
        assertThat(hosts.keys("bastion", 22)).isEmpty();
        assertThat(hosts.keys("other", 22)).isEmpty();
    }

    @Test
    void hashedNamesAreFound() throws IOException {
        // ssh-keygen -H of "bastion.contoso.com" with the salt of 20 zero bytes.
        UserKnownHosts hosts =
                file("|1|AAAAAAAAAAAAAAAAAAAAAAAAAAA=|" + hash("bastion.contoso.com") + " " + ONE + "\n");
        assertThat(hosts.keys("bastion.contoso.com", 22)).containsExactly(HostKey.parse(ONE));
        assertThat(hosts.keys("bastion.contoso.org", 22)).isEmpty();
    }

    @Test
    void revokedKeysPatternsAndAuthoritiesAreNoKeysToAccept() throws IOException {
        UserKnownHosts hosts = file("bastion " + ONE + "\n@revoked * " + ONE + "\n@cert-authority bastion " + OTHER
                + "\nbast* " + OTHER + "\n");
        assertThat(hosts.keys("bastion", 22)).isEmpty();
    }

    @Test
    void aFileThatIsNotThereKnowsNobody() {
        assertThat(new UserKnownHosts(folder.resolve("none")).keys("bastion", 22))
                .isEmpty();
    }

    private UserKnownHosts file(String text) throws IOException {
        return new UserKnownHosts(Files.writeString(folder.resolve("known_hosts"), text));
    }

    private static String line() {
        return SshKey.generate("").publicKeyLine();
    }

    private static String hash(String name) {
        try {
            javax.crypto.Mac mac = javax.crypto.Mac.getInstance("HmacSHA1");
            mac.init(new javax.crypto.spec.SecretKeySpec(new byte[20], "HmacSHA1"));
            return java.util.Base64.getEncoder()
                    .encodeToString(mac.doFinal(name.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        } catch (java.security.GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
