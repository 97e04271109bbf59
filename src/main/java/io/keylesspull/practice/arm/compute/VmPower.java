package io.keylesspull.practice.arm.compute;

import io.keylesspull.practice.arm.core.ArmContext;
import io.keylesspull.practice.machine.Hypervisor;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Which machines run, and what it takes to start and stop them. Used under the state's lock only. */
final class VmPower {

    static final Duration CREATE = Duration.ofSeconds(45);
    private static final Duration START = Duration.ofSeconds(25);
    private static final Duration STOP = Duration.ofSeconds(20);
    private static final String DEALLOCATED = "deallocated";
    private static final Power UNKNOWN = new Power("unknown", "unknown", Instant.MIN);

    private final Map<String, Power> byMachine = new HashMap<>();
    private final ArmContext context;
    private final Hypervisor hardware;

    VmPower(ArmContext context, Hypervisor hardware) {
        this.context = context;
        this.hardware = hardware;
    }

    /** On the way from one state to another, as Azure names them after {@code PowerState/}. */
    private record Power(String until, String from, Instant at) {
    }

    String of(String machineId) {
        Power power = byMachine.getOrDefault(key(machineId), UNKNOWN);
        return context.clock().now().isBefore(power.at) ? power.until : power.from;
    }

    boolean isRunning(String machineId) {
        return of(machineId).equals("running");
    }

    boolean isDeallocated(String machineId) {
        return of(machineId).equals(DEALLOCATED);
    }

    /** A new machine comes up. */
    void create(Hypervisor.Spec spec, Instant bootedAt) {
        byMachine.put(key(spec.vmId()), new Power("starting", "running", bootedAt));
        context.effects().add(() -> {
            hardware.add(spec);
            hardware.start(spec.vmId(), bootedAt);
        });
    }

    /** A new machine does not come up. */
    void add(Hypervisor.Spec spec) {
        byMachine.put(key(spec.vmId()), new Power(DEALLOCATED, DEALLOCATED, Instant.MIN));
        context.effects().add(() -> hardware.add(spec));
    }

    /** @return how long it takes in Azure */
    Duration start(String machineId) {
        if (isRunning(machineId)) {
            return Duration.ZERO;
        }
        Instant bootedAt = on(machineId);
        context.effects().add(() -> hardware.start(machineId, bootedAt));
        return START;
    }

    Duration restart(String machineId) {
        Instant bootedAt = on(machineId);
        context.effects().add(() -> {
            hardware.stop(machineId);
            hardware.start(machineId, bootedAt);
        });
        return START;
    }

    Duration powerOff(String machineId) {
        return isDeallocated(machineId) ? Duration.ZERO : off(machineId, "stopping", "stopped");
    }

    Duration deallocate(String machineId) {
        return off(machineId, "deallocating", DEALLOCATED);
    }

    void remove(String machineId) {
        byMachine.remove(key(machineId));
        context.effects().add(() -> hardware.remove(machineId));
    }

    private Instant on(String machineId) {
        Instant bootedAt = context.clock().after(START);
        byMachine.put(key(machineId), new Power("starting", "running", bootedAt));
        return bootedAt;
    }

    private Duration off(String machineId, String until, String from) {
        byMachine.put(key(machineId), new Power(until, from, context.clock().after(STOP)));
        context.effects().add(() -> hardware.stop(machineId));
        return STOP;
    }

    private static String key(String machineId) {
        return machineId.toLowerCase(Locale.ROOT);
    }
}
