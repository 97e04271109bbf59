package io.keylesspull.practice.arm.compute;

import io.keylesspull.practice.arm.protocol.ArmError;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The machines whose agent runs a script of Run Command: one at a time. Microsoft Learn promises that managed ones run
 * in parallel; people report this refusal for them, too (MicrosoftDocs/azure-docs#110433), so that clients must stand
 * it. Safe for use by many threads.
 */
final class BusyAgents {

    private final Set<String> busy = ConcurrentHashMap.newKeySet();

    /** @throws ArmError if it is busy already */
    void begin(String machineId) {
        if (!busy.add(key(machineId))) {
            throw ArmError.conflict(
                    "Conflict",
                    "Run command extension execution is in progress. Please wait for "
                            + "completion before invoking a run command.");
        }
    }

    void end(String machineId) {
        busy.remove(key(machineId));
    }

    private static String key(String machineId) {
        return machineId.toLowerCase(Locale.ROOT);
    }
}
