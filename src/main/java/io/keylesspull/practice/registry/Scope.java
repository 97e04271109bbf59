package io.keylesspull.practice.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Actions on one repository or registry, as in {@code repository:team/app:pull,push} or {@code registry:catalog:*}
 * (distribution token specification; the names of the actions are Azure's).
 */
record Scope(String type, String name, Set<String> actions) {

    static final String REPOSITORY = "repository";
    static final String REGISTRY = "registry";
    private static final Set<String> ALL = Set.of("pull", "push", "delete", "metadata_read", "metadata_write");

    static Scope catalog() {
        return new Scope(REGISTRY, "catalog", Set.of("*"));
    }

    static Scope repository(String name, String... actions) {
        return new Scope(REPOSITORY, name, Set.of(actions));
    }

    /** @param values each may hold several scopes separated by blanks; invalid ones are left out */
    static List<Scope> parse(List<String> values) {
        List<Scope> scopes = new ArrayList<>();
        for (String value : values) {
            for (String text : value.trim().split("\\s+")) {
                parse(text).ifPresent(scopes::add);
            }
        }
        return scopes;
    }

    private static Optional<Scope> parse(String text) {
        int first = text.indexOf(':');
        int last = text.lastIndexOf(':');
        if (first < 0 || first == last) {
            return Optional.empty();
        }
        String type = text.substring(0, first);
        Set<String> actions = new TreeSet<>(List.of(text.substring(last + 1).split(",")));
        if (type.equals(REPOSITORY) && actions.contains("*")) {
            actions = ALL;
        }
        return Optional.of(new Scope(type, text.substring(first + 1, last), Set.copyOf(actions)));
    }

    @Override
    public String toString() {
        return type + ":" + name + ":" + String.join(",", new TreeSet<>(actions));
    }
}
