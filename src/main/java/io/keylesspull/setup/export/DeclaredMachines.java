package io.keylesspull.setup.export;

import static io.keylesspull.setup.export.Value.fields;
import static io.keylesspull.setup.export.Value.items;
import static io.keylesspull.setup.export.Value.joined;
import static io.keylesspull.setup.export.Value.of;

import io.keylesspull.azure.model.NewMachine;
import io.keylesspull.setup.export.Value.Base64;
import io.keylesspull.setup.export.Value.Fields;
import io.keylesspull.setup.export.Value.Id;
import io.keylesspull.setup.export.Value.Property;
import io.keylesspull.setup.template.Part;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Machines and scale sets as resources. Source for scale sets: learn.microsoft.com/azure/templates/microsoft.compute/
 * virtualmachinescalesets.
 *
 * @param all gets them
 * @param boots what they do when they start for the first time, by what the setup calls them
 */
record DeclaredMachines(Declared all, Map<String, Boot> boots) {

    static final String MACHINE = "Microsoft.Compute/virtualMachines";
    static final String PUBLIC_KEY = "sshPublicKey";
    static final String SIZE = "vmSize";

    private static final String SCALE_SET = "Microsoft.Compute/virtualMachineScaleSets";
    private static final String VERSION = "2025-04-01";
    private static final int LONGEST_PREFIX = 15;

    void add(Part.Machine machine) {
        Map<String, Value> body =
                machine.made().map(made -> body(machine, made)).orElseGet(Map::of);
        all.declare(all.symbol("machine", machine.name()), MACHINE, VERSION, of(machine.name()), machine, body);
    }

    void add(Part.ScaleSet set) {
        Part.NewMachine made = set.made();
        Resource network = all.find("Microsoft.Network/virtualNetworks", set.name() + "VNET", set.group());
        Map<String, Value> body = new LinkedHashMap<>();
        body.put(Declared.LOCATION, Declared.PLACE);
        body.put("identity", identity(made));
        body.put("sku", fields("name", size(made), "tier", of("Standard"), "capacity", of(set.instances())));
        body.put(
                "properties",
                fields(
                        "orchestrationMode",
                        of("Flexible"),
                        // As many instances as there can be: spread over as many hosts as possible, in no fixed number.
                        "platformFaultDomainCount",
                        of(1),
                        "singlePlacementGroup",
                        of(false),
                        "virtualMachineProfile",
                        fields(
                                "storageProfile",
                                storage(made),
                                "osProfile",
                                system("computerNamePrefix", prefix(set.name()), set.label(), made),
                                "networkProfile",
                                interfaces(set, network))));
        all.declare(all.symbol("fleet", set.name()), SCALE_SET, VERSION, of(set.name()), set, body);
    }

    /** Azure documents up to 15 characters for all systems, and puts six of its own after them. */
    private static String prefix(String name) {
        String start = name.substring(0, Math.min(LONGEST_PREFIX, name.length()));
        return start.endsWith("-") ? start.substring(0, start.length() - 1) : start;
    }

    private static Value interfaces(Part.ScaleSet set, Resource network) {
        Value ip = fields(
                "name",
                of("ipconfig" + set.name()),
                "properties",
                fields(
                        "primary",
                        of(true),
                        "subnet",
                        fields("id", joined(new Id(network), of("/subnets/" + set.name() + "Subnet")))));
        return fields(
                "networkApiVersion",
                of("2020-11-01"),
                "networkInterfaceConfigurations",
                items(fields(
                        "name",
                        of(set.name() + "Nic"),
                        "properties",
                        fields("primary", of(true), "deleteOption", of("Delete"), "ipConfigurations", items(ip)))));
    }

    private Map<String, Value> body(Part.Machine machine, Part.NewMachine made) {
        Map<String, Value> body = new LinkedHashMap<>();
        body.put(Declared.LOCATION, Declared.PLACE);
        body.put("identity", identity(made));
        Resource nic = all.find("Microsoft.Network/networkInterfaces", machine.name() + "VMNic", machine.group());
        body.put(
                "properties",
                fields(
                        "hardwareProfile",
                        fields("vmSize", size(made)),
                        "storageProfile",
                        storage(made),
                        "osProfile",
                        system("computerName", machine.name(), machine.label(), made),
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

    private Value size(Part.NewMachine made) {
        return made.size()
                .map(Value::of)
                .orElseGet(() ->
                        all.parameter(SIZE, "A size of virtual machines that can be had there.", Optional.empty()));
    }

    private Value identity(Part.NewMachine made) {
        if (!made.sharedIdentity()) {
            return fields("type", of("SystemAssigned"));
        }
        return fields(
                "type",
                of("UserAssigned"),
                "userAssignedIdentities",
                new Fields(Map.of(new Id(all.identity()), new Fields(Map.of()))));
    }

    private static Value storage(Part.NewMachine made) {
        return fields(
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
                fields(
                        "createOption",
                        of("FromImage"),
                        "deleteOption",
                        of("Delete"),
                        "diskSizeGB",
                        of(NewMachine.DISK.gibibytes()),
                        "managedDisk",
                        fields("storageAccountType", of(NewMachine.DISK.type()))));
    }

    /** @param nameField how the host's name is given @param label what the setup calls it */
    private Value system(String nameField, String name, String label, Part.NewMachine made) {
        Map<Value, Value> os = new LinkedHashMap<>();
        os.put(of(nameField), of(name));
        os.put(of("adminUsername"), of(made.adminUser()));
        Optional.ofNullable(boots.get(label))
                .ifPresent(boot -> os.put(of("customData"), new Base64(new Value.Joined(boot.with(this::value)))));
        os.put(of("linuxConfiguration"), keysOnly(made));
        return new Fields(os);
    }

    private Value keysOnly(Part.NewMachine made) {
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
                                made.publicKey()
                                        .map(Value::of)
                                        .orElseGet(() -> all.parameter(
                                                PUBLIC_KEY,
                                                "The public key that opens the new virtual machines, as in"
                                                        + " ~/.ssh/id_ed25519.pub.",
                                                Optional.empty()))))));
    }

    /** What only Azure knows. */
    private Value value(Boot.Variable variable) {
        return switch (variable) {
            case LOGIN_SERVER -> new Property(all.registry(), "properties.loginServer");
            case IDENTITY_ID -> new Id(all.identity());
            case CLIENT_ID -> new Property(all.identity(), "properties.clientId");
        };
    }
}
