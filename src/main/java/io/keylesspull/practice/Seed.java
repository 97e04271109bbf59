package io.keylesspull.practice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.directory.PracticeApp;
import io.keylesspull.practice.registry.ImageStore;
import io.keylesspull.practice.registry.RegistryImage;
import io.keylesspull.practice.wire.HttpService;
import io.keylesspull.practice.wire.Request;
import io.keylesspull.practice.wire.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** Makes the resources that the practice cloud starts with, by calls to the control plane. */
final class Seed {

    static final String REGISTRIES = "practiceRegistries";
    static final String MACHINES = "practiceMachines";
    static final String CLUSTER_GROUP = "practiceClusters";
    static final String MANY = "manyMachines";
    static final String ADMIN = "azureuser";
    static final String JUMP_MACHINE = "practiceJump";
    /** Its network is its own, and it has no public address: only Run Command reaches it. */
    static final String AGENT_MACHINE = "practiceAgentOnly";
    /** A subnet beside that machine's, which gives no way out. */
    private static final String CLOSED_SUBNET = "practiceClosedSubnet";
    /** Its name on the internet. */
    static final String JUMP_HOST = "practicejump.japaneast.cloudapp.azure.com";
    /** Its address in its virtual network, which is the first that Azure gives out there. */
    static final String JUMP_HOST_INSIDE = "10.0.0.4";

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String HOST = "https://management.azure.com";
    private static final String LOCATION = "japaneast";
    private static final String CLUSTERS = "2025-09-01";
    private static final String ACR_PULL = "7f951dda-4ed3-4680-a7ca-43fe172d538d";
    private static final String MICROSOFT = "mcr.microsoft.com";

    private final HttpService controlPlane;
    private final String token;
    private final String subscription;

    /** @param token of an owner of the subscription */
    Seed(HttpService controlPlane, String token, String subscriptionId) {
        this.controlPlane = controlPlane;
        this.token = token;
        this.subscription = "/subscriptions/" + subscriptionId;
    }

    void groups() {
        put(group(REGISTRIES), "2021-04-01", located());
        put(group(MACHINES), "2021-04-01", located());
        put(group(CLUSTER_GROUP), "2021-04-01", located());
    }

    /** A resource group in which nothing may be created or changed. */
    void lockedGroup(String name) {
        put(group(name), "2021-04-01", located());
        ObjectNode lock = JsonNodeFactory.instance.objectNode();
        lock.putObject("properties").put("level", "ReadOnly").put("notes", "Shared by all teams");
        put(group(name) + "/providers/Microsoft.Authorization/locks/shared", "2016-09-01", lock);
    }

    void registries(ImageStore images) {
        registry("practiceclassic", "Basic", false);
        registry("practiceabac", "Standard", true);
        registry("practicelocked", "Premium", false);
        String labelled = labelledRegistry("practicelabelled");
        openRegistry(images);
        images.copy(
                new RegistryImage(MICROSOFT, "azuredocs/aci-helloworld", "latest"),
                new RegistryImage("practiceclassic.azurecr.io", "aci-helloworld", "v1"));
        images.seed(new RegistryImage("practiceclassic.azurecr.io", "web/frontend", "1.0"));
        images.seed(new RegistryImage("practiceclassic.azurecr.io", "web/frontend", "1.1"));
        images.seed(new RegistryImage("practiceclassic.azurecr.io", "batch/report", "2024.2"));
        images.copy(
                new RegistryImage(MICROSOFT, "azuredocs/aci-helloworld", "latest"),
                new RegistryImage("practiceabac.azurecr.io", "aci-helloworld", "v1"));
        images.seed(new RegistryImage("practiceabac.azurecr.io", "team/api", "3.2"));
        images.seed(new RegistryImage("practicelocked.azurecr.io", "secret/ledger", "7.0"));
        images.copy(
                new RegistryImage(MICROSOFT, "azuredocs/aci-helloworld", "latest"),
                new RegistryImage(labelled, "aci-helloworld", "v1"));
        ObjectNode lock = JsonNodeFactory.instance.objectNode();
        lock.putObject("properties").put("publicNetworkAccess", "Disabled");
        send("PATCH", registryId("practicelocked"), "2025-11-01", lock);
    }

