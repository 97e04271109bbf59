package io.keylesspull.setup.export;

import static io.keylesspull.setup.export.Value.fields;
import static io.keylesspull.setup.export.Value.joined;
import static io.keylesspull.setup.export.Value.of;

import io.keylesspull.setup.export.Value.Property;
import io.keylesspull.setup.template.Part;
import io.keylesspull.setup.template.Template;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A setup's parts as resources of Azure Resource Manager: with the names and the properties that a run gives them, so
 * that a run finds what a template has made.
 */
final class Declared {

    static final String LOCATION = "location";
    static final Value PLACE = new Value.Parameter(LOCATION);

    /**
     * What whoever deploys gives.
     *
     * @param words what it is, in English
     * @param usual the value if none is given; empty: one has to be given
     */
    record Parameter(String words, Optional<String> usual) {}

    private static final String REGISTRY = "Microsoft.ContainerRegistry/registries";

    private final Map<String, String> tags;
    private final Map<String, Parameter> parameters = new LinkedHashMap<>();
    private final List<Resource> resources = new ArrayList<>();
    private final Map<String, Value> outputs = new LinkedHashMap<>();
    private final Map<Resource, Part.Grant> grants = new LinkedHashMap<>();

    private Declared(Map<String, String> tags) {
        this.tags = tags;
    }

    /**
     * @param boots what new machines do when they start for the first time, by what the setup calls them
     * @param tags of everything new that can have some
     */
    static Declared from(Template template, Map<String, Boot> boots, Map<String, String> tags) {
        Declared declared = new Declared(tags);
        declared.parameter(LOCATION, "Where everything new is made.", Optional.of(template.location()));
        DeclaredMachines machines = new DeclaredMachines(declared, boots);
        template.parts().forEach(part -> declared.add(part, machines));
        if (declared.resources.stream().flatMap(Resource::values).noneMatch(PLACE::equals)) {
            declared.parameters.remove(LOCATION);
        }
        return declared;
    }

    /** What whoever deploys gives. @param usual the value if none is given */
    Value parameter(String name, String words, Optional<String> usual) {
        parameters.putIfAbsent(name, new Parameter(words, usual));
        return new Value.Parameter(name);
    }

    void output(String name, Value value) {
        outputs.put(name, value);
    }

    Map<String, Parameter> parameters() {
        return parameters;
    }

    /** Those that exist too, in an order in which each comes after those that it refers to. */
    List<Resource> resources() {
        return resources;
    }

    Map<String, Value> outputs() {
        return outputs;
    }

    /** What a role assignment is of. */
    Optional<Part.Grant> grant(Resource assignment) {
        return Optional.ofNullable(grants.get(assignment));
    }

    private void add(Part part, DeclaredMachines machines) {
        if (part instanceof Part.Registry registry) {
            add(registry);
        } else if (part instanceof Part.Identity identity) {
            declare(
                    "identity",
                    "Microsoft.ManagedIdentity/userAssignedIdentities",
                    "2024-11-30",
                    of(identity.name()),
                    identity,
                    body(fields()));
        } else if (part instanceof Part.Network network) {
            new DeclaredNetwork(this, network).add();
        } else if (part instanceof Part.Machine machine) {
            machines.add(machine);
        } else if (part instanceof Part.ScaleSet set) {
            machines.add(set);
        } else if (part instanceof Part.Cluster cluster) {
            declare(
                    symbol("cluster", cluster.name()),
                    DeclaredGrant.CLUSTER,
                    "2025-09-01",
                    of(cluster.name()),
                    cluster,
                    Map.of());
        } else if (part instanceof Part.Grant grant && !grant.exists()) {
            Resource assignment = new DeclaredGrant(this, grant).assignment(free("role"));
            resources.add(assignment);
            grants.put(assignment, grant);
        }
    }

    private static Map<String, Value> body(Value properties) {
        Map<String, Value> body = new LinkedHashMap<>();
        body.put(LOCATION, PLACE);
        body.put("properties", properties);
        return body;
    }

    /** @param body of a new one */
    Resource declare(String symbol, String type, String version, Value name, Part part, Map<String, Value> body) {
        Map<String, Value> tagged = new LinkedHashMap<>();
        body.forEach((field, value) -> {
            tagged.put(field, value);
            if (field.equals(LOCATION) && !tags.isEmpty()) {
                Map<Value, Value> marks = new LinkedHashMap<>();
                tags.forEach((tag, run) -> marks.put(of(tag), of(run)));
                tagged.put("tags", new Value.Fields(marks));
            }
        });
        Resource resource = new Resource(
                symbol,
                type,
                version,
                name,
                part.group(),
                part.exists(),
                Optional.empty(),
                part.exists() ? Map.of() : tagged);
        resources.add(resource);
        return resource;
    }

    private void add(Part.Registry registry) {
        Map<String, Value> body = new LinkedHashMap<>();
        body.put(LOCATION, PLACE);
        body.put("sku", fields("name", of(registry.sku())));
        body.put(
                "properties",
                fields(
                        "adminUserEnabled",
                        of(false),
                        "roleAssignmentMode",
                        of(registry.abac() ? "AbacRepositoryPermissions" : "LegacyRegistryPermissions")));
        Resource made = declare("registry", REGISTRY, "2025-11-01", of(registry.name()), registry, body);
        outputs.put("image", joined(new Property(made, "properties.loginServer"), of("/" + registry.image())));
    }

    Resource registry() {
        return find(REGISTRY, "", "");
    }

    /** The one that machines share. */
    Resource identity() {
        return find("Microsoft.ManagedIdentity/userAssignedIdentities", "", "");
    }

    /** @param name empty if there is one only */
    Resource find(String type, String name, String group) {
        return resources.stream()
                .filter(resource -> resource.type().equals(type))
                .filter(resource -> name.isEmpty()
                        || resource.name().equals(of(name)) && resource.group().equals(group))
                .findFirst()
                .orElseThrow();
    }

    /** A name for Bicep. */
    String symbol(String kind, String name) {
        String letters = name.replaceAll("[^A-Za-z0-9]", "");
        return free(kind
                + (letters.isEmpty() ? "" : letters.substring(0, 1).toUpperCase(Locale.ROOT) + letters.substring(1)));
    }

    private String free(String wanted) {
        String free = wanted;
        for (int i = 2; isTaken(free); i++) {
            free = wanted + i;
        }
        return free;
    }

    private boolean isTaken(String symbol) {
        return resources.stream().anyMatch(resource -> resource.symbol().equalsIgnoreCase(symbol));
    }
}
