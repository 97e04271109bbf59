package io.keylesspull.setup.export;

import static io.keylesspull.setup.export.Value.fields;
import static io.keylesspull.setup.export.Value.items;
import static io.keylesspull.setup.export.Value.joined;
import static io.keylesspull.setup.export.Value.of;

import io.keylesspull.setup.export.Value.Base64;
import io.keylesspull.setup.export.Value.Fields;
import io.keylesspull.setup.export.Value.Guid;
import io.keylesspull.setup.export.Value.Id;
import io.keylesspull.setup.export.Value.Property;
import io.keylesspull.setup.export.Value.RoleId;
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
    static final String PUBLIC_KEY = "sshPublicKey";
    static final String SIZE = "vmSize";
    static final String SSH_FROM = "sshSource";

    private static final String NETWORK_VERSION = "2025-03-01";
    private static final String MACHINE = "Microsoft.Compute/virtualMachines";
    private static final String MACHINE_VERSION = "2025-04-01";
    private static final Value PLACE = new Value.Parameter(LOCATION);

    /**
     * What whoever deploys gives.
     *
     * @param words what it is, in English
     * @param usual the value if none is given; empty: one has to be given
     */
    record Parameter(String words, Optional<String> usual) {}

    private final Map<String, Boot> boots;
    private final Map<String, Parameter> parameters = new LinkedHashMap<>();
    private final List<Resource> resources = new ArrayList<>();
    private final Map<String, Value> outputs = new LinkedHashMap<>();
    private final Map<Resource, Part.Grant> grants = new LinkedHashMap<>();

    private Declared(Map<String, Boot> boots) {
        this.boots = boots;
    }

    /** @param boots what new machines do when they start for the first time, by what the setup calls them */
    static Declared from(Template template, Map<String, Boot> boots) {
        Declared declared = new Declared(boots);
        declared.parameters.put(
                LOCATION, new Parameter("Where everything new is made.", Optional.of(template.location())));
        template.parts().forEach(declared::add);
        return declared;
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

    private void add(Part part) {
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
            add(network);
        } else if (part instanceof Part.Machine machine) {
            add(machine);
        } else if (part instanceof Part.Cluster cluster) {
            declare(
                    symbol("cluster", cluster.name()),
                    "Microsoft.ContainerService/managedClusters",
                    "2025-09-01",
                    of(cluster.name()),
                    cluster,
                    Map.of());
        } else if (part instanceof Part.Grant grant && !grant.exists()) {
            add(grant);
        }
    }

    private static Map<String, Value> body(Value properties) {
        Map<String, Value> body = new LinkedHashMap<>();
        body.put(LOCATION, PLACE);
        body.put("properties", properties);
        return body;
    }

    private Resource declare(
            String symbol, String type, String version, Value name, Part part, Map<String, Value> body) {
        Resource resource = new Resource(
                symbol,
                type,
                version,
                name,
                part.group(),
                part.exists(),
                Optional.empty(),
                part.exists() ? Map.of() : body);
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
        Resource made = declare(
                "registry",
                "Microsoft.ContainerRegistry/registries",
                "2025-11-01",
                of(registry.name()),
                registry,
                body);
        outputs.put("image", joined(new Property(made, "properties.loginServer"), of("/" + registry.image())));
    }

    private void add(Part.Grant grant) {
        Resource registry = find("Microsoft.ContainerRegistry/registries", "", grant.group());
        Property principal = principal(grant.to());
        Map<String, Value> properties = new LinkedHashMap<>();
        properties.put("roleDefinitionId", new RoleId(grant.role().id()));
        properties.put("principalId", principal);
        properties.put("principalType", of("ServicePrincipal"));
        if (!grant.condition().isEmpty()) {
            properties.put("condition", of(grant.condition()));
            properties.put("conditionVersion", of("2.0"));
        }
        Map<Value, Value> fields = new LinkedHashMap<>();
        properties.forEach((name, value) -> fields.put(of(name), value));
        Resource assignment = new Resource(
                free("role"),
                "Microsoft.Authorization/roleAssignments",
                "2022-04-01",
                new Guid(List.of(
                        new Id(registry),
                        new Id(principal.of()),
                        of(grant.role().id()))),
                grant.group(),
                false,
                Optional.of(registry),
                Map.of("properties", new Fields(fields)));
        resources.add(assignment);
        grants.put(assignment, grant);
    }

    private Property principal(Part.Principal principal) {
        if (principal instanceof Part.Principal.OwnOf own) {
            return new Property(find(MACHINE, own.machine(), own.group()), "identity.principalId");
        }
        if (principal instanceof Part.Principal.KubeletOf kubelet) {
            return new Property(
                    find("Microsoft.ContainerService/managedClusters", kubelet.cluster(), kubelet.group()),
                    "properties.identityProfile.kubeletidentity.objectId");
        }
        return new Property(identity(), "properties.principalId");
    }

    private Resource identity() {
        return find("Microsoft.ManagedIdentity/userAssignedIdentities", "", "");
    }

    /** @param name empty if there is one only */
    private Resource find(String type, String name, String group) {
        return resources.stream()
                .filter(resource -> resource.type().equals(type))
                .filter(resource -> name.isEmpty()
                        || resource.name().equals(of(name)) && resource.group().equals(group))
                .findFirst()
                .orElseThrow();
    }

    private void add(Part.Network network) {
        String name = network.machine();
        Optional<Resource> rules = Optional.empty();
        Optional<Resource> address = Optional.empty();
        Value subnet;
        if (network.kind() instanceof Part.Network.InSubnet in) {
            subnet = of(in.id());
        } else {
            Optional<Value> gateway = Optional.empty();
            if (network.kind() instanceof Part.Network.PublicAddress open) {
                rules = Optional.of(rules(network, open));
                address = Optional.of(address(network, "address", name + "PublicIP"));
                outputs.put(address.get().symbol(), new Property(address.get(), "properties.ipAddress"));
            } else {
                gateway = Optional.of(gateway(network));
            }
            Resource own = network(network, gateway);
            subnet = joined(new Id(own), of("/subnets/" + name + "Subnet"));
        }
        Map<Value, Value> ip = new LinkedHashMap<>();
        ip.put(of("primary"), of(true));
        ip.put(of("privateIPAllocationMethod"), of("Dynamic"));
        ip.put(of("subnet"), fields("id", subnet));
        address.ifPresent(made -> ip.put(of("publicIPAddress"), fields("id", new Id(made))));
        Map<Value, Value> properties = new LinkedHashMap<>();
        properties.put(
                of("ipConfigurations"), items(fields("name", of("ipconfig" + name), "properties", new Fields(ip))));
        rules.ifPresent(made -> properties.put(of("networkSecurityGroup"), fields("id", new Id(made))));
        onNetwork(
                network,
                "interface",
                "networkInterfaces",
                name + "VMNic",
                Map.of("properties", new Fields(properties)));
    }

    private Resource onNetwork(Part.Network network, String kind, String type, String name, Map<String, Value> others) {
        Map<String, Value> body = new LinkedHashMap<>();
        body.put(LOCATION, PLACE);
        if (others.containsKey("sku")) {
            body.put("sku", others.get("sku"));
        }
        body.put("properties", others.get("properties"));
        return declare(
                symbol(kind, network.machine()), "Microsoft.Network/" + type, NETWORK_VERSION, of(name), network, body);
    }

    private Resource rules(Part.Network network, Part.Network.PublicAddress open) {
        if (open.needsSsh() && open.sshFrom().isEmpty()) {
            parameters.put(
                    SSH_FROM,
                    new Parameter("The addresses that may reach port 22, such as 203.0.113.7/32.", Optional.empty()));
        }
        Optional<Value> from = open.sshFrom()
                .map(Value::of)
                .or(() -> Optional.<Value>of(new Value.Parameter(SSH_FROM)).filter(any -> open.needsSsh()));
        Value rules = from.map(source -> items(fields(
                        "name",
                        of("default-allow-ssh"),
                        "properties",
                        fields(
                                "priority",
                                of(1000),
                                "access",
                                of("Allow"),
                                "direction",
                                of("Inbound"),
                                "protocol",
                                of("Tcp"),
                                "sourceAddressPrefix",
                                source,
                                "sourcePortRange",
                                of("*"),
                                "destinationAddressPrefix",
                                of("*"),
                                "destinationPortRange",
                                of("22")))))
                .orElseGet(Value::items);
        return onNetwork(
                network,
                "rules",
                "networkSecurityGroups",
                network.machine() + "NSG",
                Map.of("properties", fields("securityRules", rules)));
    }

    private Resource address(Part.Network network, String kind, String name) {
        return onNetwork(
                network,
                kind,
                "publicIPAddresses",
                name,
                Map.of(
                        "sku",
                        fields("name", of("Standard")),
                        "properties",
                        fields("publicIPAllocationMethod", of("Static"))));
    }

    private Value gateway(Part.Network network) {
        Resource address = address(network, "gatewayAddress", network.machine() + "NATIP");
        Resource gateway = onNetwork(
                network,
                "gateway",
                "natGateways",
                network.machine() + "NAT",
                Map.of(
                        "sku",
                        fields("name", of("Standard")),
                        "properties",
                        fields("publicIpAddresses", items(fields("id", new Id(address))))));
        return fields("id", new Id(gateway));
    }

    private Resource network(Part.Network network, Optional<Value> gateway) {
        Map<Value, Value> subnet = new LinkedHashMap<>();
        subnet.put(of("addressPrefix"), of("10.0.0.0/24"));
        gateway.ifPresent(made -> subnet.put(of("natGateway"), made));
        return onNetwork(
                network,
                "network",
                "virtualNetworks",
                network.machine() + "VNET",
                Map.of(
                        "properties",
                        fields(
                                "addressSpace",
                                fields("addressPrefixes", items(of("10.0.0.0/16"))),
                                "subnets",
                                items(fields(
                                        "name", of(network.machine() + "Subnet"), "properties", new Fields(subnet))))));
    }

    private void add(Part.Machine machine) {
        Map<String, Value> body =
                machine.made().map(made -> body(machine, made)).orElseGet(Map::of);
        declare(symbol("machine", machine.name()), MACHINE, MACHINE_VERSION, of(machine.name()), machine, body);
    }

    private Map<String, Value> body(Part.Machine machine, Part.NewMachine made) {
        if (made.size().isEmpty()) {
            parameters.put(SIZE, new Parameter("A size of virtual machines that can be had there.", Optional.empty()));
        }
        if (made.publicKey().isEmpty()) {
            parameters.put(
                    PUBLIC_KEY,
                    new Parameter(
                            "The public key that opens the new virtual machines, as in ~/.ssh/id_ed25519.pub.",
                            Optional.empty()));
        }
        Map<String, Value> body = new LinkedHashMap<>();
        body.put(LOCATION, PLACE);
        Map<Value, Value> shared = new LinkedHashMap<>();
        if (made.sharedIdentity()) {
            shared.put(new Id(identity()), new Fields(Map.of()));
        }
        body.put(
                "identity",
                made.sharedIdentity()
                        ? fields("type", of("UserAssigned"), "userAssignedIdentities", new Fields(shared))
                        : fields("type", of("SystemAssigned")));
        Map<Value, Value> os = new LinkedHashMap<>();
        os.put(of("computerName"), of(machine.name()));
        os.put(of("adminUsername"), of(made.adminUser()));
        Optional.ofNullable(boots.get(machine.label()))
                .ifPresent(boot -> os.put(of("customData"), new Base64(new Value.Joined(boot.with(this::value)))));
        os.put(of("linuxConfiguration"), keysOnly(made));
        Resource nic = find("Microsoft.Network/networkInterfaces", machine.name() + "VMNic", machine.group());
        body.put(
                "properties",
                fields(
                        "hardwareProfile",
                        fields("vmSize", made.size().map(Value::of).orElseGet(() -> new Value.Parameter(SIZE))),
                        "storageProfile",
                        fields(
                                "imageReference",
                                fields(
                                        "publisher",
                                        of(made.image().publisher()),
                                        "offer",
                                        of(made.image().offer()),
                                        "sku",
                                        of(made.image().sku()),
                                        "version",
                                        of(made.image().version())),
                                "osDisk",
                                fields("createOption", of("FromImage"), "deleteOption", of("Delete"))),
                        "osProfile",
                        new Fields(os),
                        "networkProfile",
                        fields(
                                "networkInterfaces",
                                items(fields(
                                        "id",
                                        new Id(nic),
                                        "properties",
                                        fields("primary", of(true), "deleteOption", of("Detach")))))));
        return body;
    }

    private static Value keysOnly(Part.NewMachine made) {
        return fields(
                "disablePasswordAuthentication",
                of(true),
                "ssh",
                fields(
                        "publicKeys",
                        items(fields(
                                "path",
                                of("/home/" + made.adminUser() + "/.ssh/authorized_keys"),
                                "keyData",
                                made.publicKey().map(Value::of).orElseGet(() -> new Value.Parameter(PUBLIC_KEY))))));
    }

    /** What only Azure knows. */
    private Value value(Boot.Variable variable) {
        return switch (variable) {
            case LOGIN_SERVER ->
                new Property(find("Microsoft.ContainerRegistry/registries", "", ""), "properties.loginServer");
            case IDENTITY_ID -> new Id(identity());
            case CLIENT_ID -> new Property(identity(), "properties.clientId");
        };
    }

    /** A name for Bicep. */
    private String symbol(String kind, String name) {
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
