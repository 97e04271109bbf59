package io.keylesspull.setup.export;

import io.keylesspull.azure.model.AzureCloud;
import io.keylesspull.azure.model.NewMachine;
import io.keylesspull.setup.template.Part;
import io.keylesspull.setup.template.Template;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A description as a Terraform configuration for the provider azurerm. Source of the names: the provider's
 * documentation.
 */
final class Terraform {

    static final List<String> DEPLOYING = List.of("terraform init", "terraform apply");

    /** The first that knows {@code role_assignment_mode} (terraform-provider-azurerm issue 29599). */
    private static final String PROVIDER_VERSION = "~> 4.81";

    private static final String PLACE = "var.location";

    private final Template template;
    private final Map<String, Boot> boots;
    private final Map<String, Block> variables = new LinkedHashMap<>();
    private final Map<String, Block> blocks = new LinkedHashMap<>();
    private final Map<String, Block> outputs = new LinkedHashMap<>();
    private final Map<Part, String> addresses = new HashMap<>();
    private final Map<String, String> interfaces = new HashMap<>();
    private final Map<String, String> subnets = new HashMap<>();
    private final Map<String, List<String>> joints = new HashMap<>();

    private Terraform(Template template, Map<String, Boot> boots) {
        this.template = template;
        this.boots = boots;
    }

    static String text(Template template, Map<String, Boot> boots, Notes notes) {
        return new Terraform(template, boots).write(notes);
    }

    private String write(Notes notes) {
        variable("location", "Where everything new is made.").text("default", template.location());
        template.parts().forEach(this::add);
        StringBuilder text = new StringBuilder();
        notes.before().forEach(line -> comment(text, line));
        Block azurerm = new Block("azurerm =");
        azurerm.text("source", "hashicorp/azurerm").text("version", PROVIDER_VERSION);
        Block providers = new Block("required_providers").add(azurerm);
        block(text, new Block("terraform").add(providers));
        block(text, provider());
        dropUnused();
        variables.values().forEach(block -> block(text, block));
        blocks.values().forEach(block -> block(text, block));
        outputs.values().forEach(block -> block(text, block));
        text.append('\n');
        notes.afterwards().forEach(line -> comment(text, line));
        return text.toString();
    }

    /**
     * Since its version 4 the provider wants to be told: 4.0 Upgrade Guide, "Specifying Subscription ID is now
     * mandatory". The environments: its documentation, "environment".
     */
    private Block provider() {
        Block provider = new Block("provider", "azurerm");
        if (template.cloud() != AzureCloud.PUBLIC) {
            provider.text("environment", template.cloud() == AzureCloud.CHINA ? "china" : "usgovernment");
        }
        template.subscription().ifPresentOrElse(one -> provider.text("subscription_id", one.id()), () -> {
            variable(
                    "subscription_id",
                    "The id of the subscription to work in, as az account show --query id prints it.");
            provider.set("subscription_id", "var.subscription_id");
        });
        return provider.add(new Block("features"));
    }

    /** What exists is declared, and a place is asked for, only where something refers to it. */
    private void dropUnused() {
        blocks.keySet().removeIf(address -> address.startsWith("data.") && !isUsed(address));
        if (!isUsed(PLACE)) {
            variables.remove("location");
        }
    }

    private boolean isUsed(String name) {
        Pattern use = Pattern.compile("(?<![\\w.])" + Pattern.quote(name) + "(?!\\w)");
        return Stream.concat(blocks.values().stream(), outputs.values().stream())
                .anyMatch(block -> use.matcher(block.toString()).find());
    }

    private static void comment(StringBuilder text, String line) {
        text.append("# ").append(line).append('\n');
    }

    private static void block(StringBuilder text, Block block) {
        text.append('\n').append(block).append('\n');
    }

    private Block variable(String name, String words) {
        return variables.computeIfAbsent(
                name, any -> new Block("variable", name).set("type", "string").text("description", words));
    }

    private void add(Part part) {
        if (part instanceof Part.Group group && !group.exists()) {
            resource(group, "resource_group", "setup")
                    .text("name", group.group())
                    .set("location", PLACE);
        } else if (part instanceof Part.Registry registry) {
            add(registry);
        } else if (part instanceof Part.Identity identity) {
            add(identity);
        } else if (part instanceof Part.Network network) {
            add(network);
        } else if (part instanceof Part.Machine machine) {
            add(machine);
        } else if (part instanceof Part.ScaleSet set) {
            add(set);
        } else if (part instanceof Part.Cluster cluster) {
            data(cluster, "kubernetes_cluster", name("cluster", cluster.name()), cluster.name());
        } else if (part instanceof Part.Grant grant && !grant.exists()) {
            add(grant);
        }
    }

