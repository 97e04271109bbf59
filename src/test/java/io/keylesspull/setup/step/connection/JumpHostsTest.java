package io.keylesspull.setup.step.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.network.NetworkOptions;
import io.keylesspull.remote.SshKey;
import io.keylesspull.remote.SshRoute;
import io.keylesspull.remote.key.KeyFiles;
import io.keylesspull.setup.request.SetupRequest.JumpHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ssh} needs to go the same way. */
class JumpHostsTest {

    @TempDir
    private Path folder;

    private static final String KEY = SshKey.generate("x").publicKeyLine().replaceAll(" x$", "");
    private static final JumpHost OUTER =
            new JumpHost("bastion.contoso.com", 2222, "ops", Optional.of("/keys/ops"), Optional.of(KEY));
    private static final JumpHost INNER = new JumpHost(
            "10.0.0.4", 22, "admin", Optional.of("/keys/100%/admin"), Optional.of("SHA256:" + "A".repeat(43)));

    @Test
    void withoutAJumpHostAndAProxyNothingIsNeeded() {
        assertThat(options(SshRoute.direct(), Optional.empty())).isEmpty();
    }

    @Test
    void eachJumpHostIsReachedThroughTheOneBeforeIt() {
        assertThat(options(SshRoute.direct(), Optional.empty(), OUTER, INNER))
                .containsExactly(
                        "-o",
                        "ProxyCommand=ssh -i /keys/100%%/admin -o 'ProxyCommand=ssh -i /keys/ops -p 2222 -W %%h:%%p"
                                + " ops@bastion.contoso.com' -W %h:%p admin@10.0.0.4");
    }

    @Test
    void theHostKeysThatTheRunHasWrittenDownAreUsedForJumpHostsToo() {
        assertThat(options(SshRoute.direct(), Optional.of("/my runs/known_hosts"), OUTER))
                .containsExactly(
                        "-o",
                        "ProxyCommand=ssh -i /keys/ops -o 'UserKnownHostsFile=\"/my runs/known_hosts\"' -p 2222"
                                + " -W %h:%p ops@bastion.contoso.com");
        assertThat(options(SshRoute.direct(), Optional.of("/runs/known_hosts"), INNER))
                .containsExactly("-o", "ProxyCommand=ssh -i /keys/100%%/admin -W %h:%p admin@10.0.0.4");
    }

    /** A 10.0.0.4 behind one jump host is not the one behind another. */
    @Test
    void theHostKeyOfOneBehindAJumpHostIsKeptUnderTheWholeWay() throws Exception {
        JumpHost inner = new JumpHost("10.0.0.4", 22, "admin", Optional.empty(), Optional.of(KEY));
        Path file = folder.resolve("known_hosts");
        JumpHosts hosts = new JumpHosts(
                SshRoute.direct(), List.of(OUTER, inner), new SshKeys(Path.of("none"), file, KeyFiles.only()));

        hosts.pin();

        assertThat(Files.readAllLines(file))
                .containsExactly("[bastion.contoso.com]:2222 " + KEY, "10.0.0.4.via.bastion.contoso.com_2222 " + KEY);
        assertThat(hosts.knownHosts()).isEqualTo(Files.readAllLines(file));
        assertThat(hosts.sshOptions(Optional.of("known_hosts")).get(1))
                .startsWith("ProxyCommand=ssh -o UserKnownHostsFile=known_hosts"
                        + " -o HostKeyAlias=10.0.0.4.via.bastion.contoso.com_2222 ")
                .containsOnlyOnce("HostKeyAlias");
        assertThat(hosts.alias("10.0.0.4", 2222)).contains("10.0.0.4_2222.via.10.0.0.4.via.bastion.contoso.com_2222");
    }

    @Test
    void aLongWayIsKeptUnderItsHash() {
        String host = String.join(".", Collections.nCopies(4, "a".repeat(60)));
        JumpHost outer = new JumpHost(host, 22, "ops", Optional.empty(), Optional.empty());
        JumpHosts hosts = new JumpHosts(
                SshRoute.direct(), List.of(outer), new SshKeys(Path.of("none"), Path.of("none"), KeyFiles.only()));

        assertThat(hosts.alias(host, 22).orElseThrow()).matches("[0-9a-f]{64}");
        assertThat(hosts.alias(host, 23)).isNotEqualTo(hosts.alias(host, 22));
    }

    @Test
    void aProxyLeadsToTheFirstHopOnly() throws Exception {
        assertThat(options(proxy("http://me:secret@proxy.contoso.com:3128"), Optional.empty()))
                .containsExactly("-o", "ProxyCommand=nc -X connect -x proxy.contoso.com:3128 -P me %h %p");
        assertThat(options(proxy("socks5://proxy.contoso.com"), Optional.empty(), OUTER))
                .containsExactly(
                        "-o",
                        "ProxyCommand=ssh -i /keys/ops -p 2222 -o 'ProxyCommand=nc -X 5 -x proxy.contoso.com:1080 %%h"
                                + " %%p' -W %h:%p ops@bastion.contoso.com");
    }

    private static List<String> options(SshRoute first, Optional<String> knownHosts, JumpHost... chain) {
        return new JumpHosts(first, List.of(chain), new SshKeys(Path.of("none"), Path.of("none"), KeyFiles.only()))
                .sshOptions(knownHosts);
    }

    private static SshRoute proxy(String url) throws Exception {
        return SshRoute.through(NetworkOptions.of(Optional.empty(), Optional.of(url), Optional.empty())
                .sshProxy()
                .orElseThrow());
    }
}
