package io.keylesspull.real;

import io.keylesspull.practice.machine.Hypervisor;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The practice cloud's machines as real ones: Debian systems in namespaces of the sandbox, whatever release was asked
 * for. One that is switched on boots when something is first wanted of it. Safe for use by many threads.
 */
final class RealMachines implements Hypervisor {

    private static final int SSH_PORT = 22;

    private final Sandbox sandbox;
    private final Path authority;
    private final Map<String, RealMachine> machines = new ConcurrentHashMap<>();
    private final Map<String, String> networks = new ConcurrentHashMap<>();
    private final AtomicInteger numbers;
    private final String layers;

    /**
     * @param numbers tells the sandbox's machines and networks apart, also those of different clouds
     * @param layers what lies below their disks, by overlay's rules
     * @param authority the certificate that machines trust, as PEM
     */
    RealMachines(Sandbox sandbox, AtomicInteger numbers, String layers, Path authority) {
        this.sandbox = sandbox;
        this.numbers = numbers;
        this.layers = layers;
        this.authority = authority;
    }

    @Override
    public void add(Spec spec) {
        String network = networks.computeIfAbsent(key(spec.network()), name -> "network" + numbers.incrementAndGet());
        machines.put(
                key(spec.vmId()),
                new RealMachine(sandbox, numbers.incrementAndGet(), spec, layers, authority, network));
    }

    @Override
    public void start(String vmId, Instant bootedAt) {
        machine(vmId).switchOn();
    }

    @Override
    public void stop(String vmId) {
        machine(vmId).switchOff();
    }

    @Override
    public void remove(String vmId) {
        RealMachine machine = machines.remove(key(vmId));
        if (machine != null) {
            machine.switchOff();
            machine.discard();
        }
    }

    @Override
    public CommandOutput runCommand(String vmId, List<String> script) {
        return machine(vmId).runAsRoot(String.join("\n", script));
    }

    @Override
    public CommandOutput runScript(String vmId, Script script) throws InterruptedException {
        if (script.user().isPresent()) {
            throw new IllegalArgumentException("the product's scripts are root's");
        }
        return machine(vmId).runByAgent(script);
    }

    @Override
    public Optional<InetSocketAddress> sshServer(String publicIp, int port) {
        return port != SSH_PORT
                ? Optional.empty()
                : machines.values().stream()
                        .filter(machine -> machine.spec().publicIp().equals(publicIp))
                        .flatMap(machine -> machine.sshServer().stream())
                        .findFirst();
    }

    /** The ARM id of the machine with this address in the sandbox. */
    Optional<String> at(String address) {
        return machines.values().stream()
                .filter(machine -> machine.address().equals(address))
                .map(machine -> machine.spec().vmId())
                .findFirst();
    }

    RealMachine machine(String vmId) {
        return Optional.ofNullable(machines.get(key(vmId)))
                .orElseThrow(() -> new NoSuchElementException("there is no machine " + vmId));
    }

    @Override
    public void close() {
        machines.values().forEach(RealMachine::discard);
        machines.clear();
    }

    private static String key(String vmId) {
        return vmId.toLowerCase(Locale.ROOT);
    }
}