    /** The registry of another directory. */
    void partnerRegistry(ImageStore images) {
        put(group(REGISTRIES), "2021-04-01", located());
        registry("practicepartner", "Basic", false);
        images.seed(new RegistryImage("practicepartner.azurecr.io", "partner/portal", "2.0"));
    }

    /** Registries that practiceDocker reaches and most computers do not. The machines must exist. */
    void privateRegistries(ImageStore images) {
        registry("practiceprivate", "Premium", false);
        registry("practicefirewall", "Premium", false);
        for (String name : List.of("practiceprivate", "practicefirewall")) {
            images.copy(
                    new RegistryImage(MICROSOFT, "azuredocs/aci-helloworld", "latest"),
                    new RegistryImage(name + ".azurecr.io", "aci-helloworld", "v1"));
            images.seed(new RegistryImage(name + ".azurecr.io", "payroll/api", "4.1"));
        }
        endpoint("practiceDocker", "practiceprivate");
        endpoint(JUMP_MACHINE, "practiceprivate");
        letPull(JUMP_MACHINE, "practiceprivate");
        ObjectNode disabled = JsonNodeFactory.instance.objectNode();
        disabled.putObject("properties").put("publicNetworkAccess", "Disabled");
        send("PATCH", registryId("practiceprivate"), "2025-11-01", disabled);

        String address = send(
                        "GET",
                        network("publicIPAddresses/practiceDockerPublicIP"),
                        "2024-05-01",
                        JsonNodeFactory.instance.objectNode())
                .at("/properties/ipAddress")
                .asText();
        ObjectNode chosen = JsonNodeFactory.instance.objectNode();
        chosen.putObject("properties")
                .putObject("networkRuleSet")
                .put("defaultAction", "Deny")
                .putArray("ipRules")
                .addObject()
                .put("action", "Allow")
                .put("value", address);
        send("PATCH", registryId("practicefirewall"), "2025-11-01", chosen);
    }

    /** Gives the machine an identity of its own with the role AcrPull on the registry. */
    private void letPull(String machine, String registry) {
        ObjectNode identity = JsonNodeFactory.instance.objectNode();
        identity.putObject("identity").put("type", "SystemAssigned");
        String principal = send("PATCH", machineId(machine), "2024-11-01", identity)
                .at("/identity/principalId")
                .asText();
        ObjectNode assignment = JsonNodeFactory.instance.objectNode();
        assignment
                .putObject("properties")
                .put(
                        "roleDefinitionId",
                        subscription + "/providers/Microsoft.Authorization/roleDefinitions/" + ACR_PULL)
                .put("principalId", principal)
                .put("principalType", "ServicePrincipal");
        put(
                registryId(registry) + "/providers/Microsoft.Authorization/roleAssignments/"
                        + UUID.nameUUIDFromBytes((machine + registry).getBytes(StandardCharsets.UTF_8)),
                "2022-04-01",
                assignment);
    }

    /** Makes a private endpoint to a registry in the network of a machine. */
    private void endpoint(String machine, String registry) {
        ObjectNode endpoint = located();
        ObjectNode properties = endpoint.putObject("properties");
        properties
                .putObject("subnet")
                .put("id", network("virtualNetworks/" + machine + "VNET/subnets/" + machine + "Subnet"));
        ObjectNode connection =
                properties.putArray("privateLinkServiceConnections").addObject().put("name", registry);
        connection
                .putObject("properties")
                .put("privateLinkServiceId", registryId(registry))
                .putArray("groupIds")
                .add("registry");
        put(network("privateEndpoints/" + registry + "In" + machine + "VNET"), "2024-05-01", endpoint);
    }

    void identity() {
        put(
                provided(MACHINES, "Microsoft.ManagedIdentity/userAssignedIdentities/practiceIdentity"),
                "2023-01-31",
                located());
    }

