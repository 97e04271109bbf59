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

    public static final String SCALE_SET = "microsoft.compute/virtualmachinescalesets";

    private static final String INTERFACE = "microsoft.network/networkinterfaces";
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
     * Whether a resource is a machine's disk, or an instance of a scale set, with its disk and its interface: it is
     * deleted with the machine or the scale set, and its name begins with its name.
     *
     * @param owner id of any resource
     * @param part id of any resource
     */
    static boolean isPartOf(String owner, String part) {
        String name = Resources.name(part).toLowerCase(Locale.ROOT);
        String whole = Resources.name(owner).toLowerCase(Locale.ROOT);
        String type = Resources.type(part);
        return switch (Resources.type(owner)) {
            case MACHINE -> type.equals(DISK) && name.startsWith(whole + "_");
            case SCALE_SET ->
                (type.equals(MACHINE) || type.equals(DISK)) && name.startsWith(whole + "_")
                        || type.equals(INTERFACE) && name.startsWith(whole + "nic-");
            default -> false;
        };
    }

    private Stream<RunState.Resource> of(String type) {
        return left.resources().stream()
                .filter(resource -> Resources.type(resource.id()).equals(type));
    }
}
