package io.keylesspull.practice.arm.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.protocol.Json;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** A built-in role and its permissions. In Azure's patterns, {@code *} matches any text. */
public record BuiltInRole(
        String guid,
        String name,
        String description,
        List<String> actions,
        List<String> notActions,
        List<String> dataActions) {

    /** Only data actions count for these: an Owner's {@code *} gives no access to content. */
    private static final Pattern DATA =
            Pattern.compile("microsoft\\.containerregistry/registries/(repositories/.*|catalog/read)"
                    + "|microsoft\\.containerservice/managedclusters/(namespaces|pods)/.*");

    static BuiltInRole of(JsonNode json) {
        return new BuiltInRole(
                json.path("id").asText(),
                json.path("name").asText(),
                json.path("description").asText(),
                texts(json.path("actions")),
                texts(json.path("notActions")),
                texts(json.path("dataActions")));
    }

    boolean allows(String action) {
        String wanted = action.toLowerCase(Locale.ROOT);
        if (DATA.matcher(wanted).matches()) {
            return matches(dataActions, wanted);
        }
        return matches(actions, wanted) && !matches(notActions, wanted);
    }

    public String id(String subscription) {
        return (subscription.isEmpty() ? "" : "/subscriptions/" + subscription)
                + "/providers/Microsoft.Authorization/roleDefinitions/" + guid;
    }

    public ObjectNode permission() {
        ObjectNode permission = Json.object();
        actions.forEach(permission.putArray("actions")::add);
        notActions.forEach(permission.putArray("notActions")::add);
        dataActions.forEach(permission.putArray("dataActions")::add);
        permission.putArray("notDataActions");
        return permission;
    }

    public ObjectNode json(String subscription) {
        ObjectNode node = Json.object()
                .put("id", id(subscription))
                .put("type", "Microsoft.Authorization/roleDefinitions")
                .put("name", guid);
        ObjectNode properties = node.putObject("properties")
                .put("roleName", name)
                .put("type", "BuiltInRole")
                .put("description", description);
        properties.putArray("assignableScopes").add("/");
        properties.putArray("permissions").add(permission());
        return node;
    }

    private static boolean matches(List<String> patterns, String action) {
        return patterns.stream()
                .anyMatch(pattern -> Pattern.matches(
                        "\\Q" + pattern.toLowerCase(Locale.ROOT).replace("*", "\\E.*\\Q") + "\\E", action));
    }

    private static List<String> texts(JsonNode array) {
        return Json.items(array).map(JsonNode::asText).toList();
    }
}
