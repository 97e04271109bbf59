package io.keylesspull.setup.session;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.engine.event.RunState;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.step.cloud.MadeByRun;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The machines that a run changed without creating them, and that no longer exist. */
final class GoneMachines {

    private GoneMachines() {}

    /** @return their labels */
    static Set<String> of(SetupRequest request, RunState left, AzureSubscription azure)
            throws AzureException, InterruptedException {
        Set<String> gone = new HashSet<>();
        for (SetupRequest.Machine machine : request.machines()) {
            String label = request.label(machine);
            boolean changed =
                    left.changes().stream().anyMatch(change -> change.machine().equals(Optional.of(label)));
            if (changed
                    && !new MadeByRun(left).machine(label)
                    && azure.machines()
                            .find(request.machineGroup(machine), machine.name())
                            .isEmpty()) {
                gone.add(label);
            }
        }
        return gone;
    }
}
