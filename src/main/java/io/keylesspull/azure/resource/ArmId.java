package io.keylesspull.azure.resource;

import java.util.Locale;

/** Reads and compares ARM resource ids. Upper and lower case are the same in them. */
final class ArmId {

    private ArmId() {}

    static String group(String subscription, String group) {
        return "/subscriptions/" + subscription + "/resourceGroups/" + group;
    }

    /** @param type with its namespace: {@code Microsoft.Compute/virtualMachines} */
    static String resource(String subscription, String group, String type, String name) {
        return group(subscription, group) + "/providers/" + type + "/" + name;
    }

    static boolean same(String one, String other) {
        return key(one).equals(key(other));
    }

    /** Whether a scope covers a resource: it is the same or lies above. */
    static boolean covers(String scope, String resource) {
        return key(resource).equals(key(scope)) || (key(resource) + "/").startsWith(key(scope) + "/");
    }

    /** A key for maps: the same for all spellings of an id. */
    static String key(String id) {
        return id.toLowerCase(Locale.ROOT).replaceAll("/+$", "");
    }

    /**
     * The type with its namespace, in lower case. For an extension resource, such as a role assignment, its own type
     * and not that of the resource it is attached to. Empty for a subscription.
     */
    static String type(String id) {
        String key = key(id);
        int provider = key.lastIndexOf("/providers/");
        if (provider < 0) {
            return key.contains("/resourcegroups/") ? "microsoft.resources/resourcegroups" : "";
        }
        String[] parts = key.substring(provider + "/providers/".length()).split("/");
        StringBuilder type = new StringBuilder(parts[0]);
        for (int i = 1; i < parts.length; i += 2) {
            type.append('/').append(parts[i]);
        }
        return type.toString();
    }

    /** The resource itself, or the one that it is a child of. */
    static String whole(String id) {
        int provider = key(id).lastIndexOf("/providers/");
        if (provider < 0) {
            return id;
        }
        String[] parts = id.substring(provider + "/providers/".length()).split("/");
        return parts.length <= 3
                ? id
                : id.substring(0, provider) + "/providers/" + parts[0] + "/" + parts[1] + "/" + parts[2];
    }

    /** The last part. */
    static String name(String id) {
        return id.substring(id.lastIndexOf('/') + 1);
    }

    /** The subscription's GUID. @param id that begins with one */
    static String subscriptionOf(String id) {
        return id.split("/")[2];
    }

    /** The resource group's name; empty if the id has none. */
    static String groupOf(String id) {
        String[] parts = id.split("/");
        for (int i = 0; i + 1 < parts.length; i++) {
            if (parts[i].equalsIgnoreCase("resourceGroups")) {
                return parts[i + 1];
            }
        }
        return "";
    }

    /** The id one level up: the parent resource or group, or a group's subscription; empty for a subscription. */
    static String parent(String id) {
        int provider = key(id).lastIndexOf("/providers/");
        if (provider >= 0) {
            String below = id.substring(provider + "/providers/".length());
            // namespace/type/name is a top-level resource; a longer path is a child of another resource.
            return below.split("/").length > 3 ? upTwo(id) : id.substring(0, provider);
        }
        return key(id).contains("/resourcegroups/") ? upTwo(id) : "";
    }

    private static String upTwo(String id) {
        String up = id.substring(0, id.lastIndexOf('/'));
        return up.substring(0, up.lastIndexOf('/'));
    }
}
