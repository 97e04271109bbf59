package io.keylesspull.practice.machine.host;

import io.keylesspull.practice.machine.Hypervisor;
import io.keylesspull.practice.machine.service.CloudInit;
import io.keylesspull.practice.machine.service.ServiceRunner;
import io.keylesspull.practice.machine.shell.Shell;
import io.keylesspull.practice.machine.ssh.Neighbours;
import io.keylesspull.practice.machine.ssh.SshAccess;
import io.keylesspull.practice.machine.ssh.SshHook;
import io.keylesspull.practice.machine.ssh.SshResources;
import io.keylesspull.practice.machine.state.AptLock;
import io.keylesspull.practice.machine.state.MachineState;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One machine of the practice cloud. Tests change it from inside to make things go wrong. */
public final class PracticeMachine {

    private static final Duration REBOOT = Duration.ofSeconds(25);
    /** Until the agent has a script that was sent as a resource, and has reported its end. */
    private static final Duration AGENT = Duration.ofSeconds(15);

    private final MachineState state;
    private final Shell shell;
    private final SshAccess ssh;
    private boolean on;
    private boolean startedBefore;
    private int port = 22;

    PracticeMachine(MachineState state, Shell shell, SshHook hook, Neighbours neighbours, SshResources resources) {
        this.state = state;
        this.shell = shell;
        this.ssh = new SshAccess(state, shell, hook, neighbours, resources);
    }

    /** Keeps a lock taken, as an unattended upgrade would. @param duration by the cloud's clock */
    public void holdAptLock(AptLock.File file, Duration duration) {
        state.aptLock(file).holdUntil(state.world().time().now().plus(duration));
    }

    /** Reboots: connections end, and it is back after as long as in Azure, at the cloud's pace. */
    public synchronized void reboot() {
        if (on) {
            stop();
            start(state.world().time().now().plus(state.world().pace().of(REBOOT)));
        }
    }

    /** Restarts its SSH server: new connections are refused for a while, open ones go on. */
    public void restartSshd(Duration down) {
        ssh.restart(down);
    }

    /** Blocks the open SSH connections without closing them, keepalives included. */
    public void silenceConnections() {
        ssh.silence();
    }

    /** Replaces the host keys, as a reinstallation does: clients that know the old ones must refuse to connect. */
    public void replaceHostKeys() {
        state.replaceHostKeys();
        ssh.close();
    }

    /** Lets the SSH server listen on another port than 22, as {@code Port} in {@code sshd_config} does. */
    public synchronized void listenOn(int port) {
        this.port = port;
    }

    /** Fills the disk. */
    public void fillDisk() {
        state.diskFull(true);
    }

    /** Frees the disk again. */
    public void freeDisk() {
        state.diskFull(false);
    }

    /** Stops the Docker daemon and the socket that would start it again. */
    public void stopDocker() {
        state.docker().closeSocket();
        state.docker().stop();
    }

    /**
     * Sets the version of the Azure CLI that {@code apt-get} installs from now on.
     *
     * @param version such as {@code 2.60.0}
     */
    public void offerAzureCli(String version) {
        state.packages().azureCliVersion(version);
    }

    /** Writes a file that root owns and everybody may read. @param path absolute, in an existing directory */
    public void putFile(String path, String content) {
        state.files().put(path, content);
    }

    /** Its state, one line each: packages, groups, files, images, Azure accounts. */
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
            if (!startedBefore) {
                startedBefore = true;
                new CloudInit(state, shell).start();
            }
            ServiceRunner.startEnabled(state, shell);
        }
    }

    synchronized void stop() {
        if (on) {
            on = false;
            state.shutDown();
        }
        ssh.close();
    }

    /** Where clients connect to, or are refused; empty while it is off or booting, or for another port. */
    synchronized Optional<InetSocketAddress> sshServer(int asked) {
        Instant now = state.world().time().now();
        if (!on || asked != port || now.isBefore(state.bootedAt())) {
            return Optional.empty();
        }
        return Optional.of(ssh.address());
    }

    /** @throws IllegalStateException if it is off, or the wait for its boot was interrupted */
    Hypervisor.CommandOutput runAsRoot(List<String> script) {
        try {
            awaitBoot();
            return new AgentScript(state, shell)
                    .run(new Hypervisor.Script(
                            String.join("\n", script), Map.of(), List.of(), Optional.empty(), Optional.empty()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the command on " + state.spec().name() + " was interrupted", e);
        }
    }

    /** Runs a script at once, as somebody does who is on the machine. @throws IllegalStateException if it is off */
    public Hypervisor.CommandOutput run(Hypervisor.Script script) throws InterruptedException {
        awaitBoot();
        return new AgentScript(state, shell).run(script);
    }

    /** @throws IllegalStateException if it is off */
    Hypervisor.CommandOutput runScript(Hypervisor.Script script) throws InterruptedException {
        awaitBoot();
        state.world().spend(AGENT);
        return run(script);
    }

    private void awaitBoot() throws InterruptedException {
        Instant bootedAt = state.bootedAt();
        if (bootedAt.equals(Instant.MAX)) {
            throw new IllegalStateException("the machine " + state.spec().name() + " is off");
        }
        state.world().time().sleep(Duration.between(state.world().time().now(), bootedAt));
    }
}
