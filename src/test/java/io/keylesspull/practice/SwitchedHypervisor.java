package io.keylesspull.practice;

import io.keylesspull.practice.machine.Hypervisor;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Machines that can only be added, started and stopped, and that record each script. */
public final class SwitchedHypervisor implements Hypervisor {

    private final Map<String, Spec> specs = new ConcurrentHashMap<>();
    private final Map<String, Instant> running = new ConcurrentHashMap<>();

    public Optional<Spec> spec(String vmId) {
        return Optional.ofNullable(specs.get(key(vmId)));
    }

    public boolean isOn(String vmId) {
        return running.containsKey(key(vmId));
    }

    @Override
    public void add(Spec spec) {
        specs.put(key(spec.vmId()), spec);
    }

    @Override
    public void start(String vmId, Instant bootedAt) {
        running.put(key(vmId), bootedAt);
    }

    @Override
    public void stop(String vmId) {
        running.remove(key(vmId));
    }

    @Override
    public void remove(String vmId) {
        running.remove(key(vmId));
        specs.remove(key(vmId));
    }

    @Override
    public CommandOutput runCommand(String vmId, List<String> script) {
        if (!isOn(vmId)) {
            throw new IllegalStateException("The machine is off");
        }
        return new CommandOutput(0, String.join("\n", script), "");
    }

    @Override
    public CommandOutput runScript(String vmId, Script script) {
        return runCommand(vmId, List.of(script.text()));
    }

    @Override
    public Optional<InetSocketAddress> sshServer(String publicIp, int port) {
        return specs.values().stream()
                .filter(spec -> spec.publicIp().equals(publicIp) && isOn(spec.vmId()))
                .map(spec -> InetSocketAddress.createUnresolved("127.0.0.1", port))
                .findFirst();
    }

    @Override
    public void close() {
        specs.clear();
    }

    private static String key(String vmId) {
        return vmId.toLowerCase(Locale.ROOT);
    }
}
