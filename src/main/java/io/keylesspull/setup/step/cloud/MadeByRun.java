package io.keylesspull.setup.step.cloud;

import io.keylesspull.azure.resource.Resources;
import io.keylesspull.engine.event.RunState;
import java.util.stream.Stream;

/** What a run created, even if it is deleted by now: changes inside it are undone by deleting it. */
public record MadeByRun(RunState left) {

    public static final String MACHINE = "microsoft.compute/virtualmachines";
    public static final String REGISTRY = "microsoft.containerregistry/registries";

    /** @param name compared as Azure does, without case */
    public boolean machine(String name) {
        return names(MACHINE).anyMatch(name::equalsIgnoreCase);
    }

    /** A run has one registry, found or made. */
    public boolean registry() {
        return names(REGISTRY).findAny().isPresent();
    }

    private Stream<String> names(String type) {
        return left.resources().stream()
                .map(RunState.Resource::id)
                .filter(id -> Resources.type(id).equals(type))
                .map(Resources::name);
    }
}
