package io.keylesspull.azure.resource;

import com.fasterxml.jackson.databind.JsonNode;
import io.keylesspull.azure.http.ArmReads;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.AzureException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * What a resource group holds by the word of the resource providers themselves. A group's own list comes from a cache
 * of Azure Resource Manager, which was seen to be 18 minutes late (github.com/Azure/AKS/issues/1964); a list of one
 * type comes from the provider and is up to date. Only what a registered provider has can be in a group, so its types
 * are all that has to be asked for: some seventy requests in a new subscription, a few hundred in a large one.
 */
final class ProviderInventory {

    private static final String PROVIDERS = "/providers?api-version=2021-04-01";
    /** A type that cannot be listed in a group, or has no such list in this version. */
    private static final Set<Integer> NO_LIST = Set.of(400, 404, 405, 501);

    private final ArmReads reads;

    ProviderInventory(ArmReads reads) {
        this.reads = reads;
    }

    /** A type of resource that lies in groups. */
    private record Type(String name, String apiVersion) {}

    /**
     * @param group id of a resource group
     * @return ids, without those of parts of other resources
     * @throws AzureException FORBIDDEN if the account may not see what providers there are, or what one of them has
     */
    List<String> in(String group) throws AzureException, InterruptedException {
        List<String> ids = new ArrayList<>();
        for (JsonNode provider : reads.list(ArmId.parent(group) + PROVIDERS)) {
            if (!provider.path("registrationState").asText().equalsIgnoreCase("NotRegistered")) {
                for (Type type : types(provider)) {
                    ids.addAll(listed(group, type));
                }
            }
        }
        return ids;
    }

    private static List<Type> types(JsonNode provider) {
        String namespace = provider.path("namespace").asText();
        return StreamSupport.stream(provider.path("resourceTypes").spliterator(), false)
                .filter(ProviderInventory::liesInGroups)
                .flatMap(type ->
                        version(type)
                                .map(version -> new Type(
                                        namespace + "/"
                                                + type.path("resourceType").asText(),
                                        version))
                                .stream())
                .toList();
    }

    /** It is not a part of another resource, and has tags or a location. */
    private static boolean liesInGroups(JsonNode type) {
        String capabilities = type.path("capabilities").asText();
        return !type.path("resourceType").asText().contains("/")
                && (capabilities.contains("SupportsTags") || capabilities.contains("SupportsLocation"));
    }

    /** The provider's default, else its newest that is stable, else its newest. */
    private static Optional<String> version(JsonNode type) {
        List<String> all = new ArrayList<>();
        type.path("apiVersions").forEach(version -> all.add(version.asText()));
        return Optional.of(type.path("defaultApiVersion").asText())
                .filter(version -> !version.isEmpty())
                .or(() -> all.stream()
                        .filter(version -> !version.contains("-preview"))
                        .findFirst())
                .or(() -> all.stream().findFirst());
    }

    private List<String> listed(String group, Type type) throws AzureException, InterruptedException {
        try {
            return reads.list(group + "/providers/" + type.name() + "?api-version=" + type.apiVersion()).stream()
                    .map(resource -> resource.path("id").asText())
                    .filter(id -> !id.isEmpty())
                    .toList();
        } catch (AzureException e) {
            if (NO_LIST.contains(e.status())
                    || e.kind() == Kind.NOT_FOUND
                    || e.code().equalsIgnoreCase("MissingSubscriptionRegistration")) {
                return List.of();
            }
            throw e;
        }
    }
}
