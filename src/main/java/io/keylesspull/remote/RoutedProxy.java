package io.keylesspull.remote;

import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Proxy;
import com.jcraft.jsch.SocketFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Lets JSch connect by an {@link SshRoute}. Any thread can close the connection at any time. */
final class RoutedProxy implements Proxy {

    private final SshRoute route;
    private final Duration timeout;
    // A separate lock, because JSch holds this object's monitor while it connects, and close() must not wait for that.
    private final Object lock = new Object();
    private @Nullable Socket socket;
    private boolean closed;

    RoutedProxy(SshRoute route, Duration timeout) {
        this.route = route;
        this.timeout = timeout;
    }

    @Override
    public void connect(SocketFactory unused, String host, int port, int unusedTimeout) throws JSchException {
        try {
            Socket opened = route.open(host, port, timeout);
            if (!keep(opened)) {
                opened.close();
                throw new IOException("given up");
            }
        } catch (IOException failed) {
            throw new JSchException("no connection", failed);
        }
    }

    private boolean keep(Socket opened) {
        synchronized (lock) {
            if (!closed) {
                socket = opened;
            }
            return !closed;
        }
    }

    /** Whether the connection was ever opened. */
    boolean opened() {
        return getSocket() != null;
    }

    @Override
    public InputStream getInputStream() {
        Socket open = getSocket();
        try {
            return open == null ? InputStream.nullInputStream() : open.getInputStream();
        } catch (IOException closedMeanwhile) {
            return InputStream.nullInputStream();
        }
    }

    @Override
    public OutputStream getOutputStream() {
        Socket open = getSocket();
        try {
            return open == null ? OutputStream.nullOutputStream() : open.getOutputStream();
        } catch (IOException closedMeanwhile) {
            return OutputStream.nullOutputStream();
        }
    }

    @Override
    public @Nullable Socket getSocket() {
        synchronized (lock) {
            return socket;
        }
    }

    @Override
    public void close() {
        Socket open;
        synchronized (lock) {
            closed = true;
            open = socket;
        }
        try {
            if (open != null) {
                open.close();
            }
        } catch (IOException alreadyGone) {
            // It is closed already.
        }
    }
}
