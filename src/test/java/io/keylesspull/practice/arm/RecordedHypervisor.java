package io.keylesspull.practice.arm;

import io.keylesspull.practice.arm.core.ResourceStore;
import io.keylesspull.practice.machine.Hypervisor;
import io.keylesspull.remote.CommandOutput;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Machines that do nothing but note what they are told. */
final class RecordedHypervisor implements Hypervisor {

    final List<String> told = new ArrayList<>();
    final List<Spec> specs = new ArrayList<>();
    CommandOutput output = new CommandOutput(0, "", "");

    @Override
    public void add(Spec spec) {
        specs.add(spec);
        told.add("add " + spec.name());
    }

    @Override
    public void start(String vmId, Instant bootedAt) {
        told.add("start " + ResourceStore.nameOf(vmId));
    }

    @Override
    public void stop(String vmId) {
        told.add("stop " + ResourceStore.nameOf(vmId));
    }

    @Override
    public void remove(String vmId) {
        told.add("remove " + ResourceStore.nameOf(vmId));
    }

    @Override
    public CommandOutput runCommand(String vmId, List<String> script) {
        told.add("run " + String.join("; ", script));
        return output;
    }

    @Override
    public Optional<InetSocketAddress> sshServer(String publicIp, int port) {
        return Optional.empty();
    }

    @Override
    public void close() {
        told.add("close");
    }
}