    /** @param user object id of who administers the one with Microsoft Entra */
    void clusters(String user) {
        cluster("practiceCluster", body -> {});
        cluster(
                "practiceClusterEntra",
                body -> body.putObject("aadProfile").put("managed", true).put("enableAzureRBAC", true));
        cluster(
                "practiceClusterNoCommand",
                body -> body.putObject("apiServerAccessProfile").put("disableRunCommand", true));
        cluster("practiceClusterStopped", body -> {});
        send("POST", clusterId("practiceClusterStopped") + "/stop", CLUSTERS, JsonNodeFactory.instance.objectNode());
        cluster(
                "practiceClusterOld",
                body -> body.putObject("servicePrincipalProfile").put("clientId", PracticeApp.CLIENT_ID));
        cluster(
                "practiceClusterPolicy",
                body -> body.putObject("addonProfiles").putObject("azurepolicy").put("enabled", true));
        cluster("practiceClusterPools", body -> {
            pool(body, "gpu", "User", "Linux", 2);
            body.withObject("/agentPoolProfiles/3").putArray("nodeTaints").add("sku=gpu:NoSchedule");
            pool(body, "burst", "User", "Linux", 0);
        });
        ObjectNode administrator = JsonNodeFactory.instance.objectNode();
        administrator
                .putObject("properties")
                .put("principalId", user)
                .put("principalType", "User")
                .put(
                        "roleDefinitionId",
                        subscription + "/providers/Microsoft.Authorization/roleDefinitions/"
                                + "b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b");
        put(
                clusterId("practiceClusterEntra")
                        + "/providers/Microsoft.Authorization/roleAssignments/5d0f2f0a-6f0b-4a44-9d0c-9a3c0c7d4e11",
                "2022-04-01",
                administrator);
    }

    private void cluster(String name, Consumer<ObjectNode> special) {
        ObjectNode body = located();
        ObjectNode properties = body.putObject("properties");
        pool(properties, "nodepool1", "System", "Linux", 3);
        pool(properties, "apps", "User", "Linux", 2);
        pool(properties, "win", "User", "Windows", 1);
        special.accept(properties);
        put(clusterId(name), CLUSTERS, body);
    }

    private static void pool(ObjectNode properties, String name, String mode, String os, int count) {
        properties
                .withArray("/agentPoolProfiles")
                .addObject()
                .put("name", name)
                .put("mode", mode)
                .put("osType", os)
                .put("count", count)
                .put("vmSize", "Standard_D2s_v5");
    }

    private String clusterId(String name) {
        return provided(CLUSTER_GROUP, "Microsoft.ContainerService/managedClusters/" + name);
    }

    void machines(String publicKeyLine) {
        machine("practiceBare", publicKeyLine, Optional.empty());
        machine("practiceDocker", publicKeyLine, Optional.of("#cloud-config\npackages:\n  - docker.io\n"));
        machine("practiceStopped", publicKeyLine, Optional.empty());
        machine(JUMP_MACHINE, publicKeyLine, Optional.empty());
        machine("practicePrivate", publicKeyLine, Optional.empty(), privateNic("practicePrivate", JUMP_MACHINE));
        virtualNetwork(AGENT_MACHINE);
        machine(AGENT_MACHINE, publicKeyLine, Optional.empty(), privateNic(AGENT_MACHINE, AGENT_MACHINE));
        send("POST", machineId("practiceStopped") + "/deallocate", "2024-11-01", JsonNodeFactory.instance.objectNode());
    }

    /** Many machines without public addresses in one network, in a group of their own. */
    void manyMachines(int number, String publicKeyLine) {
        put(group(MANY), "2021-04-01", located());
        String net = provided(MANY, "Microsoft.Network/virtualNetworks/" + MANY + "VNET");
        ObjectNode vnet = located();
        vnet.putObject("properties")
                .putObject("addressSpace")
                .putArray("addressPrefixes")
                .add("10.0.0.0/16");
        vnet.withArray("/properties/subnets")
                .addObject()
                .put("name", "machines")
                .putObject("properties")
                .put("addressPrefix", "10.0.0.0/20");
        put(net, "2024-05-01", vnet);
        for (int i = 1; i <= number; i++) {
            String name = "practice%04d".formatted(i);
            String nic = provided(MANY, "Microsoft.Network/networkInterfaces/" + name + "VMNic");
            put(nic, "2024-05-01", nicIn(name, net + "/subnets/machines"));
            put(
                    provided(MANY, "Microsoft.Compute/virtualMachines/" + name),
                    "2024-11-01",
                    machineBody(name, publicKeyLine, Optional.empty(), nic));
        }
    }

