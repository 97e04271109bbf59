package io.keylesspull.practice.arm.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The path of a request, split at its last {@code /providers/}.
 *
 * @param path the whole path, without double slashes
 * @param scope what precedes the last {@code /providers/}, or the whole path if there is none
 * @param subscription an id
 * @param group a resource group's name
 * @param namespace such as {@code Microsoft.Compute}
 * @param tail what follows the namespace; without one, what follows the subscription and group
 */
public record RequestPath(
        String path,
        String scope,
        Optional<String> subscription,
        Optional<String> group,
        Optional<String> namespace,
        List<String> tail) {

    public static RequestPath of(String rawPath) {
        List<String> parts = new ArrayList<>();
        for (String part : rawPath.split("/")) {
            if (!part.isEmpty()) {
                parts.add(part);
            }
        }
        int after = 0;
        Optional<String> subscription = Optional.empty();
        Optional<String> group = Optional.empty();
        if (is(parts, 0, "subscriptions") && parts.size() > 1) {
            subscription = Optional.of(parts.get(1));
            after = 2;
            if (is(parts, 2, "resourceGroups") && parts.size() > 3) {
                group = Optional.of(parts.get(3));
                after = 4;
            }
        }
        int providers = -1;
        for (int i = after; i < parts.size() - 1; i++) {
            if (is(parts, i, "providers")) {
                providers = i;
            }
        }
        String path = "/" + String.join("/", parts);
        if (providers < 0) {
            return new RequestPath(
                    path, path, subscription, group, Optional.empty(), parts.subList(after, parts.size()));
        }
        String scope = providers == 0 ? "/" : "/" + String.join("/", parts.subList(0, providers));
        return new RequestPath(
                path,
                scope,
                subscription,
                group,
                Optional.of(parts.get(providers + 1)),
                parts.subList(providers + 2, parts.size()));
    }

    /** One segment of the tail, empty beyond its end. */
    public String part(int index) {
        return index < tail.size() ? tail.get(index) : "";
    }

    public boolean isPart(int index, String name) {
        return part(index).equalsIgnoreCase(name);
    }

    private static boolean is(List<String> parts, int index, String name) {
        return index < parts.size() && parts.get(index).equalsIgnoreCase(name);
    }
}
