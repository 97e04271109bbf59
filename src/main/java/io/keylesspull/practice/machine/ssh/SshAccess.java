package io.keylesspull.practice.machine.ssh;

import io.keylesspull.practice.machine.shell.Shell;
import io.keylesspull.practice.machine.shell.TextOutput;
import io.keylesspull.practice.machine.state.MachineState;
import io.keylesspull.practice.machine.state.UnixAccount;
import io.keylesspull.practice.sshkey.SshHostKeys;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.sshd.server.session.ServerSession;
import org.jspecify.annotations.Nullable;

/**
 * SSH access to one machine. Its server starts when a client first connects: most machines are never used. Safe for use
 * by many threads.
 */
public final class SshAccess {

    private final MachineState state;
    private final Shell shell;
    private final SshHook hook;
    private final Neighbours neighbours;
    private final SshResources resources;
    private @Nullable SshRelay gate;
    private @Nullable MachineSshServer front;
    private @Nullable MachineSshServer impostor;
    private Instant upAt = Instant.MIN;

    public SshAccess(MachineState state, Shell shell, SshHook hook, Neighbours neighbours, SshResources resources) {
        this.state = state;
        this.shell = shell;
        this.hook = hook;
        this.neighbours = neighbours;
        this.resources = resources;
    }

    /** Where clients connect to, or are refused. @throws UncheckedIOException if this computer has no port left */
    public synchronized InetSocketAddress address() {
        try {
            if (state.world().time().now().isBefore(upAt) || hook.refuses(state.vmName())) {
                return resources.closedPort();
            }
            if (gate == null) {
                gate = new SshRelay(hook, state.vmName(), this::server, resources.links());
            }
            return gate.address();
        } catch (IOException e) {
            throw new UncheckedIOException("the practice machine cannot listen on loopback", e);
        }
    }

    /** Refuses new connections for this long; open ones go on. */
    public synchronized void restart(Duration down) {
        upAt = state.world().time().now().plus(down);
    }

    /** Blocks the open connections without closing them, keepalives included. */
    public synchronized void silence() {
        if (gate != null) {
            gate.silence();
        }
    }

    /** Ends every connection. The next client gets a new server, with the host keys of that moment. */
    public synchronized void close() {
        try {
            if (gate != null) {
                gate.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (front != null) {
            front.close();
        }
        if (impostor != null) {
            impostor.close();
        }
        gate = null;
        front = null;
        impostor = null;
    }

    private synchronized InetSocketAddress server(boolean wantsImpostor) throws IOException {
        if (wantsImpostor) {
            if (impostor == null) {
                impostor = new MachineSshServer(this, new SshHostKeys(), neighbours, resources);
            }
            return impostor.address();
        }
        if (front == null) {
            front = new MachineSshServer(this, state.hostKeys(), neighbours, resources);
        }
        return front.address();
    }

    MachineState state() {
        return state;
    }

    /** What runs in place of a command; empty if the command itself runs. */
    Optional<CommandHook> inPlaceOf(String line) {
        return hook.command(state.vmName(), line);
    }

    /** As bash does where sshd starts it, it reads {@code .bashrc} first. @return the exit status */
    int run(String line, UnixAccount user, InputStream in, OutputStream out, OutputStream err)
            throws IOException, InterruptedException {
        String script = state.files()
                .text(user.home() + "/.bashrc")
                .map(first -> first + "\n" + line)
                .orElse(line);
        return shell.run(script, state, user, in, new TextOutput(out), new TextOutput(err));
    }

    /** The connection of an SSH session. */
    Optional<SshRelay.Link> link(ServerSession session) {
        SshRelay current;
        synchronized (this) {
            current = gate;
        }
        return session.getClientAddress() instanceof InetSocketAddress from && current != null
                ? current.link(from.getPort())
                : Optional.empty();
    }
}