    private void registry(String name, String sku, boolean abac) {
        ObjectNode body = located();
        body.putObject("sku").put("name", sku);
        body.putObject("properties")
                .put("roleAssignmentMode", abac ? "AbacRepositoryPermissions" : "LegacyRegistryPermissions");
        put(registryId(name), "2025-11-01", body);
    }

    /** One that everybody may pull from, with data endpoints. */
    private void openRegistry(ImageStore images) {
        registry("practiceopen", "Premium", false);
        ObjectNode open = JsonNodeFactory.instance.objectNode();
        open.putObject("properties").put("anonymousPullEnabled", true).put("dataEndpointEnabled", true);
        send("PATCH", registryId("practiceopen"), "2025-11-01", open);
        images.copy(
                new RegistryImage(MICROSOFT, "azuredocs/aci-helloworld", "latest"),
                new RegistryImage("practiceopen.azurecr.io", "aci-helloworld", "v1"));
        images.seedFor("arm64", new RegistryImage("practiceopen.azurecr.io", "edge/sensor", "2.0"));
    }

    /** One with a domain name label. @return its login server */
    private String labelledRegistry(String name) {
        ObjectNode body = located();
        body.putObject("sku").put("name", "Basic");
        body.putObject("properties").put("autoGeneratedDomainNameLabelScope", "TenantReuse");
        return send("PUT", registryId(name), "2025-11-01", body)
                .at("/properties/loginServer")
                .asText();
    }

    private void machine(String name, String publicKeyLine, Optional<String> cloudConfig) {
        machine(name, publicKeyLine, cloudConfig, nic(name));
    }

    private void machine(String name, String publicKeyLine, Optional<String> cloudConfig, String nic) {
        put(machineId(name), "2024-11-01", machineBody(name, publicKeyLine, cloudConfig, nic));
    }

