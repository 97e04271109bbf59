package io.keylesspull.setup.session;

import io.keylesspull.azure.AzureException;
import io.keylesspull.azure.AzureSubscription;
import io.keylesspull.azure.Resources;
import io.keylesspull.engine.Traces;
import io.keylesspull.setup.SetupRequest;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The machines that a run found and changed, and that are not there any more. */
final class GoneMachines {

    private static final String MACHINE = "microsoft.compute/virtualmachines";

    private GoneMachines() {
    }

    /** @return their names */
    static Set<String> of(SetupRequest request, Traces traces, AzureSubscription azure)
            throws AzureException, InterruptedException {
        Set<String> gone = new HashSet<>();
        for (SetupRequest.Machine machine : request.machines()) {
            boolean changed = traces.changes().stream()
                    .anyMatch(change -> change.machine().equals(Optional.of(machine.name())));
            boolean made = traces.resources().stream().map(Traces.Resource::id)
                    .filter(id -> Resources.type(id).equals(MACHINE))
                    .anyMatch(id -> Resources.name(id).equalsIgnoreCase(machine.name()));
            if (changed && !made && azure.machines().find(request.machineGroup(machine), machine.name()).isEmpty()) {
                gone.add(machine.name());
            }
        }
        return gone;
    }
}
