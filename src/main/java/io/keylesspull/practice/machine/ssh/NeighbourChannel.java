package io.keylesspull.practice.machine.ssh;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.apache.sshd.client.future.DefaultOpenFuture;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.ChannelFactory;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.server.forward.TcpForwardingFilter;
import org.apache.sshd.server.forward.TcpipServerChannel;

/**
 * A connection that a machine opens for an SSH client (RFC 4254, 7.2): to another machine of the practice cloud, never
 * to this computer or the network.
 */
final class NeighbourChannel extends TcpipServerChannel {

    private final Neighbours neighbours;

    private NeighbourChannel(Neighbours neighbours) {
        super(TcpForwardingFilter.Type.Direct, null);
        this.neighbours = neighbours;
    }

    /** Makes such channels. */
    record Factory(Neighbours neighbours) implements ChannelFactory {

        @Override
        public String getName() {
            return TcpForwardingFilter.Type.Direct.getName();
        }

        @Override
        public Channel createChannel(Session session) {
            return new NeighbourChannel(neighbours);
        }
    }

    @Override
    protected OpenFuture doInit(Buffer asked) {
        String host = asked.getString();
        int port = asked.getInt();
        Optional<InetSocketAddress> found = neighbours.find(host, port);
        if (found.isEmpty()) {
            OpenFuture refused = new DefaultOpenFuture(this, this);
            refused.setException(new SshChannelOpenException(
                    getChannelId(), SshConstants.SSH_OPEN_CONNECT_FAILED, "Connection timed out"));
            return refused;
        }
        Buffer really = new ByteArrayBuffer();
        really.putString(found.get().getAddress().getHostAddress());
        really.putInt(found.get().getPort());
        really.putBuffer(asked);
        return super.doInit(really);
    }
}