    private static ObjectNode machineBody(String name, String publicKeyLine, Optional<String> cloudConfig, String nic) {
        ObjectNode body = located();
        ObjectNode properties = body.putObject("properties");
        properties.putObject("hardwareProfile").put("vmSize", "Standard_B2s");
        ObjectNode storage = properties.putObject("storageProfile");
        storage.putObject("imageReference")
                .put("publisher", "Canonical")
                .put("offer", "0001-com-ubuntu-server-jammy")
                .put("sku", "22_04-lts-gen2")
                .put("version", "latest");
        storage.putObject("osDisk").put("createOption", "FromImage").put("deleteOption", "Delete");
        ObjectNode os =
                properties.putObject("osProfile").put("computerName", name).put("adminUsername", ADMIN);
        cloudConfig.ifPresent(text ->
                os.put("customData", Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))));
        os.putObject("linuxConfiguration")
                .put("disablePasswordAuthentication", true)
                .putObject("ssh")
                .putArray("publicKeys")
                .addObject()
                .put("path", "/home/" + ADMIN + "/.ssh/authorized_keys")
                .put("keyData", publicKeyLine);
        properties
                .putObject("networkProfile")
                .putArray("networkInterfaces")
                .addObject()
                .put("id", nic)
                .putObject("properties")
                .put("primary", true);
        return body;
    }

    /** Makes a network interface and what it needs, named as by {@code az vm create}. @return its id */
    private String nic(String machine) {
        String network = virtualNetwork(machine);

        String guard = network("networkSecurityGroups/" + machine + "NSG");
        ObjectNode nsg = located();
        nsg.putObject("properties")
                .putArray("securityRules")
                .addObject()
                .put("name", "default-allow-ssh")
                .putObject("properties")
                .put("protocol", "Tcp")
                .put("access", "Allow")
                .put("direction", "Inbound")
                .put("priority", 1000)
                .put("sourceAddressPrefix", "*")
                .put("sourcePortRange", "*")
                .put("destinationAddressPrefix", "*")
                .put("destinationPortRange", "22");
        put(guard, "2024-05-01", nsg);

        String address = network("publicIPAddresses/" + machine + "PublicIP");
        ObjectNode ip = located();
        ip.putObject("sku").put("name", "Standard");
        ip.putObject("properties").put("publicIPAllocationMethod", "Static").put("publicIPAddressVersion", "IPv4");
        if (machine.equals(JUMP_MACHINE)) {
            ip.withObject("/properties").putObject("dnsSettings").put("domainNameLabel", "practicejump");
        }
        put(address, "2024-05-01", ip);

        String id = network("networkInterfaces/" + machine + "VMNic");
        ObjectNode nic = located();
        ObjectNode properties = nic.putObject("properties");
        properties.putObject("networkSecurityGroup").put("id", guard);
        ObjectNode configuration = properties
                .putArray("ipConfigurations")
                .addObject()
                .put("name", "ipconfig" + machine)
                .putObject("properties")
                .put("privateIPAllocationMethod", "Dynamic");
        configuration.putObject("subnet").put("id", network + "/subnets/" + machine + "Subnet");
        configuration.putObject("publicIPAddress").put("id", address);
        put(id, "2024-05-01", nic);
        return id;
    }

    /** Makes a virtual network with one subnet. @return its id */
    private String virtualNetwork(String machine) {
        String id = network("virtualNetworks/" + machine + "VNET");
        ObjectNode vnet = located();
        vnet.putObject("properties")
                .putObject("addressSpace")
                .putArray("addressPrefixes")
                .add("10.0.0.0/16");
        vnet.withObject("/properties")
                .putArray("subnets")
                .addObject()
                .put("name", machine + "Subnet")
                .putObject("properties")
                .put("addressPrefix", "10.0.0.0/24");
        if (machine.equals(JUMP_MACHINE)) {
            vnet.withArray("/properties/subnets")
                    .addObject()
                    .put("name", CLOSED_SUBNET)
                    .putObject("properties")
                    .put("addressPrefix", "10.0.1.0/24")
                    .put("defaultOutboundAccess", false);
        }
        put(id, "2024-05-01", vnet);
        return id;
    }

    /** Makes a network interface without a public address in the network of a machine. @return its id */
    private String privateNic(String machine, String owner) {
        String id = network("networkInterfaces/" + machine + "VMNic");
        put(id, "2024-05-01", nicIn(machine, network("virtualNetworks/" + owner + "VNET/subnets/" + owner + "Subnet")));
        return id;
    }

    private static ObjectNode nicIn(String machine, String subnet) {
        ObjectNode nic = located();
        nic.putObject("properties")
                .putArray("ipConfigurations")
                .addObject()
                .put("name", "ipconfig" + machine)
                .putObject("properties")
                .put("privateIPAllocationMethod", "Dynamic")
                .putObject("subnet")
                .put("id", subnet);
        return nic;
    }

    private static ObjectNode located() {
        return JsonNodeFactory.instance.objectNode().put("location", LOCATION);
    }

    private String group(String name) {
        return subscription + "/resourceGroups/" + name;
    }

    private String provided(String group, String rest) {
        return group(group) + "/providers/" + rest;
    }

    private String registryId(String name) {
        return provided(REGISTRIES, "Microsoft.ContainerRegistry/registries/" + name);
    }

    String machineId(String name) {
        return provided(MACHINES, "Microsoft.Compute/virtualMachines/" + name);
    }

    private String network(String rest) {
        return provided(MACHINES, "Microsoft.Network/" + rest);
    }

    private void put(String id, String version, JsonNode body) {
        send("PUT", id, version, body);
    }

    private JsonNode send(String method, String path, String version, JsonNode body) {
        try {
            Response response = controlPlane.send(new Request(
                    method,
                    URI.create(HOST + path + "?api-version=" + version),
                    Map.of("authorization", "Bearer " + token, "content-type", "application/json"),
                    MAPPER.writeValueAsBytes(body)));
            JsonNode answer = MAPPER.readTree(response.body());
            if (response.status() >= 300) {
                throw new IllegalStateException(method + " " + path + " was answered by " + response.status() + " "
                        + answer.at("/error/message").asText());
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
