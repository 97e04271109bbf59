package io.keylesspull.remote.jump;

import io.keylesspull.remote.RemoteShell;
import io.keylesspull.remote.SshException;
import io.keylesspull.remote.SshRoute;
import io.keylesspull.time.Time;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;

/**
 * Through a jump host, as {@code ssh -J}: each connection signs in to it anew, and what goes through is encrypted for
 * the machine, which the jump host cannot read.
 */
public final class JumpRoute implements SshRoute {

    private final SshRoute before;
    private final JumpHost jumpHost;
    /** Which of the chain's jump hosts it is; the first is 1. */
    private final int place;

    private final Time time;

    private JumpRoute(SshRoute before, JumpHost jumpHost, int place, Time time) {
        this.before = before;
        this.jumpHost = jumpHost;
        this.place = place;
        this.time = time;
    }

    /**
     * @param first leads to the first jump host
     * @param chain in the order in which they are passed; empty: {@code first} alone
     * @param time as for {@link RemoteShell#connect}
     */
    public static SshRoute through(SshRoute first, List<JumpHost> chain, Time time) {
        SshRoute route = first;
        for (int i = 0; i < chain.size(); i++) {
            route = new JumpRoute(route, chain.get(i), i + 1, time);
        }
        return route;
    }

    /**
     * Signs in to each jump host in turn and out again.
     *
     * @param chain at least one
     * @param timeout for all together; positive
     * @throws SshException as {@link RemoteShell#connect}, of the first that fails
     */
    public static void check(SshRoute first, List<JumpHost> chain, Duration timeout, Time time)
            throws SshException, InterruptedException {
        int last = chain.size() - 1;
        try {
            RemoteShell.connect(chain.get(last).target(timeout), through(first, chain.subList(0, last), time), time)
                    .close();
        } catch (SshException failed) {
            throw failed.atAJumpHost();
        }
    }

    /** Each connection in the chain gets the same part of the time, so that a failure is that of the right host. */
    @Override
    public Socket open(String host, int port, Duration timeout) throws IOException {
        Duration part = timeout.dividedBy(place + 1L);
        try {
            RemoteShell shell = RemoteShell.connect(jumpHost.target(part.multipliedBy(place)), before, time);
            boolean opened = false;
            try {
                Socket socket = shell.forward(host, port, part);
                opened = true;
                return socket;
            } finally {
                if (!opened) {
                    shell.close();
                }
            }
        } catch (SshException failed) {
            throw new IOException(failed.getMessage(), failed.atAJumpHost());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }
}
