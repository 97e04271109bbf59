package io.keylesspull.setup.step.cloud;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.SizeInfo;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.azure.resource.Regions.Quota;
import io.keylesspull.setup.request.DefaultSizes;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.request.SetupRequest.Machine;
import io.keylesspull.setup.request.SetupRequest.ScaleSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Gives new machines whose size is left open the first of {@link DefaultSizes} that can be had in the location. */
public final class OpenSizes {

    private OpenSizes() {}

    /**
     * Reads from Azure only if a size is open.
     *
     * @return the same; open sizes stay open if the location offers none of the default ones
     */
    public static SetupRequest filled(SetupRequest request, AzureSubscription azure)
            throws AzureException, InterruptedException {
        if (request.machines().stream().noneMatch(Machine::sizeIsOpen)
                && request.scaleSet().filter(ScaleSet::sizeIsOpen).isEmpty()) {
            return request;
        }
        Optional<String> size = size(request, azure);
        return request.withMachines(request.machines().stream()
                        .map(machine -> machine.sizeIsOpen()
                                ? size.map(machine::withSize).orElse(machine)
                                : machine)
                        .toList())
                .withScaleSet(request.scaleSet()
                        .map(set -> set.sizeIsOpen() ? size.map(set::withSize).orElse(set) : set));
    }

    private static Optional<String> size(SetupRequest request, AzureSubscription azure)
            throws AzureException, InterruptedException {
        try {
            List<SizeInfo> sizes = azure.regions().sizes(request.location());
            List<SizeInfo> offered = DefaultSizes.offered(sizes);
            // For a single one there is no choice, and the checks look at the quotas.
            List<Quota> quotas = offered.size() > 1 ? azure.regions().quotas(request.location()) : List.of();
            return offered.stream()
                    .filter(size -> Shortage.ofMachines(request.location(), quotas, wanted(request, sizes, size))
                            .isEmpty())
                    .findFirst()
                    .or(() -> offered.stream().findFirst())
                    .map(SizeInfo::name);
        } catch (AzureException e) {
            if (e.kind() == AzureException.Kind.FORBIDDEN) {
                // Somebody with rights in a group alone may not read it; the checks say that it was not read.
                return Optional.of(DefaultSizes.NAMES.get(0));
            }
            throw e;
        }
    }

    /** The sizes of all new machines, if the open ones were this one. */
    private static List<SizeInfo> wanted(SetupRequest request, List<SizeInfo> sizes, SizeInfo open) {
        return Stream.concat(
                        request.machines().stream().filter(Machine::create).map(Machine::size),
                        request.scaleSet().stream()
                                .flatMap(set -> Collections.nCopies(set.instances(), set.size()).stream()))
                .flatMap(name -> name.isEmpty()
                        ? Stream.of(open)
                        : sizes.stream()
                                .filter(size -> size.name().equalsIgnoreCase(name))
                                .limit(1))
                .toList();
    }
}
