package io.keylesspull.setup.export;

import static io.keylesspull.setup.export.Value.fields;
import static io.keylesspull.setup.export.Value.items;
import static io.keylesspull.setup.export.Value.joined;
import static io.keylesspull.setup.export.Value.of;

import io.keylesspull.setup.export.Value.Fields;
import io.keylesspull.setup.export.Value.Id;
import io.keylesspull.setup.export.Value.Property;
import io.keylesspull.setup.template.Part;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a new machine or scale set needs of the network, as resources. @param all gets them */
record DeclaredNetwork(Declared all, Part.Network network) {

    static final String SSH_FROM = "sshSource";

    private static final String VERSION = "2025-03-01";

    void add() {
        if (network.kind() instanceof Part.Network.OfScaleSet) {
            ofScaleSet();
            return;
        }
        String name = network.machine();
        Optional<Resource> rules = Optional.empty();
        Optional<Resource> address = Optional.empty();
        Value subnet;
        if (network.kind() instanceof Part.Network.InSubnet in) {
            subnet = of(in.id());
        } else {
            Optional<Value> gateway = Optional.empty();
            if (network.kind() instanceof Part.Network.PublicAddress open) {
                rules = Optional.of(rules(open));
                address = Optional.of(address("address", name + "PublicIP"));
                all.output(address.get().symbol(), new Property(address.get(), "properties.ipAddress"));
            } else {
                gateway = Optional.of(gateway());
            }
            Resource own = network("10.0.0.0/24", gateway, Optional.empty());
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
        declare("interface", "networkInterfaces", name + "VMNic", Map.of("properties", new Fields(properties)));
    }

    private Resource declare(String kind, String type, String name, Map<String, Value> others) {
        Map<String, Value> body = new LinkedHashMap<>();
        body.put(Declared.LOCATION, Declared.PLACE);
        if (others.containsKey("sku")) {
            body.put("sku", others.get("sku"));
        }
        body.put("properties", others.get("properties"));
        return all.declare(
                all.symbol(kind, network.machine()), "Microsoft.Network/" + type, VERSION, of(name), network, body);
    }

    private Resource rules(Part.Network.PublicAddress open) {
        Optional<Value> from = open.sshFrom()
                .map(Value::of)
                .or(() -> Optional.of(open)
                        .filter(Part.Network.PublicAddress::needsSsh)
                        .map(any -> all.parameter(
                                SSH_FROM,
                                "The addresses that may reach port 22, such as 203.0.113.7/32.",
                                Optional.empty())));
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
        return rules(rules);
    }

    private Resource rules(Value rules) {
        return declare(
                "rules",
                "networkSecurityGroups",
                network.machine() + "NSG",
                Map.of("properties", fields("securityRules", rules)));
    }

    private Resource address(String kind, String name) {
        return declare(
                kind,
                "publicIPAddresses",
                name,
                Map.of(
                        "sku",
                        fields("name", of("Standard")),
                        "properties",
                        fields("publicIPAllocationMethod", of("Static"))));
    }

    private Value gateway() {
        Resource address = address("gatewayAddress", network.machine() + "NATIP");
        Resource gateway = declare(
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

    /** Nobody can reach the instances: their rules let nobody in, and Azure's own only what is in the network. */
    private void ofScaleSet() {
        Resource rules = rules(items());
        network(Part.Network.OF_SCALE_SET, Optional.of(gateway()), Optional.of(rules));
    }

    private Resource network(String range, Optional<Value> gateway, Optional<Resource> rules) {
        Map<Value, Value> subnet = new LinkedHashMap<>();
        subnet.put(of("addressPrefix"), of(range));
        gateway.ifPresent(made -> subnet.put(of("natGateway"), made));
        rules.ifPresent(made -> subnet.put(of("networkSecurityGroup"), fields("id", new Id(made))));
        return declare(
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
}
