package io.keylesspull.remote;

import io.keylesspull.practice.sshkey.JdkEdDsaRegistrar;
import io.keylesspull.practice.sshkey.SshHostKeys;
import io.keylesspull.remote.jump.JumpHost;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;

/** An SSH server on the loopback interface that connects to other servers for those who sign in, and runs nothing. */
final class JumpServer implements AutoCloseable {

    static final SshKey KEY = SshKey.generate("ops");

    /** How many connections it was asked for. */
    final AtomicInteger asked = new AtomicInteger();

    private final SshHostKeys hostKeys = new SshHostKeys();
    private final SshServer server = SshServer.setUpDefaultServer();

    JumpServer(boolean forwards) throws IOException {
        JdkEdDsaRegistrar.register();
        server.setHost("127.0.0.1");
        server.setPort(0);
        server.setKeyPairProvider(hostKeys);
        server.setPublickeyAuthenticator((user, key, session) ->
                user.equals("ops") && KEY.publicKeyLine().startsWith(PublicKeyEntry.toString(key)));
        server.setForwardingFilter(
                forwards
                        ? new AcceptAllForwardingFilter() {
                            @Override
                            public boolean canConnect(Type type, SshdSocketAddress address, Session session) {
                                asked.incrementAndGet();
                                return true;
                            }
                        }
                        : RejectAllForwardingFilter.INSTANCE);
        server.start();
    }

    HostKey hostKey() {
        return HostKey.parse(hostKeys.ed25519Line());
    }

    int port() {
        return server.getPort();
    }

    JumpHost as(SshKey key, SshTarget.Trust trust) {
        return new JumpHost("127.0.0.1", server.getPort(), "ops", List.of(key), trust);
    }

    JumpHost known() {
        return as(KEY, new SshTarget.Trust.Keys(List.of(hostKey())));
    }

    int connections() {
        return server.getActiveSessions().size();
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }
}
