package io.keylesspull.azure.resource;

import com.azure.resourcemanager.resources.fluent.ResourceManagementClient;
import com.azure.resourcemanager.resources.fluent.models.GenericResourceInner;
import io.keylesspull.azure.http.Call;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.ResourceState.Progress;
import io.keylesspull.azure.model.ResourceState;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Resources of every type that is made here, by their ids alone: how they are, whose they are, and how they go. */
public final class Resources {

    private static final String GROUP = "microsoft.resources/resourcegroups";

    /** Azure asks for a version with every request; these are stable ones of each type's REST reference. */
    private static final Map<String, String> VERSIONS = Map.of(
            GROUP, "2021-04-01",
            "microsoft.containerregistry/registries", "2023-07-01",
            "microsoft.managedidentity/userassignedidentities", "2023-01-31",
            "microsoft.authorization/roleassignments", "2022-04-01",
            "microsoft.compute/virtualmachines", "2024-07-01",
            "microsoft.network/networkinterfaces", "2024-05-01",
            "microsoft.network/publicipaddresses", "2024-05-01",
            "microsoft.network/networksecuritygroups", "2024-05-01",
            "microsoft.network/virtualnetworks", "2024-05-01");

    private final Supplier<ResourceManagementClient> client;

    Resources(Supplier<ResourceManagementClient> client) {
        this.client = client;
    }

    /** @param id of a type that is made here */
    public Optional<ResourceState> find(String id) throws AzureException, InterruptedException {
        return Call.find(() -> client.get().getResources().getByIdAsync(relative(id), version(id)))
                .map(found -> new ResourceState(id, progress(found), run(found)));
    }

    /** Deletes a resource and waits until it is gone; one that is not there is gone. */
    public void delete(String id) throws AzureException, InterruptedException {
        try {
            Call.optional(() -> client.get().getResources().deleteByIdAsync(relative(id), version(id)));
        } catch (AzureException e) {
            if (e.kind() != AzureException.Kind.NOT_FOUND) {
                throw e;
            }
        }
    }

    /** The ids of what lies in a resource group; none if it does not exist, or if the id is not that of a group. */
    public List<String> in(String id) throws AzureException, InterruptedException {
        if (!type(id).equals(GROUP)) {
            return List.of();
        }
        try {
            return Call.list(() -> client.get().getResources().listByResourceGroupAsync(ArmId.name(id)))
                    .stream().map(resource -> resource.id()).toList();
        } catch (AzureException e) {
            if (e.kind() == AzureException.Kind.NOT_FOUND) {
                return List.of();
            }
            throw e;
        }
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

    private static String version(String id) {
        String version = VERSIONS.get(type(id));
        if (version == null) {
            throw new IllegalArgumentException("nothing of this type is made here: " + id);
        }
        return version;
    }

    private static Progress progress(GenericResourceInner found) {
        String state = String.valueOf(property(found, "provisioningState")).toLowerCase(Locale.ROOT);
        return switch (state) {
            case "creating", "updating", "accepted", "running", "deleting", "provisioning" -> Progress.UNDER_WAY;
            case "failed", "canceled" -> Progress.FAILED;
            // Not every type says how far it is: what does not is there at once.
            default -> Progress.DONE;
        };
    }

    private static Optional<String> run(GenericResourceInner found) {
        return RunMark.ofTags(found.tags()).or(() -> RunMark.ofDescription(property(found, "description")));
    }

    private static Object property(GenericResourceInner found, String name) {
        return found.properties() instanceof Map<?, ?> properties ? properties.get(name) : null;
    }

    /** The SDK puts a slash before the id. */
    private static String relative(String id) {
        return id.startsWith("/") ? id.substring(1) : id;
    }
}
