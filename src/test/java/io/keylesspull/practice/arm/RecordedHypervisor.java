package io.keylesspull.practice.arm;

import io.keylesspull.practice.arm.core.ResourceStore;
import io.keylesspull.practice.machine.Hypervisor;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** Machines that only record the calls. */
final class RecordedHypervisor implements Hypervisor {

    final List<String> calls = new CopyOnWriteArrayList<>();
    final List<Spec> specs = new CopyOnWriteArrayList<>();
    final List<Script> scripts = new CopyOnWriteArrayList<>();
    CommandOutput output = new CommandOutput(0, "", "");
    /** Scripts that the agent runs end when this is open. */
    CountDownLatch unblocked = new CountDownLatch(0);

    /** Open once a machine is to be added. */
    final CountDownLatch asked = new CountDownLatch(1);
    /** Machines are added when this is open. */
    CountDownLatch addable = new CountDownLatch(0);

    @Override
    public void add(Spec spec) {
        asked.countDown();
        try {
            addable.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        specs.add(spec);
        calls.add("add " + spec.name());
    }

    @Override
    public void start(String vmId, Instant bootedAt) {
        calls.add("start " + ResourceStore.nameOf(vmId));
    }

    @Override
    public void stop(String vmId) {
        calls.add("stop " + ResourceStore.nameOf(vmId));
    }

    @Override
    public void remove(String vmId) {
        calls.add("remove " + ResourceStore.nameOf(vmId));
    }

    @Override
    public CommandOutput runCommand(String vmId, List<String> script) {
        requireKnown(vmId);
        calls.add("run " + String.join("; ", script));
        return output;
    }

    @Override
    public CommandOutput runScript(String vmId, Script script) throws InterruptedException {
        requireKnown(vmId);
        scripts.add(script);
        unblocked.await();
        return output;
    }

    private void requireKnown(String vmId) {
        if (specs.stream().noneMatch(spec -> spec.vmId().equalsIgnoreCase(vmId))) {
            throw new NoSuchElementException("there is no machine " + vmId);
        }
    }

    @Override
    public Optional<InetSocketAddress> sshServer(String publicIp, int port) {
        return Optional.empty();
    }

    @Override
    public void close() {
        calls.add("close");
    }
}
