package io.keylesspull.practice.machine;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs the practice cloud's machines, as the control plane needs it. */
public interface Hypervisor extends AutoCloseable {

    /** Adds a machine that is off. */
    void add(Spec spec);

    /** Boots a machine. @param bootedAt when its SSH server answers */
    void start(String vmId, Instant bootedAt);

    void stop(String vmId);

    void remove(String vmId);

    /** Runs a script as root. @throws IllegalStateException if the machine is off */
    CommandOutput runCommand(String vmId, List<String> script);

    /**
     * Runs a script by the machine's agent, to its end or until the thread is interrupted.
     *
     * @throws IllegalStateException if the machine is off
     * @throws InterruptedException after the script has been stopped
     */
    CommandOutput runScript(String vmId, Script script) throws InterruptedException;

    /** Where the SSH server of the machine with this public address really listens; empty if nothing answers there. */
    Optional<InetSocketAddress> sshServer(String publicIp, int port);

    @Override
    void close();

    /**
     * @param vmId ARM id, compared without case
     * @param publicIp the address that clients outside use; empty: none
     * @param privateIp the address in its network
     * @param network the ARM id of its virtual network
     * @param release such as {@code ubuntu-22.04}, {@code ubuntu-24.04}, {@code debian-12}
     * @param adminUser whose authorized keys these are
     * @param authorizedKeys lines as in {@code ~/.ssh/authorized_keys}
     * @param packages installed from the start, such as {@code docker.io}
     * @param customData what cloud-init reads at the first start; empty for nothing
     */
    record Spec(
            String vmId,
            String name,
            String publicIp,
            String privateIp,
            String network,
            String release,
            String adminUser,
            List<String> authorizedKeys,
            Set<String> packages,
            String customData) {}

    /**
     * @param environment its variables
     * @param arguments its arguments
     * @param user who runs it; empty: root
     * @param timeout after which it is killed
     */
    record Script(
            String text,
            Map<String, String> environment,
            List<String> arguments,
            Optional<String> user,
            Optional<Duration> timeout) {}

    /** @param exitStatus -1 if it was killed, less if the agent could not run it */
    record CommandOutput(int exitStatus, String stdout, String stderr) {}
}
