package io.keylesspull.setup.step.cloud;

import io.keylesspull.azure.resource.Resources;
import io.keylesspull.engine.event.RunState;
import io.keylesspull.setup.request.SetupRequest;
import java.util.stream.Stream;

/** What a run created, even if it is deleted by now: changes inside it are undone by deleting it. */
public record MadeByRun(RunState left) {

    public static final String MACHINE = "microsoft.compute/virtualmachines";
    public static final String REGISTRY = "microsoft.containerregistry/registries";

    /** @param label of {@link SetupRequest#label} */
    public boolean machine(String label) {
        return of(MACHINE)
                .anyMatch(machine -> machine.machine().filter(label::equals).isPresent());
    }

    /** A run has one registry, found or made. */
    public boolean registry() {
        return of(REGISTRY).findAny().isPresent();
    }

    private Stream<RunState.Resource> of(String type) {
        return left.resources().stream()
                .filter(resource -> Resources.type(resource.id()).equals(type));
    }
}
