package io.keylesspull.practice.machine;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One machine of the practice cloud, and what can be done to it so that things go wrong on demand. */
public final class PracticeMachine {

    private final MachineState state;
    private final Shell shell;
    private final SshFront.Shared shared;
    private volatile boolean dropNext;
    private SshFront front;
    private boolean on;

    PracticeMachine(MachineState state, Shell shell, SshFront.Shared shared) {
        this.state = state;
        this.shell = shell;
        this.shared = shared;
    }

    /** Keeps the package lock taken, as an unattended upgrade would. @param duration from now on, in real time */
    public void holdAptLock(Duration duration) {
        state.aptLock().holdUntil(state.world().time().now().plus(duration));
    }

    /** Cuts the SSH connection at the first output of the next command, or at its end where it has none. */
    public void dropConnectionDuringNextCommand() {
        dropNext = true;
    }

    /** New host keys, as after a reinstallation: clients that remember the old ones must refuse to go on. */
    public void replaceHostKeys() {
        state.replaceHostKeys();
        closeFront();
    }

    /** Leaves no room on the disk. */
    public void fillDisk() {
        state.fillDisk();
    }

    /** Stops the docker daemon and the socket that would start it again. */
    public void stopDocker() {
        state.docker().closeSocket();
        state.docker().stop();
    }

    /** The Azure CLI that {@code apt-get} installs from now on. @param version such as {@code 2.60.0} */
    public void offerAzureCli(String version) {
        state.packages().azureCliVersion(version);
    }

    /** Writes a file that root owns and everybody may read. @param path absolute, in a directory that exists */
    public void putFile(String path, String content) {
        state.files().put(path, content);
    }

    boolean takeDrop() {
        boolean drop = dropNext;
        dropNext = false;
        return drop;
    }

    MachineState state() {
        return state;
    }

    Shell shell() {
        return shell;
    }

    synchronized void start(Instant bootedAt) {
        if (!on) {
            on = true;
            state.boot(bootedAt);
        }
    }

    synchronized void stop() {
        if (on) {
            on = false;
            state.shutDown();
        }
        closeFront();
    }

    /** Empty while it is off or still booting. The server itself begins when first asked for: most are never. */
    synchronized Optional<InetSocketAddress> sshServer() {
        if (!on || state.world().time().now().isBefore(state.bootedAt())) {
            return Optional.empty();
        }
        try {
            if (front == null) {
                front = new SshFront(this, shared);
            }
            return Optional.of(front.address());
        } catch (IOException e) {
            throw new UncheckedIOException("the practice machine's SSH server cannot listen on loopback", e);
        }
    }

    private synchronized void closeFront() {
        if (front != null) {
            front.close();
            front = null;
        }
    }

    /** @throws IllegalStateException where it is off, or the wait for its start was interrupted */
    Hardware.CommandOutput runAsRoot(List<String> script) {
        Instant bootedAt = state.bootedAt();
        if (bootedAt.equals(Instant.MAX)) {
            throw new IllegalStateException("the machine " + state.spec().name() + " is off");
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try {
            state.world().time().sleep(Duration.between(state.world().time().now(), bootedAt));
            int status = shell.run(String.join("\n", script), call(Account.ROOT, new ByteArrayInputStream(new byte[0]),
                    new Output(out), new Output(err)));
            return new Hardware.CommandOutput(status, out.toString(StandardCharsets.UTF_8),
                    err.toString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the command on " + state.spec().name() + " was interrupted", e);
        }
    }

    Call call(Account user, InputStream in, Output out, Output err) {
        return new Call(state, shell, user, Map.of(), "bash", List.of(), in, out, err);
    }
}
