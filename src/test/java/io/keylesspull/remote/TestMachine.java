package io.keylesspull.remote;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import io.keylesspull.practice.sshkey.JdkEdDsaRegistrar;
import io.keylesspull.time.Time;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.Service;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.RequestHandler;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.kex.KexProposalOption;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.channel.ChannelSessionFactory;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.session.ServerConnectionServiceFactory;
import org.apache.sshd.server.session.ServerUserAuthServiceFactory;

/** An SSH server on the loopback interface whose one behaviour is written by the test. */
final class TestMachine implements AutoCloseable {

    /** What a command does; its return value is the exit status, and a null leaves the channel open for good. */
    interface Behaviour {
        Integer run(Io io) throws Exception;
    }

    record Io(String line, InputStream in, OutputStream out, OutputStream err, ChannelSession channel) {

        void print(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }

    static {
        // As practice machines do in the same process, before the first key is looked at.
        JdkEdDsaRegistrar.register();
    }

    /** RSA, since MINA takes Ed25519 only with a security provider of its own. */
    static final SshKey USER_KEY = rsaKey("test");

    static final Duration SOON = Duration.ofSeconds(20);

    final AtomicInteger authentications = new AtomicInteger();
    /** How often somebody went on to sign in, whether or not a key was shown then. */
    final AtomicInteger authenticationsBegun = new AtomicInteger();
    /** What the other side offered for each part of the connection. */
    final Map<KexProposalOption, String> offered = new ConcurrentHashMap<>();
    /** What the other side asked of its channels, by the names of RFC 4254 and OpenSSH. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    final CountDownLatch commandEnded = new CountDownLatch(1);
    private final SshServer server;
    private final KeyPair hostKey;

    TestMachine(Behaviour behaviour) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        hostKey = generator.generateKeyPair();
        server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        server.setPort(0);
        server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
        server.setPublickeyAuthenticator((user, key, session) -> {
            authentications.incrementAndGet();
            return user.equals("azureuser") && USER_KEY.publicKeyLine().startsWith(PublicKeyEntry.toString(key));
        });
        server.setCommandFactory((channel, line) -> new Running(line, behaviour));
        server.setServiceFactories(List.of(
                new ServerUserAuthServiceFactory() {
                    @Override
                    public Service create(Session session) throws IOException {
                        authenticationsBegun.incrementAndGet();
                        return super.create(session);
                    }
                },
                ServerConnectionServiceFactory.INSTANCE));
        server.setChannelFactories(List.of(new ChannelSessionFactory() {
            @Override
            public Channel createChannel(Session session) {
                return new ChannelSession() {
                    @Override
                    public RequestHandler.Result handleInternalRequest(String type, boolean wantReply, Buffer buffer)
                            throws IOException {
                        asked.add(type);
                        return super.handleInternalRequest(type, wantReply, buffer);
                    }
                };
            }
        }));
        server.addSessionListener(new SessionListener() {
            @Override
            public void sessionNegotiationStart(
                    Session session, Map<KexProposalOption, String> client, Map<KexProposalOption, String> own) {
                offered.putAll(client);
            }
        });
        server.start();
    }

    static SshKey rsaKey(String comment) {
        try {
            com.jcraft.jsch.KeyPair pair =
                    com.jcraft.jsch.KeyPair.genKeyPair(new JSch(), com.jcraft.jsch.KeyPair.RSA, 2048);
            pair.setPublicKeyComment(comment);
            ByteArrayOutputStream pem = new ByteArrayOutputStream();
            pair.writeOpenSSHv1PrivateKey(pem, null);
            return SshKey.parse(pem.toString(StandardCharsets.US_ASCII), comment);
        } catch (JSchException | SshException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    int port() {
        return server.getPort();
    }

    HostKey hostKey() {
        return HostKey.parse(PublicKeyEntry.toString(hostKey.getPublic()));
    }

    SshTarget target() {
        return target(USER_KEY, List.of(hostKey()));
    }

    SshTarget target(SshKey key, List<HostKey> hostKeys) {
        return new SshTarget("127.0.0.1", port(), "azureuser", key, hostKeys, SOON);
    }

    RemoteShell connect() throws SshException, InterruptedException {
        return RemoteShell.connect(target(), SshRoute.direct(), Time.system());
    }

    void dropConnections() {
        for (Session session : server.getActiveSessions()) {
            session.close(true);
        }
    }

    boolean commandEndedSoon() throws InterruptedException {
        return commandEnded.await(SOON.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }

    private final class Running implements Command {
        private final String line;
        private final Behaviour behaviour;
        private InputStream in;
        private OutputStream out;
        private OutputStream err;
        private ExitCallback exit;
        private Thread thread;

        Running(String line, Behaviour behaviour) {
            this.line = line;
            this.behaviour = behaviour;
        }

        @Override
        public void setInputStream(InputStream stream) {
            in = stream;
        }

        @Override
        public void setOutputStream(OutputStream stream) {
            out = stream;
        }

        @Override
        public void setErrorStream(OutputStream stream) {
            err = stream;
        }

        @Override
        public void setExitCallback(ExitCallback callback) {
            exit = callback;
        }

        @Override
        public void start(ChannelSession channel, Environment environment) {
            thread = new Thread(() -> run(channel), "test-command");
            thread.setDaemon(true);
            thread.start();
        }

        private void run(ChannelSession channel) {
            try {
                Integer status = behaviour.run(new Io(line, in, out, err, channel));
                if (status != null) {
                    exit.onExit(status);
                }
            } catch (Exception ended) {
                exit.onExit(254, ended.toString());
            }
        }

        @Override
        public void destroy(ChannelSession channel) {
            commandEnded.countDown();
            thread.interrupt();
        }
    }
}
