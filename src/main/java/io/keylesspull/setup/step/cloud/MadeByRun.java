package io.keylesspull.setup.step.cloud;

import io.keylesspull.azure.resource.Resources;
import io.keylesspull.engine.event.RunState;
import io.keylesspull.setup.request.SetupRequest;
import java.util.Locale;
import java.util.stream.Stream;

/** What a run created, even if it is deleted by now: changes inside it are undone by deleting it. */
public record MadeByRun(RunState left) {

    public static final String MACHINE = "microsoft.compute/virtualmachines";
    public static final String REGISTRY = "microsoft.containerregistry/registries";

    private static final String DISK = "microsoft.compute/disks";

    /** @param label of {@link SetupRequest#label} */
    public boolean machine(String label) {
        return of(MACHINE)
                .anyMatch(machine -> machine.machine().filter(label::equals).isPresent());
    }

    /** A run has one registry, found or made. */
    public boolean registry() {
        return of(REGISTRY).findAny().isPresent();
    }

    /**
     * Whether a disk is a machine's own: it is deleted with the machine, and its name begins with the machine's.
     *
     * @param machine id of any resource
     * @param disk id of any resource
     */
    static boolean isDiskOf(String machine, String disk) {
        return Resources.type(machine).equals(MACHINE)
                && Resources.type(disk).equals(DISK)
                && Resources.name(disk)
                        .toLowerCase(Locale.ROOT)
                        .startsWith(Resources.name(machine).toLowerCase(Locale.ROOT) + "_");
    }

    private Stream<RunState.Resource> of(String type) {
        return left.resources().stream()
                .filter(resource -> Resources.type(resource.id()).equals(type));
    }
}
