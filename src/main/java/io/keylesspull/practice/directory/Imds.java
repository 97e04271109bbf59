package io.keylesspull.practice.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.directory.ManagedIdentities.Attached;
import io.keylesspull.practice.directory.ManagedIdentities.Managed;
import io.keylesspull.practice.wire.Parameters;
import io.keylesspull.practice.wire.Request;
import io.keylesspull.practice.wire.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The Instance Metadata Service that machines reach at {@code 169.254.169.254}. Wording as in the real service's
 * responses.
 */
public final class Imds {

    // Managed identities get tokens for a day, people for about an hour.
    private static final Duration VALIDITY = Duration.ofHours(24);

    private final Tokens tokens;
    private final ManagedIdentities identities;
    private final UnaryOperator<String> tenants;

    /** @param tenants the GUID of the directory that a machine's subscription trusts, by the machine's id */
    public Imds(Tokens tokens, ManagedIdentities identities, UnaryOperator<String> tenants) {
        this.tokens = tokens;
        this.identities = identities;
        this.tenants = tenants;
    }

    public Response handle(Request request) {
        Parameters query = Parameters.ofQuery(request);
        if (!request.method().equals("GET")) {
            return DirectoryResponses.error(405, "method_not_allowed", "Only GET is allowed here");
        }
        if (!request.header("Metadata").filter("true"::equalsIgnoreCase).isPresent()) {
            return invalid("Required metadata header not specified");
        }
        if (query.get("api-version").isEmpty()) {
            return invalid("Required query variable 'api-version' is missing");
        }
        String machine = request.machine().orElse("");
        return switch (request.uri().getPath()) {
            case "/metadata/identity/oauth2/token" -> token(machine, query);
            case "/metadata/instance" -> instance(machine);
            default -> DirectoryResponses.error(404, "not_found", "The requested metadata does not exist");
        };
    }

    private Response token(String machine, Parameters query) {
        Optional<String> resource = query.get("resource");
        if (resource.isEmpty()) {
            return invalid("Required query variable 'resource' is missing");
        }
        Attached attached = identities.of(machine);
        List<Managed> candidates = candidates(attached, query);
        if (candidates.isEmpty()) {
            return invalid("Identity not found");
        }
        if (candidates.size() > 1) {
            return invalid("Multiple user assigned identities exist, please specify the clientId / resourceId"
                    + " of the identity in the token request");
        }
        return grant(candidates.get(0), tenants.apply(machine), resource.get());
    }

    private static List<Managed> candidates(Attached attached, Parameters query) {
        for (Named by : Named.values()) {
            for (String parameter : by.parameters) {
                Optional<String> wanted = query.get(parameter);
                if (wanted.isPresent()) {
                    return all(attached).stream()
                            .filter(managed -> by.of.apply(managed).equalsIgnoreCase(wanted.get()))
                            .limit(1)
                            .toList();
                }
            }
        }
        return attached.systemAssigned().map(List::of).orElse(attached.userAssigned());
    }

    private static List<Managed> all(Attached attached) {
        return java.util.stream.Stream.concat(attached.systemAssigned().stream(), attached.userAssigned().stream())
                .toList();
    }

    private Response grant(Managed identity, String tenantId, String resource) {
        String jwt = tokens.issue(
                new Caller(identity.principalId(), tenantId, resource, identity.resourceId()),
                VALIDITY,
                Map.of("appid", identity.clientId(), "idtyp", "app"));
        long now = tokens.time().now().getEpochSecond();
        // All values are strings, even numbers, as in the real service.
        return DirectoryResponses.json(
                200,
                DirectoryResponses.object()
                        .put("access_token", jwt)
                        .put("client_id", identity.clientId())
                        .put("expires_in", Long.toString(VALIDITY.toSeconds() - 1))
                        .put("expires_on", Long.toString(now + VALIDITY.toSeconds()))
                        .put("ext_expires_in", Long.toString(VALIDITY.toSeconds() - 1))
                        .put("not_before", Long.toString(now))
                        .put("resource", resource)
                        .put("token_type", "Bearer"));
    }

    private static Response instance(String machine) {
        ObjectNode compute = DirectoryResponses.object()
                .put("azEnvironment", "AzurePublicCloud")
                .put("osType", "Linux")
                .put("provider", "Microsoft.Compute")
                .put("name", segmentAfter("virtualMachines", machine))
                .put("resourceGroupName", segmentAfter("resourceGroups", machine))
                .put("resourceId", machine)
                .put("subscriptionId", segmentAfter("subscriptions", machine));
        return DirectoryResponses.json(200, DirectoryResponses.object().set("compute", compute));
    }

    private static String segmentAfter(String name, String resourceId) {
        String[] segments = resourceId.split("/");
        for (int i = 0; i + 1 < segments.length; i++) {
            if (segments[i].equalsIgnoreCase(name)) {
                return segments[i + 1];
            }
        }
        return "";
    }

    private static Response invalid(String description) {
        return DirectoryResponses.error(400, "invalid_request", description);
    }

    /** The query parameters that select an identity. */
    private enum Named {
        CLIENT_ID(Managed::clientId, "client_id"),
        OBJECT_ID(Managed::principalId, "object_id", "principal_id"),
        RESOURCE_ID(Managed::resourceId, "msi_res_id", "mi_res_id");

        private final Function<Managed, String> of;
        private final List<String> parameters;

        Named(Function<Managed, String> of, String... parameters) {
            this.of = of;
            this.parameters = List.of(parameters);
        }
    }
}
