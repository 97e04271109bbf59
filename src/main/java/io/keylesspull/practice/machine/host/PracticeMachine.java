package io.keylesspull.practice.machine.host;

import io.keylesspull.practice.machine.Hypervisor;
import io.keylesspull.practice.machine.shell.Shell;
import io.keylesspull.practice.machine.shell.TextOutput;
import io.keylesspull.practice.machine.ssh.SshAccess;
import io.keylesspull.practice.machine.ssh.SshHook;
import io.keylesspull.practice.machine.ssh.SshResources;
import io.keylesspull.practice.machine.state.AptLock;
import io.keylesspull.practice.machine.state.MachineState;
import io.keylesspull.practice.machine.state.UnixAccount;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One machine of the practice cloud, and what can be done to it so that things go wrong on demand. */
public final class PracticeMachine {

    private static final Duration REBOOT = Duration.ofSeconds(25);

    private final MachineState state;
    private final Shell shell;
    private final SshAccess ssh;
    private boolean on;

    PracticeMachine(MachineState state, Shell shell, SshHook hook, SshResources resources) {
        this.state = state;
        this.shell = shell;
        this.ssh = new SshAccess(state, shell, hook, resources);
    }

    /** Keeps a lock taken, as an unattended upgrade would. @param duration by the cloud's clock */
    public void holdAptLock(AptLock.File file, Duration duration) {
        state.aptLock(file).holdUntil(state.world().time().now().plus(duration));
    }

    /** Starts it anew: connections end, and it is back after as long as that takes in Azure, at the cloud's pace. */
    public synchronized void reboot() {
        if (on) {
            stop();
            start(state.world().time().now().plus(state.world().pace().of(REBOOT)));
        }
    }

    /** Restarts its SSH server: for a while connections are refused; those that there are go on. */
    public void restartSshd(Duration down) {
        ssh.restart(down);
    }

    /** Lets nothing through any more on the SSH connections there are, keepalives included; they stay open. */
    public void silenceConnections() {
        ssh.silence();
    }

    /** New host keys, as after a reinstallation: clients that remember the old ones must refuse to go on. */
    public void replaceHostKeys() {
        state.replaceHostKeys();
        ssh.close();
    }

    /** Leaves no room on the disk. */
    public void fillDisk() {
        state.diskFull(true);
    }

    /** Makes room on the disk again. */
    public void freeDisk() {
        state.diskFull(false);
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

    /**
     * What it remembers, a line each: packages, groups, files, images, who is signed in where. For comparing one moment
     * with another.
     */
    public List<String> inventory() {
        return Inventory.of(state);
    }

    public MachineState state() {
        return state;
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
        ssh.close();
    }

    /**
     * Where its SSH server can be reached, or where a connection is refused; empty while it is off or still booting.
     * The server itself begins when first connected to: most are never.
     */
    synchronized Optional<InetSocketAddress> sshServer() {
        Instant now = state.world().time().now();
        if (!on || now.isBefore(state.bootedAt())) {
            return Optional.empty();
        }
        return Optional.of(ssh.address());
    }

    /** @throws IllegalStateException where it is off, or the wait for its start was interrupted */
    Hypervisor.CommandOutput runAsRoot(List<String> script) {
        Instant bootedAt = state.bootedAt();
        if (bootedAt.equals(Instant.MAX)) {
            throw new IllegalStateException("the machine " + state.spec().name() + " is off");
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try {
            state.world().time().sleep(Duration.between(state.world().time().now(), bootedAt));
            int status = shell.run(String.join("\n", script), state, UnixAccount.ROOT,
                    new ByteArrayInputStream(new byte[0]), new TextOutput(out), new TextOutput(err));
            return new Hypervisor.CommandOutput(status, out.toString(StandardCharsets.UTF_8),
                    err.toString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the command on " + state.spec().name() + " was interrupted", e);
        }
    }
}