    /** @param part that others refer to by it */
    private Block resource(Part part, String kind, String name) {
        return declared(part, "resource", kind, name);
    }

    private Block data(Part part, String kind, String name, String inAzure) {
        return declared(part, "data", kind, name).text("name", inAzure).set("resource_group_name", group(part.group()));
    }

    private Block declared(Part part, String how, String kind, String wanted) {
        String name = wanted;
        String address = address(how, kind, name);
        for (int i = 2; blocks.containsKey(address); i++) {
            name = wanted + "_" + i;
            address = address(how, kind, name);
        }
        Block block = new Block(how, "azurerm_" + kind, name);
        blocks.put(address, block);
        addresses.put(part, address);
        return block;
    }

    private String addressOf(Part part) {
        return Optional.ofNullable(addresses.get(part)).orElseThrow();
    }

    private static String address(String how, String kind, String name) {
        return (how.equals("data") ? "data." : "") + "azurerm_" + kind + "." + name;
    }

    /** The group's name, or a reference to it if it is new: so it is made first. */
    private String group(String name) {
        return template.parts(Part.Group.class)
                .filter(group -> !group.exists() && group.group().equalsIgnoreCase(name))
                .map(group -> addressOf(group) + ".name")
                .findFirst()
                .orElseGet(() -> Block.quoted(name));
    }

    private Block inGroup(Part part, Block block, String name) {
        return block.text("name", name)
                .set("resource_group_name", group(part.group()))
                .set("location", PLACE);
    }

    private static String name(String kind, String name) {
        return kind + "_" + name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
    }

    private void add(Part.Registry registry) {
        if (registry.exists()) {
            data(registry, "container_registry", "registry", registry.name());
        } else {
            inGroup(registry, resource(registry, "container_registry", "registry"), registry.name())
                    .text("sku", registry.sku())
                    .set("admin_enabled", "false")
                    .text(
                            "role_assignment_mode",
                            registry.abac() ? "AbacRepositoryPermissions" : "LegacyRegistryPermissions");
        }
        String address = addressOf(registry);
        outputs.put(
                "image",
                new Block("output", "image")
                        .set("value", "\"${" + address + ".login_server}/" + registry.image() + "\""));
    }

    private void add(Part.Identity identity) {
        if (identity.exists()) {
            data(identity, "user_assigned_identity", "identity", identity.name());
        } else {
            inGroup(identity, resource(identity, "user_assigned_identity", "identity"), identity.name());
        }
    }

    private void add(Part.Grant grant) {
        Block block = resource(grant, "role_assignment", "role")
                .set("scope", registry() + ".id")
                .text("role_definition_name", grant.role().name())
                .set("principal_id", principal(grant.to()))
                .text("principal_type", "ServicePrincipal");
        if (!grant.condition().isEmpty()) {
            block.text("condition", grant.condition()).text("condition_version", "2.0");
        }
        // A new principal is not known everywhere at once.
        block.set("skip_service_principal_aad_check", "true");
    }

    private String principal(Part.Principal principal) {
        if (principal instanceof Part.Principal.OwnOf own) {
            return machine(own.machine(), own.group()) + ".identity[0].principal_id";
        }
        if (principal instanceof Part.Principal.KubeletOf kubelet) {
            return template.parts(Part.Cluster.class)
                            .filter(cluster -> cluster.name().equals(kubelet.cluster())
                                    && cluster.group().equals(kubelet.group()))
                            .map(this::addressOf)
                            .findFirst()
                            .orElseThrow()
                    + ".kubelet_identity[0].object_id";
        }
        return identity() + ".principal_id";
    }

    private String registry() {
        return template.parts(Part.Registry.class)
                .map(this::addressOf)
                .findFirst()
                .orElseThrow();
    }

    private String identity() {
        return template.parts(Part.Identity.class)
                .map(this::addressOf)
                .findFirst()
                .orElseThrow();
    }

    private String machine(String name, String group) {
        return template.parts(Part.Machine.class)
                .filter(machine ->
                        machine.name().equals(name) && machine.group().equals(group))
                .map(this::addressOf)
                .findFirst()
                .orElseThrow();
    }

