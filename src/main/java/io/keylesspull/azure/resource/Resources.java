package io.keylesspull.azure.resource;

import com.azure.resourcemanager.resources.fluent.ResourceManagementClient;
import com.azure.resourcemanager.resources.fluent.models.GenericResourceInner;
import io.keylesspull.azure.http.ArmReads;
import io.keylesspull.azure.http.SdkCall;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.ResourceState;
import io.keylesspull.azure.model.ResourceState.Progress;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads and deletes resources of all types that the program creates, by their ids. */
public final class Resources {

    private static final String GROUP = "microsoft.resources/resourcegroups";

    /** Azure asks for a version with every request; these are stable ones of each type's REST reference. */
    private static final Map<String, String> VERSIONS = caseless(Map.of(
            GROUP,
            "2021-04-01",
            "Microsoft.Authorization/roleAssignments",
            "2022-04-01",
            "Microsoft.Compute/virtualMachines/runCommands",
            "2024-11-01",
            "Microsoft.Resources/deployments",
            "2025-04-01"));

    /** The same, of what lies in resource groups. */
    private static final Map<String, String> VERSIONS_IN_GROUPS = caseless(Map.of(
            "Microsoft.ContainerRegistry/registries", "2023-07-01",
            "Microsoft.ManagedIdentity/userAssignedIdentities", "2023-01-31",
            "Microsoft.Compute/virtualMachines", "2024-07-01",
            "Microsoft.Compute/virtualMachineScaleSets", "2024-07-01",
            "Microsoft.Compute/disks", "2024-03-02",
            "Microsoft.Network/networkInterfaces", "2024-05-01",
            "Microsoft.Network/publicIPAddresses", "2024-05-01",
            "Microsoft.Network/natGateways", "2024-05-01",
            "Microsoft.Network/networkSecurityGroups", "2024-05-01",
            "Microsoft.Network/virtualNetworks", "2024-05-01"));

    private final Supplier<ResourceManagementClient> client;
    private final ArmReads reads;

    Resources(Supplier<ResourceManagementClient> client, ArmReads reads) {
        this.client = client;
        this.reads = reads;
    }

    /** @param id of a type that the program creates */
    public Optional<ResourceState> find(String id) throws AzureException, InterruptedException {
        return SdkCall.find(() -> client.get().getResources().getByIdAsync(relative(id), version(id)))
                .map(found -> new ResourceState(id, progress(found), run(found)));
    }

    /** Deletes a resource and waits until it is gone. Does nothing if it does not exist. */
    public void delete(String id) throws AzureException, InterruptedException {
        try {
            SdkCall.optional(() -> client.get().getResources().deleteByIdAsync(relative(id), version(id)));
        } catch (AzureException e) {
            if (e.kind() != AzureException.Kind.NOT_FOUND) {
                throw e;
            }
        }
    }

    /** The ids of the resources in a resource group; none if it does not exist, or if the id is not that of a group. */
    public List<String> in(String id) throws AzureException, InterruptedException {
        Map<String, String> ids = new LinkedHashMap<>();
        for (String listed : listed(id)) {
            ids.put(ArmId.key(listed), listed);
        }
        for (Map.Entry<String, String> type : VERSIONS_IN_GROUPS.entrySet()) {
            for (String listed : listed(id + "/providers/" + type.getKey(), type.getValue())) {
                ids.putIfAbsent(ArmId.key(listed), listed);
            }
        }
        return List.copyOf(ids.values());
    }

    /**
     * The ids of the resources in a resource group by the word of each resource provider: what the group's list does
     * not show yet, too. Takes many requests.
     *
     * @throws AzureException FORBIDDEN if the account may not see what providers there are, or what one of them has
     */
    public List<String> inAsProvidersSay(String id) throws AzureException, InterruptedException {
        return new ProviderInventory(reads).in(id);
    }

    private List<String> listed(String id) throws AzureException, InterruptedException {
        try {
            return SdkCall.list(() -> client.get().getResources().listByResourceGroupAsync(ArmId.name(id))).stream()
                    .map(resource -> resource.id())
                    .toList();
        } catch (AzureException e) {
            return emptyIfNotFound(e);
        }
    }

    private List<String> listed(String path, String version) throws AzureException, InterruptedException {
        try {
            return reads.list(path + "?api-version=" + version).stream()
                    .map(resource -> resource.path("id").asText())
                    .toList();
        } catch (AzureException e) {
            return emptyIfNotFound(e);
        }
    }

    private static List<String> emptyIfNotFound(AzureException e) throws AzureException {
        if (e.kind() == AzureException.Kind.NOT_FOUND || e.code().equalsIgnoreCase("MissingSubscriptionRegistration")) {
            return List.of();
        }
        throw e;
    }

    /** Whether {@link #find} knows how to ask for it. */
    public static boolean canBeFound(String id) {
        return VERSIONS.containsKey(type(id)) || VERSIONS_IN_GROUPS.containsKey(type(id));
    }

    public static boolean isGroup(String id) {
        return type(id).equals(GROUP);
    }

    /** The resource itself, or what it is a part of: an extension's machine, an IP configuration's interface. */
    public static String whole(String id) {
        return ArmId.whole(id);
    }

    public static boolean same(String id, String other) {
        return ArmId.same(id, other);
    }

    /** Its type, in lower case: {@code microsoft.network/networkinterfaces}. */
    public static String type(String id) {
        return ArmId.type(id);
    }

    /** Whether a resource lies in a resource group. */
    public static boolean liesIn(String id, String groupId) {
        return !ArmId.same(id, groupId) && ArmId.covers(groupId, id);
    }

    /** The last part of its id. */
    public static String name(String id) {
        return ArmId.name(id);
    }

    /** The name of the resource group that it lies in or is; empty if it has none. */
    public static String groupName(String id) {
        return ArmId.groupOf(id);
    }

    private static String version(String id) {
        return Optional.ofNullable(VERSIONS.get(type(id)))
                .or(() -> Optional.ofNullable(VERSIONS_IN_GROUPS.get(type(id))))
                .orElseThrow(() -> new IllegalArgumentException("the program creates no resource of this type: " + id));
    }

    private static Map<String, String> caseless(Map<String, String> versions) {
        Map<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        sorted.putAll(versions);
        return Collections.unmodifiableMap(sorted);
    }

    private static Progress progress(GenericResourceInner found) {
        String state = String.valueOf(property(found, "provisioningState")).toLowerCase(Locale.ROOT);
        return switch (state) {
            case "creating", "updating", "accepted", "running", "deleting", "provisioning" -> Progress.UNDER_WAY;
            case "failed", "canceled" -> Progress.FAILED;
            // Types without a provisioningState are created at once.
            default -> Progress.DONE;
        };
    }

    private static Optional<String> run(GenericResourceInner found) {
        return RunMark.ofTags(found.tags()).or(() -> RunMark.ofDescription(property(found, "description")));
    }

    private static @Nullable Object property(GenericResourceInner found, String name) {
        return found.properties() instanceof Map<?, ?> properties ? properties.get(name) : null;
    }

    /** The SDK puts a slash before the id. */
    private static String relative(String id) {
        return id.startsWith("/") ? id.substring(1) : id;
    }
}
