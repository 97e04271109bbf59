package io.keylesspull.practice.arm.protocol;

import java.util.Locale;
import java.util.Set;

/**
 * How a provider lets clients poll an operation. Sources: recorded exchanges of Azure/azure-cli, in
 * {@code src/azure-cli/azure/cli/command_modules/…/tests/latest/recordings}: acr/test_acr_create_abac,
 * acr/test_acr_login, acr/test_acr_import_no_wait, vm/test_vm_explicit_msi, resource/test_resource_group.
 *
 * @param status path for {@code Azure-AsyncOperation}, with its query up to the API version
 * @param result path for {@code Location}, likewise
 * @param running what the status of a running operation is called
 */
public record OperationLinks(Path status, Path result, String running, Set<Trait> traits) {

    private static final String IN_PROGRESS = "InProgress";

    /** Which of its habits a provider has. */
    public enum Trait {
        /** All answers say when to ask again. */
        SAYS_WHEN,
        /** The answer to a POST or DELETE names {@code Location} alone. */
        LOCATION_ONLY,
        /** The first answer says that Azure itself is notified of the end. */
        NOTIFIES,
        /** A poll is answered by the status alone, and by the next address to poll. */
        STATUS_ALONE,
        /** Where {@code Location} points, the end is said by the status 204. */
        ENDS_EMPTY
    }

    /** The path of an operation. */
    @FunctionalInterface
    public interface Path {
        String of(ArmCall call, String operationId);
    }

    public OperationLinks {
        traits = Set.copyOf(traits);
    }

    public boolean has(Trait trait) {
        return traits.contains(trait);
    }

    public static OperationLinks compute(String location) {
        return compute(location, Set.of(Trait.SAYS_WHEN, Trait.NOTIFIES));
    }

    /** A change of a machine, which does not say when to ask again. */
    public static OperationLinks computeUpdate(String location) {
        return compute(location, Set.of(Trait.NOTIFIES));
    }

    private static OperationLinks compute(String location, Set<Trait> traits) {
        return new OperationLinks(
                (call, id) -> at(call, "Microsoft.Compute", location, "operations/" + id + "?p=" + id + "&"),
                (call, id) ->
                        at(call, "Microsoft.Compute", location, "operations/" + id + "?p=" + id + "&monitor=true&"),
                IN_PROGRESS,
                traits);
    }

    public static OperationLinks network(String location) {
        return new OperationLinks(
                (call, id) -> at(call, "Microsoft.Network", location, "operations/" + id + "?"),
                (call, id) -> at(call, "Microsoft.Network", location, "operationResults/" + id + "?"),
                IN_PROGRESS,
                Set.of(Trait.SAYS_WHEN, Trait.NOTIFIES));
    }

    /** Of clusters. Source: the REST reference of "Managed Clusters". */
    public static OperationLinks containerService(String location) {
        return new OperationLinks(
                (call, id) -> at(call, "Microsoft.ContainerService", location, "operations/" + id + "?"),
                (call, id) -> at(call, "Microsoft.ContainerService", location, "operationresults/" + id + "?"),
                IN_PROGRESS,
                Set.of());
    }

    public static OperationLinks registryCreation(String registryId, String location) {
        return registry(registryId, "registries-", location, "Creating");
    }

    public static OperationLinks registryImport(String registryId, String location) {
        return registry(registryId, "registries-", location.toUpperCase(Locale.ROOT), IN_PROGRESS);
    }

    public static OperationLinks registryDeletion(String registryId, String name, String location) {
        return registry(registryId, "delete-" + name + "-", location, IN_PROGRESS);
    }

    private static OperationLinks registry(String registryId, String prefix, String location, String running) {
        return new OperationLinks(
                (call, id) -> registryId + "/operationStatuses/" + prefix + id + "?",
                (call, id) ->
                        at(call, "Microsoft.ContainerRegistry", location, "operationResults/" + prefix + id + "?"),
                running,
                Set.of(Trait.LOCATION_ONLY, Trait.STATUS_ALONE));
    }

    public static OperationLinks group() {
        return resourceManager(Set.of(Trait.LOCATION_ONLY));
    }

    /** Source: learn.microsoft.com/rest/api/resources/deployments/delete. */
    public static OperationLinks deploymentDeletion() {
        return resourceManager(Set.of(Trait.LOCATION_ONLY, Trait.ENDS_EMPTY));
    }

    private static OperationLinks resourceManager(Set<Trait> traits) {
        Path path = (call, id) -> "/subscriptions/" + call.subscription() + "/operationresults/" + id + "?";
        return new OperationLinks(path, path, IN_PROGRESS, traits);
    }

    private static String at(ArmCall call, String namespace, String location, String rest) {
        return "/subscriptions/" + call.subscription() + "/providers/" + namespace + "/locations/" + location + "/"
                + rest;
    }
}
