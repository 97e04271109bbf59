package io.keylesspull.azure.resource;

import com.fasterxml.jackson.databind.JsonNode;
import io.keylesspull.azure.http.ArmReads;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.AzureException.Kind;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * The permissions of the signed-in account. The request is built here because the SDK's client has none for a
 * subscription, and sends a double slash for a resource.
 */
public final class Permissions {

    private static final String PATH = "/providers/Microsoft.Authorization/permissions?api-version=2022-04-01";

    private final ArmReads reads;
    private final Map<String, JsonNode> byScope = new ConcurrentHashMap<>();
    private final Map<String, Object> asking = new ConcurrentHashMap<>();

    Permissions(ArmReads reads) {
        this.reads = reads;
    }

    /**
     * Whether the account may do something. Each scope is asked for once: a review asks for many actions at few scopes.
     *
     * @param scope ARM id of a subscription, resource group or resource; if it does not exist, its parent decides
     * @param action such as {@code Microsoft.Authorization/roleAssignments/write}
     */
    public boolean allowed(String scope, String action) throws AzureException, InterruptedException {
        return granted(at(scope), action);
    }

    private JsonNode at(String scope) throws AzureException, InterruptedException {
        // Whoever asks for the same scope meanwhile waits for this answer.
        synchronized (asking.computeIfAbsent(ArmId.key(scope), key -> new Object())) {
            JsonNode known = byScope.get(ArmId.key(scope));
            if (known != null) {
                return known;
            }
            JsonNode found = read(scope);
            byScope.put(ArmId.key(scope), found);
            return found;
        }
    }

    private JsonNode read(String scope) throws AzureException, InterruptedException {
        try {
            return reads.get(scope + PATH);
        } catch (AzureException e) {
            String parent = ArmId.parent(scope);
            if (e.kind() != Kind.NOT_FOUND || parent.isEmpty()) {
                throw e;
            }
            return at(parent);
        }
    }

    /** Each entry is one role; its notActions restrict only its own actions. */
    static boolean granted(JsonNode permissions, String action) {
        return StreamSupport.stream(permissions.path("value").spliterator(), false)
                .anyMatch(role -> names(role.path("actions"), action) && !names(role.path("notActions"), action));
    }

    private static boolean names(JsonNode patterns, String action) {
        return StreamSupport.stream(patterns.spliterator(), false)
                .anyMatch(pattern -> matches(pattern.asText(), action));
    }

    private static boolean matches(String pattern, String action) {
        String regex = Pattern.quote(pattern).replace("*", "\\E.*\\Q");
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE).matcher(action).matches();
    }
}
