package io.keylesspull.setup.session;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.engine.event.RunState;
import io.keylesspull.setup.plan.LeftBehind;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.step.SideBySide;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;

/** The machines that a run changed without creating them, and that no longer exist. */
final class GoneMachines {

    /** As a review looks. */
    private static final int AT_ONCE = 25;

    /** @param failure why it could not be looked for */
    private record Looked(String label, boolean there, Optional<AzureException> failure) {}

    private GoneMachines() {}

    /** @param workers look for several at once @return their labels */
    static Set<String> of(SetupRequest request, RunState left, AzureSubscription azure, Executor workers)
            throws AzureException, InterruptedException {
        Set<String> changed = Set.copyOf(LeftBehind.changedMachines(left));
        List<Callable<Looked>> looks = new ArrayList<>();
        for (SetupRequest.Machine machine : request.machines()) {
            String label = request.label(machine);
            if (changed.contains(label)) {
                looks.add(() -> look(label, request.machineGroup(machine), machine.name(), azure));
            }
        }
        Set<String> gone = new HashSet<>();
        for (Looked looked : new SideBySide(workers, AT_ONCE).all(looks)) {
            if (looked.failure().isPresent()) {
                throw looked.failure().get();
            }
            if (!looked.there()) {
                gone.add(looked.label());
            }
        }
        return gone;
    }

    private static Looked look(String label, String group, String name, AzureSubscription azure)
            throws InterruptedException {
        try {
            return new Looked(label, azure.machines().find(group, name).isPresent(), Optional.empty());
        } catch (AzureException e) {
            return new Looked(label, false, Optional.of(e));
        }
    }
}
