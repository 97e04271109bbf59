package io.keylesspull.setup.fleet;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.model.MachineInfo.LastChange;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the steps of many existing machines share: what Azure lists of all of them at once, and the pace of their
 * requests. For one plan.
 */
public final class ManyMachines {

    /** A look is good for all who come so soon after it. */
    private static final Duration GOOD_FOR = Duration.ofSeconds(15);

    private final Pacer pacer = new Pacer();
    private final Object looking = new Object();
    private @Nullable Map<String, MachineInfo> listed;
    private Map<String, LastChange> looked = Map.of();
    private Instant lookedAt = Instant.MIN;

    public Pacer pacer() {
        return pacer;
    }

    /** The machine as it was when all were listed. Whoever comes meanwhile waits for the list. */
    public synchronized Optional<MachineInfo> find(AzureSubscription azure, String group, String name)
            throws AzureException, InterruptedException {
        Map<String, MachineInfo> known = listed;
        if (known == null) {
            Map<String, MachineInfo> read = new HashMap<>();
            int requests = azure.machines()
                    .readAll(machine -> read.put(key(machine.resourceGroup(), machine.name()), machine));
            pacer.sent(ControlPlaneLimits.READS, "", requests);
            listed = read;
            known = read;
        }
        return Optional.ofNullable(known.get(key(group, name)));
    }

    /** The list was not what was needed: whoever comes next reads it anew. */
    public synchronized void forget() {
        listed = null;
    }

    /**
     * How far the last change of a machine is. One list tells that of all, where each machine would be asked several
     * times; whoever comes meanwhile waits for it.
     *
     * @param since the list must have been read after that
     * @return empty if the list does not have the machine
     */
    public Optional<LastChange> lastChange(AzureSubscription azure, Time time, MachineInfo machine, Instant since)
            throws AzureException, InterruptedException {
        synchronized (looking) {
            if (!lookedAt.isAfter(since) || lookedAt.plus(GOOD_FOR).isBefore(time.now())) {
                pacer.await(time, ControlPlaneLimits.READS, "", 1);
                Instant begun = time.now();
                Map<String, LastChange> read = new HashMap<>();
                int requests = azure.machines()
                        .lastChanges()
                        .each(entry -> read.put(entry.getKey().toLowerCase(Locale.ROOT), entry.getValue()));
                pacer.sent(ControlPlaneLimits.READS, "", requests - 1);
                looked = read;
                lookedAt = begun;
            }
            return Optional.ofNullable(looked.get(machine.id().toLowerCase(Locale.ROOT)));
        }
    }

    private static String key(String group, String name) {
        return (group + "/" + name).toLowerCase(Locale.ROOT);
    }
}
