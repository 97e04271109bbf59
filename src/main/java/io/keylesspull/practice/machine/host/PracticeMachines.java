package io.keylesspull.practice.machine.host;

import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.machine.Hypervisor;
import io.keylesspull.practice.machine.program.StandardPrograms;
import io.keylesspull.practice.machine.shell.Shell;
import io.keylesspull.practice.machine.ssh.SshHook;
import io.keylesspull.practice.machine.ssh.SshResources;
import io.keylesspull.practice.machine.state.MachineEnvironment;
import io.keylesspull.practice.machine.state.MachineState;
import io.keylesspull.practice.wire.HttpService;
import io.keylesspull.time.Time;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * The practice cloud's machines: small Linux machines, each with an SSH server on the loopback interface. Their state
 * lives as long as this object, also while they are off. Safe for use by many threads.
 */
public final class PracticeMachines implements Hypervisor {

    private final MachineEnvironment world;
    private final SshHook hook;
    private final Shell shell = new Shell(new StandardPrograms());
    private final SshResources resources = new SshResources();
    private final Map<String, PracticeMachine> machines = new ConcurrentHashMap<>();

    /** @param internet what the machines reach by HTTP, the metadata service included */
    public PracticeMachines(Pace pace, Time time, HttpService internet, RandomGenerator random, SshHook hook) {
        this.world = new MachineEnvironment(pace, time, internet, random);
        this.hook = hook;
    }

    /** @throws IllegalStateException if there is one with this id already */
    @Override
    public void add(Spec spec) {
        PracticeMachine machine = new PracticeMachine(
                new MachineState(spec, world), shell, hook, (host, port) -> reachable(spec, host, port), resources);
        if (machines.putIfAbsent(key(spec.vmId()), machine) != null) {
            throw new IllegalStateException("there is a machine " + spec.vmId() + " already");
        }
    }

    @Override
    public void start(String vmId, Instant bootedAt) {
        machine(vmId).start(bootedAt);
    }

    @Override
    public void stop(String vmId) {
        machine(vmId).stop();
    }

    @Override
    public void remove(String vmId) {
        PracticeMachine machine = machines.remove(key(vmId));
        if (machine != null) {
            machine.stop();
        }
    }

    @Override
    public CommandOutput runCommand(String vmId, List<String> script) {
        return machine(vmId).runAsRoot(script);
    }

    @Override
    public CommandOutput runScript(String vmId, Script script) throws InterruptedException {
        return machine(vmId).runScript(script);
    }

    @Override
    public Optional<InetSocketAddress> sshServer(String publicIp, int port) {
        return machines.values().stream()
                .filter(m -> publicIp.equals(m.state().spec().publicIp()))
                .flatMap(m -> m.sshServer(port).stream())
                .findFirst();
    }

    /** Where the SSH server really listens that a machine reaches at an address; empty if nothing answers there. */
    private Optional<InetSocketAddress> reachable(Spec from, String host, int port) {
        Optional<InetSocketAddress> outside = sshServer(host, port);
        return outside.isPresent()
                ? outside
                : machines.values().stream()
                        .filter(machine -> {
                            Spec spec = machine.state().spec();
                            return spec.privateIp().equals(host)
                                    && spec.network().equalsIgnoreCase(from.network());
                        })
                        .flatMap(machine -> machine.sshServer(port).stream())
                        .findFirst();
    }

    /** One machine, to be changed from inside. @throws NoSuchElementException if there is none with this id */
    public PracticeMachine machine(String vmId) {
        return Optional.ofNullable(machines.get(key(vmId)))
                .orElseThrow(() -> new NoSuchElementException("there is no machine " + vmId));
    }

    @Override
    public void close() {
        machines.values().forEach(PracticeMachine::stop);
        machines.clear();
        resources.close();
    }

    private static String key(String vmId) {
        return vmId.toLowerCase(Locale.ROOT);
    }
}
