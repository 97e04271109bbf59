package io.keylesspull.remote.forward;

import com.jcraft.jsch.ChannelDirectTCPIP;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * A connection that an SSH server opens for its client, in a channel {@code direct-tcpip} (RFC 4254, 7.2). It is a
 * socket because JSch sets timeouts on sockets, which it needs for its keepalives. No port is opened on this computer.
 */
public final class ForwardedSocket extends Socket {

    /** RFC 4254, 5.1: SSH_OPEN_ADMINISTRATIVELY_PROHIBITED. */
    private static final int PROHIBITED = 1;

    private final ChannelDirectTCPIP channel;
    private final Runnable whenClosed;
    private final ReceivedBytes received = new ReceivedBytes();
    private final InputStream in = received.in();

    private ForwardedSocket(ChannelDirectTCPIP channel, Runnable whenClosed) {
        this.channel = channel;
        this.whenClosed = whenClosed;
    }

    /** The server does not open the connection. */
    public static final class NotOpened extends IOException {

        private final boolean prohibited;

        private NotOpened(boolean prohibited, JSchException cause) {
            super("the server does not open the connection", cause);
            this.prohibited = prohibited;
        }

        /** Whether the server's settings forbid it, so that trying again is of no use. */
        public boolean prohibited() {
            return prohibited;
        }
    }

    /**
     * @param timeout how long the server may take to connect; positive
     * @param whenClosed called once or more when the connection is closed on this side
     * @throws NotOpened if the server says no, or does not answer in time
     * @throws IOException if the SSH connection to the server has ended
     */
    public static ForwardedSocket open(Session session, String host, int port, Duration timeout, Runnable whenClosed)
            throws IOException {
        ChannelDirectTCPIP channel;
        try {
            channel = (ChannelDirectTCPIP) session.openChannel("direct-tcpip");
        } catch (JSchException down) {
            throw new IOException("the SSH connection has ended", down);
        }
        if (channel == null) {
            // JSch returns null if the connection ends while it opens the channel.
            throw new IOException("the SSH connection has ended");
        }
        ForwardedSocket socket = new ForwardedSocket(channel, whenClosed);
        channel.setHost(host);
        channel.setPort(port);
        channel.setOutputStream(socket.received);
        try {
            channel.connect((int) timeout.toMillis());
        } catch (JSchException failed) {
            throw new NotOpened(channel.getExitStatus() == PROHIBITED, failed);
        }
        return socket;
    }

    @Override
    public InputStream getInputStream() {
        return in;
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return channel.getOutputStream();
    }

    /** Reading for longer than this throws {@link SocketTimeoutException}. @param timeout in ms; 0: no limit */
    @Override
    public void setSoTimeout(int timeout) {
        received.timeout(timeout);
    }

    @Override
    public int getSoTimeout() {
        return received.timeout();
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public boolean isClosed() {
        return channel.isClosed();
    }

    @Override
    public void close() throws IOException {
        super.close();
        received.close();
        channel.disconnect();
        whenClosed.run();
    }
}
