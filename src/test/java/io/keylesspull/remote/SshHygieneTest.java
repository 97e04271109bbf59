package io.keylesspull.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.sshd.common.kex.KexProposalOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes over the wire, as a machine sees it. */
@Timeout(60)
class SshHygieneTest {

    /**
     * The defaults of OpenSSH's server from 8.4 (Debian 11) to 9.6 (Ubuntu 24.04), those that all have in common; from
     * {@code myproposal.h}.
     */
    private static final Set<String> OPENSSH_KEX = Set.of(
            "curve25519-sha256",
            "curve25519-sha256@libssh.org",
            "ecdh-sha2-nistp256",
            "ecdh-sha2-nistp384",
            "ecdh-sha2-nistp521",
            "diffie-hellman-group-exchange-sha256",
            "diffie-hellman-group16-sha512",
            "diffie-hellman-group18-sha512",
            "diffie-hellman-group14-sha256");

    private static final Set<String> OPENSSH_CIPHERS = Set.of(
            "chacha20-poly1305@openssh.com",
            "aes128-ctr",
            "aes192-ctr",
            "aes256-ctr",
            "aes128-gcm@openssh.com",
            "aes256-gcm@openssh.com");
    private static final Set<String> OPENSSH_MACS = Set.of(
            "umac-64-etm@openssh.com",
            "umac-128-etm@openssh.com",
            "hmac-sha2-256-etm@openssh.com",
            "hmac-sha2-512-etm@openssh.com",
            "umac-64@openssh.com",
            "umac-128@openssh.com",
            "hmac-sha2-256",
            "hmac-sha2-512");
    private static final Set<String> OPENSSH_HOST_KEYS = Set.of(
            "ssh-ed25519",
            "ecdsa-sha2-nistp256",
            "ecdsa-sha2-nistp384",
            "ecdsa-sha2-nistp521",
            "rsa-sha2-512",
            "rsa-sha2-256");
    /** Signals of the protocol itself, not algorithms. */
    private static final Set<String> MARKERS = Set.of("ext-info-c", "kex-strict-c-v00@openssh.com");

    static Stream<KexProposalOption> parts() {
        return Stream.of(
                KexProposalOption.ALGORITHMS,
                KexProposalOption.SERVERKEYS,
                KexProposalOption.C2SENC,
                KexProposalOption.S2CENC,
                KexProposalOption.C2SMAC,
                KexProposalOption.S2CMAC,
                KexProposalOption.C2SCOMP,
                KexProposalOption.S2CCOMP);
    }

    @ParameterizedTest
    @MethodSource("parts")
    void onlyWhatEveryOpensshOfTodayHasByDefaultIsOffered(KexProposalOption part) throws Exception {
        Set<String> modern = switch (part) {
            case ALGORITHMS -> OPENSSH_KEX;
            case SERVERKEYS -> OPENSSH_HOST_KEYS;
            case C2SENC, S2CENC -> OPENSSH_CIPHERS;
            case C2SMAC, S2CMAC -> OPENSSH_MACS;
            default -> Set.of("none");
        };
        try (TestMachine machine = new TestMachine(io -> 0);
                RemoteShell shell = machine.connect()) {
            shell.run(Command.of("any"), OutputListener.none());
            List<String> offered = Arrays.stream(machine.offered.get(part).split(","))
                    .filter(name -> !MARKERS.contains(name))
                    .toList();
            assertThat(offered).isNotEmpty().isSubsetOf(modern).noneMatch(name -> name.contains("sha1"));
        }
    }

    @Test
    void aPrefixCannotBeCutOutUnseen() throws Exception {
        // CVE-2023-48795 ("Terrapin"): offered to the machine, which offers it too if it is up to date.
        try (TestMachine machine = new TestMachine(io -> 0);
                RemoteShell shell = machine.connect()) {
            assertThat(shell.isConnected()).isTrue();
            assertThat(machine.offered.get(KexProposalOption.ALGORITHMS)).contains("kex-strict-c-v00@openssh.com");
        }
    }

    @Test
    void aCommandIsAllThatIsAskedFor() throws Exception {
        try (TestMachine machine = new TestMachine(io -> 0);
                RemoteShell shell = machine.connect()) {
            shell.run(Command.of("id").withStdin("input"), OutputListener.none());
            shell.run(Command.of("id"), OutputListener.none());
            // No agent, no X11, no terminal, no variables of this computer.
            assertThat(machine.asked).containsExactly("exec", "exec");
        }
    }
}