    private void add(Part.Network network) {
        String machine = network.machine();
        if (network.kind() instanceof Part.Network.OfScaleSet) {
            ofScaleSet(network);
            return;
        }
        Block ip = new Block("ip_configuration").text("name", "ipconfig" + machine);
        if (network.kind() instanceof Part.Network.InSubnet in) {
            ip.text("subnet_id", in.id());
        } else {
            ip.set("subnet_id", subnet(network, "10.0.0.0/24") + ".id");
        }
        ip.text("private_ip_address_allocation", "Dynamic");
        Optional<String> rules = Optional.empty();
        if (network.kind() instanceof Part.Network.PublicAddress open) {
            String address = address(network, "address", machine + "PublicIP");
            ip.set("public_ip_address_id", address + ".id");
            rules = Optional.of(rules(network, open));
            outputs.put(
                    name("address", machine),
                    new Block("output", name("address", machine)).set("value", address + ".ip_address"));
        }
        inGroup(network, resource(network, "network_interface", name("interface", machine)), machine + "VMNic")
                .add(ip);
        String made = addressOf(network);
        interfaces.put(network.group() + "/" + machine, made);
        rules.ifPresent(group -> joint(network, "network_interface_security_group_association", name("rules", machine))
                .set("network_interface_id", made + ".id")
                .set("network_security_group_id", group + ".id"));
        if (network.kind() instanceof Part.Network.BehindGateway) {
            gateway(network);
        }
    }

    /** Without rules of its own nobody outside is let in. */
    private void ofScaleSet(Part.Network network) {
        String machine = network.machine();
        inGroup(network, resource(network, "network_security_group", name("rules", machine)), machine + "NSG");
        String rules = addressOf(network);
        String subnet = subnet(network, Part.Network.OF_SCALE_SET);
        subnets.put(network.group() + "/" + machine, subnet);
        joint(network, "subnet_network_security_group_association", name("rules", machine))
                .set("subnet_id", subnet + ".id")
                .set("network_security_group_id", rules + ".id");
        gateway(network);
    }

    private String subnet(Part.Network network, String range) {
        String machine = network.machine();
        inGroup(network, resource(network, "virtual_network", name("network", machine)), machine + "VNET")
                .set("address_space", "[\"10.0.0.0/16\"]");
        String own = addressOf(network);
        resource(network, "subnet", name("subnet", machine))
                .text("name", machine + "Subnet")
                .set("resource_group_name", group(network.group()))
                .set("virtual_network_name", own + ".name")
                .set("address_prefixes", "[\"" + range + "\"]");
        return addressOf(network);
    }

    private String address(Part.Network network, String kind, String name) {
        inGroup(network, resource(network, "public_ip", name(kind, network.machine())), name)
                .text("sku", "Standard")
                .text("allocation_method", "Static");
        return addressOf(network);
    }

    private String rules(Part.Network network, Part.Network.PublicAddress open) {
        Block rules = inGroup(
                network,
                resource(network, "network_security_group", name("rules", network.machine())),
                network.machine() + "NSG");
        String address = addressOf(network);
        if (open.sshFrom().isPresent() || open.needsSsh()) {
            if (open.sshFrom().isEmpty()) {
                variable("ssh_source", "The addresses that may reach port 22, such as 203.0.113.7/32.");
            }
            rules.add(new Block("security_rule")
                    .text("name", "default-allow-ssh")
                    .set("priority", "1000")
                    .text("access", "Allow")
                    .text("direction", "Inbound")
                    .text("protocol", "Tcp")
                    .set(
                            "source_address_prefix",
                            open.sshFrom().map(Block::quoted).orElse("var.ssh_source"))
                    .text("source_port_range", "*")
                    .text("destination_address_prefix", "*")
                    .text("destination_port_range", "22"));
        }
        return address;
    }

    private void gateway(Part.Network network) {
        String machine = network.machine();
        String subnet = "azurerm_subnet." + name("subnet", machine);
        String address = address(network, "gateway_address", machine + "NATIP");
        inGroup(network, resource(network, "nat_gateway", name("gateway", machine)), machine + "NAT")
                .text("sku_name", "Standard");
        String gateway = addressOf(network);
        joint(network, "nat_gateway_public_ip_association", name("gateway", machine))
                .set("nat_gateway_id", gateway + ".id")
                .set("public_ip_address_id", address + ".id");
        joint(network, "subnet_nat_gateway_association", name("gateway", machine))
                .set("subnet_id", subnet + ".id")
                .set("nat_gateway_id", gateway + ".id");
    }

    /** A resource that joins two others: what boots in this network refers to neither, and has to wait for it. */
    private Block joint(Part.Network network, String kind, String name) {
        Block joint = resource(network, kind, name);
        joints.computeIfAbsent(network.group() + "/" + network.machine(), any -> new ArrayList<>())
                .add(addressOf(network));
        return joint;
    }

    /** Without its network a machine would boot, and find no way out for what it installs. */
    private void waiting(Block block, String group, String name) {
        List<String> all = joints.getOrDefault(group + "/" + name, List.of());
        if (!all.isEmpty()) {
            block.set(
                    "depends_on",
                    all.stream().map(one -> "    " + one + ",\n").collect(Collectors.joining("", "[\n", "  ]")));
        }
    }

