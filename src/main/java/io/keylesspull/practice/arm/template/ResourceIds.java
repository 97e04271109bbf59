package io.keylesspull.practice.arm.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * The functions that build ids. Source: learn.microsoft.com/azure/azure-resource-manager/templates/
 * template-functions-resource.
 */
record ResourceIds(Surroundings around) {

    /** @param function in lower case */
    String of(String function, Arguments arguments) {
        List<String> all = arguments.texts(0).toList();
        if (function.equals("extensionresourceid")) {
            return arguments.text(0) + below(arguments, all.subList(1, all.size()));
        }
        int type = 0;
        while (type < all.size() && !all.get(type).contains("/")) {
            type++;
        }
        String here = text(around.subscription(), "subscriptionId");
        List<String> named = all.subList(type, all.size());
        return switch (function + " " + type) {
            case "tenantresourceid 0" -> below(arguments, named);
            case "subscriptionresourceid 0" -> subscription(here) + below(arguments, named);
            case "subscriptionresourceid 1" -> subscription(all.get(0)) + below(arguments, named);
            case "resourceid 0" ->
                subscription(here) + group(text(around.resourceGroup(), "name")) + below(arguments, named);
            case "resourceid 1" -> subscription(here) + group(all.get(0)) + below(arguments, named);
            case "resourceid 2" -> subscription(all.get(0)) + group(all.get(1)) + below(arguments, named);
            default -> throw arguments.invalid("the resource type is missing, or too much stands before it");
        };
    }

    /** @param named a type and the names that belong to it */
    private static String below(Arguments arguments, List<String> named) {
        if (named.isEmpty()) {
            throw arguments.invalid("the resource type is missing");
        }
        String[] types = named.get(0).split("/");
        if (types.length != named.size()) {
            throw arguments.invalid(
                    "the type '" + named.get(0) + "' requires '" + (types.length - 1) + "' resource name argument(s)");
        }
        StringBuilder id = new StringBuilder("/providers/").append(types[0]);
        for (int i = 1; i < types.length; i++) {
            id.append('/').append(types[i]).append('/').append(named.get(i));
        }
        return id.toString();
    }

    private static String subscription(String id) {
        return "/subscriptions/" + id;
    }

    private static String group(String name) {
        return "/resourceGroups/" + name;
    }

    private static String text(JsonNode of, String name) {
        return of.path(name).asText();
    }
}
