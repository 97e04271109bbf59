package io.keylesspull.remote;

import com.jcraft.jsch.KeyPair;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** An SSH agent with one key (draft-ietf-sshm-ssh-agent). */
final class FakeAgent implements AutoCloseable {

    private static final int FAILURE = 5;
    private static final int REQUEST_IDENTITIES = 11;
    private static final int IDENTITIES_ANSWER = 12;
    private static final int SIGN_REQUEST = 13;
    private static final int SIGN_RESPONSE = 14;
    private static final int RSA_SHA2_256 = 2;
    private static final int RSA_SHA2_512 = 4;

    final AtomicInteger signed = new AtomicInteger();
    private final KeyPair key;
    private final ServerSocketChannel server;

    FakeAgent(Path socket, KeyPair key) throws IOException {
        this.key = key;
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        Thread thread = new Thread(this::serve, "agent");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve() {
        try {
            while (true) {
                try (SocketChannel client = server.accept()) {
                    answer(
                            new DataInputStream(Channels.newInputStream(client)),
                            new DataOutputStream(Channels.newOutputStream(client)));
                } catch (EOFException hungUp) {
                    // The next one may come.
                }
            }
        } catch (ClosedChannelException closed) {
            // The end.
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
    }

    private void answer(DataInputStream in, DataOutputStream out) throws Exception {
        while (true) {
            in.readInt();
            int type = in.readByte();
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            DataOutputStream answer = new DataOutputStream(body);
            if (type == REQUEST_IDENTITIES) {
                answer.writeByte(IDENTITIES_ANSWER);
                answer.writeInt(1);
                string(answer, key.getPublicKeyBlob());
                string(answer, "anna@laptop".getBytes(StandardCharsets.UTF_8));
            } else if (type == SIGN_REQUEST) {
                in.readNBytes(in.readInt());
                byte[] data = in.readNBytes(in.readInt());
                int flags = in.readInt();
                signed.incrementAndGet();
                answer.writeByte(SIGN_RESPONSE);
                string(answer, key.getSignature(data, algorithm(flags)));
            } else {
                answer.writeByte(FAILURE);
            }
            out.writeInt(body.size());
            out.write(body.toByteArray());
            out.flush();
        }
    }

    private static String algorithm(int flags) {
        return switch (flags) {
            case RSA_SHA2_512 -> "rsa-sha2-512";
            case RSA_SHA2_256 -> "rsa-sha2-256";
            default -> "ssh-rsa";
        };
    }

    private static void string(DataOutputStream out, byte[] value) throws IOException {
        out.writeInt(value.length);
        out.write(value);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
