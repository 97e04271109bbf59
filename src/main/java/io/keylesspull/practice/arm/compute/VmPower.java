package io.keylesspull.practice.arm.compute;

import io.keylesspull.practice.arm.core.ArmContext;
import io.keylesspull.practice.machine.Hypervisor;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The power states of machines, and starting and stopping them. Used under the state's lock only. */
final class VmPower {

    static final Duration CREATE = Duration.ofSeconds(45);
    private static final Duration START = Duration.ofSeconds(25);
    private static final Duration STOP = Duration.ofSeconds(20);
    private static final Power UNKNOWN = new Power(State.UNKNOWN, State.UNKNOWN, Instant.MIN);

    private final Map<String, Power> byMachine = new HashMap<>();
    private final ArmContext context;
    private final Hypervisor hypervisor;

    VmPower(ArmContext context, Hypervisor hypervisor) {
        this.context = context;
        this.hypervisor = hypervisor;
    }

    /** As Azure names it after {@code PowerState/}, in lower case. */
    enum State {
        STARTING,
        RUNNING,
        STOPPING,
        STOPPED,
        DEALLOCATING,
        DEALLOCATED,
        UNKNOWN;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A machine that changes from one state to another. @param at when */
    private record Power(State before, State after, Instant at) {}

    State of(String machineId) {
        Power power = byMachine.getOrDefault(key(machineId), UNKNOWN);
        return context.clock().now().isBefore(power.at) ? power.before : power.after;
    }

    boolean isRunning(String machineId) {
        return of(machineId) == State.RUNNING;
    }

    boolean isDeallocated(String machineId) {
        return of(machineId) == State.DEALLOCATED;
    }

    /** Adds a machine and starts it. */
    void create(Hypervisor.Spec spec, Instant bootedAt) {
        byMachine.put(key(spec.vmId()), new Power(State.STARTING, State.RUNNING, bootedAt));
        context.effects().add(() -> {
            hypervisor.add(spec);
            hypervisor.start(spec.vmId(), bootedAt);
        });
    }

    /** Adds a machine that does not start. */
    void add(Hypervisor.Spec spec) {
        byMachine.put(key(spec.vmId()), new Power(State.DEALLOCATED, State.DEALLOCATED, Instant.MIN));
        context.effects().add(() -> hypervisor.add(spec));
    }

    /** Starts a machine. @return how long it takes in Azure */
    Duration start(String machineId) {
        if (isRunning(machineId)) {
            return Duration.ZERO;
        }
        Instant bootedAt = on(machineId);
        context.effects().add(() -> hypervisor.start(machineId, bootedAt));
        return START;
    }

    Duration restart(String machineId) {
        Instant bootedAt = on(machineId);
        context.effects().add(() -> {
            hypervisor.stop(machineId);
            hypervisor.start(machineId, bootedAt);
        });
        return START;
    }

    Duration powerOff(String machineId) {
        return isDeallocated(machineId) ? Duration.ZERO : off(machineId, State.STOPPING, State.STOPPED);
    }

    Duration deallocate(String machineId) {
        return off(machineId, State.DEALLOCATING, State.DEALLOCATED);
    }

    void remove(String machineId) {
        byMachine.remove(key(machineId));
        context.effects().add(() -> hypervisor.remove(machineId));
    }

    private Instant on(String machineId) {
        Instant bootedAt = context.clock().after(START);
        byMachine.put(key(machineId), new Power(State.STARTING, State.RUNNING, bootedAt));
        return bootedAt;
    }

    private Duration off(String machineId, State before, State after) {
        byMachine.put(key(machineId), new Power(before, after, context.clock().after(STOP)));
        context.effects().add(() -> hypervisor.stop(machineId));
        return STOP;
    }

    private static String key(String machineId) {
        return machineId.toLowerCase(Locale.ROOT);
    }
}
