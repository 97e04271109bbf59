package io.keylesspull.practice.machine.ssh;

import io.keylesspull.practice.machine.state.FileTree;
import io.keylesspull.practice.machine.state.MachineState;
import io.keylesspull.practice.machine.state.UnixAccount;
import io.keylesspull.practice.sshkey.JdkEdDsaRegistrar;
import io.keylesspull.practice.sshkey.SshHostKeys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.apache.sshd.common.io.nio2.Nio2ServiceFactoryFactory;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.apache.sshd.common.util.threads.ThreadUtils;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.server.channel.ChannelSessionFactory;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;
import org.apache.sshd.server.session.ServerSession;

/** The SSH server of one machine, on a free loopback port; clients reach it through a {@link SshRelay}. */
final class MachineSshServer {

    /** The account at sign-in: later changes of its groups do not apply. */
    static final AttributeKey<UnixAccount> ACCOUNT = new AttributeKey<>();

    private final SshAccess machine;
    private final SshServer server;

    MachineSshServer(SshAccess machine, SshHostKeys hostKeys, Neighbours neighbours, SshResources resources)
            throws IOException {
        JdkEdDsaRegistrar.register();
        this.machine = machine;
        this.server = SshServer.setUpDefaultServer();
        server.setHost(InetAddress.getLoopbackAddress().getHostAddress());
        server.setPort(0);
        server.setIoServiceFactoryFactory(new Nio2ServiceFactoryFactory(() -> ThreadUtils.noClose(resources.io())));
        server.setScheduledExecutorService(resources.timer(), false);
        server.setKeyPairProvider(hostKeys);
        server.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
        server.setPublickeyAuthenticator(this::admits);
        server.setCommandFactory((channel, line) -> new ExecCommand(machine, line, resources.commands()));
        server.setShellFactory(channel -> new ExecCommand(
                machine,
                "echo 'Practice machines run single commands; they have no login shell.' >&2; exit 1",
                resources.commands()));
        server.setForwardingFilter(new AcceptAllForwardingFilter() {
            @Override
            protected boolean checkAcceptance(String request, Session session, SshdSocketAddress target) {
                return forwards();
            }
        });
        server.setChannelFactories(List.of(ChannelSessionFactory.INSTANCE, new NeighbourChannel.Factory(neighbours)));
        CoreModuleProperties.TCP_NODELAY.set(server, true);
        // A command may print nothing for as long as apt waits for its lock.
        CoreModuleProperties.IDLE_TIMEOUT.set(server, Duration.ZERO);
        CoreModuleProperties.NIO2_READ_TIMEOUT.set(server, Duration.ZERO);
        server.start();
    }

    /**
     * As sshd does: everyone who signs in may connect to other machines from here, unless sshd_config(5) forbids it.
     */
    private boolean forwards() {
        FileTree files = machine.state().files();
        return files.matching("/etc/ssh/sshd_config.d/*.conf").stream()
                .flatMap(file -> files.text(file).stream())
                .flatMap(String::lines)
                .noneMatch(line -> line.strip().equalsIgnoreCase("AllowTcpForwarding no"));
    }

    private boolean admits(String user, PublicKey key, ServerSession session) {
        Optional<UnixAccount> account = machine.state().accounts().session(user);
        if (account.isEmpty()
                || machine.link(session)
                        .filter(SshRelay.Link::isRefusedAuthentication)
                        .isPresent()) {
            return false;
        }
        Optional<FileTree.Node> file = machine.state().files().node(MachineState.authorizedKeys(user));
        // sshd ignores a file that others may write to (StrictModes).
        if (file.isEmpty() || (file.get().mode() & 022) != 0) {
            return false;
        }
        String text = new String(file.get().content(), StandardCharsets.UTF_8);
        boolean admitted = text.lines().anyMatch(line -> isKey(line, key));
        if (admitted) {
            session.setAttribute(ACCOUNT, account.get());
        }
        return admitted;
    }

    private static boolean isKey(String line, PublicKey key) {
        try {
            AuthorizedKeyEntry entry = AuthorizedKeyEntry.parseAuthorizedKeyEntry(line.strip());
            return entry != null
                    && KeyUtils.compareKeys(entry.resolvePublicKey(null, PublicKeyEntryResolver.IGNORING), key);
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            // sshd skips lines that it cannot read, too.
            return false;
        }
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort());
    }

    /** Ends every connection at once, as a power cut does. */
    void close() {
        server.close(true);
    }
}
