package io.keylesspull.practice.arm.core;

import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.clock.PracticeClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * The network interfaces that Azure keeps for a machine that could not be made: for three minutes they can neither be
 * deleted nor given to another machine. Sources: Azure/karpenter-provider-azure#92, microsoft/AzureTRE#4474. Used under
 * the state's lock only.
 */
public final class InterfaceReservations {

    private static final Duration USUAL = Duration.ofMinutes(3);

    private record Reservation(String machineId, Instant until) {}

    private final Map<String, Reservation> byInterface = new HashMap<>();
    private final PracticeClock clock;
    private final ArmHook hook;

    public InterfaceReservations(PracticeClock clock, ArmHook hook) {
        this.clock = clock;
        this.hook = hook;
    }

    /** @param from when the machine could not be made */
    public void reserve(String interfaceId, String machineId, Instant from) {
        byInterface.put(
                ResourceStore.key(interfaceId),
                new Reservation(
                        machineId, from.plus(hook.interfaceReserved(clock.pace().of(USUAL)))));
    }

    /** @param machineId that wants it; empty if it is to be deleted */
    public void requireFree(String interfaceId, String machineId) {
        Reservation reserved = byInterface.get(ResourceStore.key(interfaceId));
        if (reserved != null
                && clock.now().isBefore(reserved.until)
                && !ResourceStore.same(reserved.machineId, machineId)) {
            throw ArmError.badRequest(
                    "NicReservedForAnotherVm",
                    "Nic(s) in request is reserved for another Virtual "
                            + "Machine for 180 seconds. Please provide another nic(s) or retry after 180 seconds. "
                            + "Reserved VM: "
                            + reserved.machineId);
        }
    }
}
