package io.keylesspull.setup.fleet;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.resource.AzureSubscription;
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

    private final Pacer pacer = new Pacer();
    private @Nullable Map<String, MachineInfo> listed;

    public Pacer pacer() {
        return pacer;
    }

    /** The machine as it was when all were listed. Whoever comes meanwhile waits for the list. */
    public synchronized Optional<MachineInfo> find(AzureSubscription azure, String group, String name)
            throws AzureException, InterruptedException {
        Map<String, MachineInfo> known = listed;
        if (known == null) {
            Map<String, MachineInfo> read = new HashMap<>();
            azure.machines().list().read(page -> {
                page.forEach(machine -> read.put(key(machine.resourceGroup(), machine.name()), machine));
                return true;
            });
            listed = read;
            known = read;
        }
        return Optional.ofNullable(known.get(key(group, name)));
    }

    /** The list was not what was needed: whoever comes next reads it anew. */
    public synchronized void forget() {
        listed = null;
    }

    private static String key(String group, String name) {
        return (group + "/" + name).toLowerCase(Locale.ROOT);
    }
}