    private void add(Part.Machine machine) {
        String name = name("machine", machine.name());
        if (machine.made().isEmpty()) {
            data(machine, "virtual_machine", name, machine.name());
            return;
        }
        Part.NewMachine made = machine.made().get();
        String publicKey = publicKey(made);
        Block block = inGroup(machine, resource(machine, "linux_virtual_machine", name), machine.name())
                .set("size", size(made))
                .text("admin_username", made.adminUser())
                .set("network_interface_ids", "[" + interfaces.get(machine.group() + "/" + machine.name()) + ".id]");
        Optional.ofNullable(boots.get(machine.label()))
                .ifPresent(boot -> block.set("custom_data", "base64encode(" + heredoc(boot) + "  )"));
        identity(block, made);
        block.add(key(made, publicKey));
        storage(block, made);
        waiting(block, machine.group(), machine.name());
    }

    private String size(Part.NewMachine made) {
        return made.size().map(Block::quoted).orElseGet(() -> {
            variable("vm_size", "A size of virtual machines that can be had there.");
            return "var.vm_size";
        });
    }

    private String publicKey(Part.NewMachine made) {
        return made.publicKey().map(Block::quoted).orElseGet(() -> {
            variable(
                    "ssh_public_key",
                    "The public key that opens the new virtual machines, as in ~/.ssh/id_ed25519.pub.");
            return "var.ssh_public_key";
        });
    }

    private void identity(Block block, Part.NewMachine made) {
        Block identity = new Block("identity");
        if (made.sharedIdentity()) {
            identity.text("type", "UserAssigned").set("identity_ids", "[" + identity() + ".id]");
        } else {
            identity.text("type", "SystemAssigned");
        }
        block.add(identity);
    }

    private static void storage(Block block, Part.NewMachine made) {
        block.add(new Block("os_disk")
                        .text("caching", "ReadWrite")
                        .text("storage_account_type", NewMachine.DISK.type())
                        .set("disk_size_gb", String.valueOf(NewMachine.DISK.gibibytes())))
                .add(new Block("source_image_reference")
                        .text("publisher", made.image().publisher())
                        .text("offer", made.image().offer())
                        .text("sku", made.image().sku())
                        .text("version", made.image().version()));
    }

    private static Block key(Part.NewMachine made, String publicKey) {
        return new Block("admin_ssh_key").text("username", made.adminUser()).set("public_key", publicKey);
    }

    /** Source: the provider's documentation of azurerm_orchestrated_virtual_machine_scale_set. */
    private void add(Part.ScaleSet set) {
        Part.NewMachine made = set.made();
        String publicKey = publicKey(made);
        Block block = inGroup(
                        set,
                        resource(set, "orchestrated_virtual_machine_scale_set", name("fleet", set.name())),
                        set.name())
                .set("sku_name", size(made))
                .set("instances", String.valueOf(set.instances()))
                .set("platform_fault_domain_count", "1");
        Block system = new Block("os_profile");
        Optional.ofNullable(boots.get(set.label())).ifPresent(boot -> {
            // In a block within a block the text would be indented, and no longer be what cloud-init knows.
            String name = name("boot", set.name());
            blocks.put(
                    "local." + name, new Block("locals").set(name, heredoc(boot).stripTrailing()));
            system.set("custom_data", "base64encode(local." + name + ")");
        });
        system.add(new Block("linux_configuration")
                .text("admin_username", made.adminUser())
                .add(key(made, publicKey)));
        block.add(system)
                .add(new Block("network_interface")
                        .text("name", set.name() + "Nic")
                        .set("primary", "true")
                        .add(new Block("ip_configuration")
                                .text("name", "ipconfig" + set.name())
                                .set("primary", "true")
                                .set("subnet_id", subnets.get(set.group() + "/" + set.name()) + ".id")));
        identity(block, made);
        storage(block, made);
        waiting(block, set.group(), set.name());
    }

    private String heredoc(Boot boot) {
        return boot.pieces().stream()
                .map(piece -> piece instanceof Boot.Variable variable
                        ? "${" + value(variable) + "}"
                        : Block.escaped((String) piece))
                .collect(Collectors.joining("", "<<END_OF_DATA\n", "END_OF_DATA\n"));
    }

    private String value(Boot.Variable variable) {
        return switch (variable) {
            case LOGIN_SERVER -> registry() + ".login_server";
            case IDENTITY_ID -> identity() + ".id";
            case CLIENT_ID -> identity() + ".client_id";
        };
    }
}
