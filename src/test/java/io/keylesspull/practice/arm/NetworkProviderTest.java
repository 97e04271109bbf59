package io.keylesspull.practice.arm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.ArmClient.Answered;
import io.keylesspull.practice.arm.core.ResourceEnvelope;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.ResourceKind;
import io.keylesspull.practice.clock.Pace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkProviderTest {

    private static final String NETWORK = ArmClient.GROUP + "/providers/Microsoft.Network/";
    private static final String VNET = NETWORK + "virtualNetworks/vmVNET";
    private static final String SUBNET = VNET + "/subnets/vmSubnet";
    private static final String NSG = NETWORK + "networkSecurityGroups/vmNSG";
    private static final String IP = NETWORK + "publicIPAddresses/vmPublicIP";
    private static final String NIC = NETWORK + "networkInterfaces/vmVMNic";
    private static final String VNET_BODY = "{'location':'japaneast','properties':{'addressSpace':{'addressPrefixes':"
            + "['10.0.0.0/16']},'subnets':[{'name':'vmSubnet','properties':{'addressPrefix':'10.0.0.0/24'}}]}}";
    private static final String RULE = "{'name':'ssh','properties':{'protocol':'Tcp','access':'Allow','priority':1000,"
            + "'direction':'Inbound','sourcePortRange':'*','destinationPortRange':'22',"
            + "'sourceAddressPrefix':'203.0.113.7/32','destinationAddressPrefix':'*'}}";
    private static final String NSG_BODY = "{'location':'japaneast','properties':{'securityRules':[" + RULE + "]}}";
    private static final String IP_BODY = "{'location':'japaneast','sku':{'name':'Standard'},"
            + "'properties':{'publicIPAllocationMethod':'Static'}}";
    private static final String NIC_BODY = "{'location':'japaneast','properties':{'networkSecurityGroup':{'id':'" + NSG
            + "'},'ipConfigurations':[{'name':'ip1','properties':{'subnet':{'id':'" + SUBNET
            + "'},'publicIPAddress':{'id':'" + IP + "'}}}]}}";

    private final ArmClient arm = new ArmClient(Pace.REALISTIC);

    @Test
    void aNetworkIsThereAfterThreeSeconds() {
        Answered made = arm.put(VNET, VNET_BODY);
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.text("/properties/provisioningState")).isEqualTo("Updating");
        arm.time.sleep(Duration.ofSeconds(3));
        assertThat(arm.get(made.headers().get("Azure-AsyncOperation")).text("/status"))
                .isEqualTo("Succeeded");
        Answered there = arm.get(VNET);
        assertThat(there.text("/properties/provisioningState")).isEqualTo("Succeeded");
        assertThat(there.text("/properties/subnets/0/id")).isEqualTo(SUBNET);
        assertThat(there.text("/properties/subnets/0/properties/provisioningState"))
                .isEqualTo("Succeeded");
    }

    @Test
    void subnetsAreResourcesOfTheirOwn() {
        arm.make(VNET, VNET_BODY);
        String more = VNET + "/subnets/more";
        assertThat(arm.put(more, "{'properties':{'addressPrefix':'10.0.1.0/24'}}")
                        .status())
                .isEqualTo(201);
        assertThat(arm.get(more).text("/properties/addressPrefix")).isEqualTo("10.0.1.0/24");
        assertThat(arm.get(VNET + "/subnets").body().path("value")).hasSize(2);
        assertThat(arm.delete(more).status()).isEqualTo(202);
        assertThat(arm.get(more).status()).isEqualTo(404);
        assertThat(arm.delete(more).status()).isEqualTo(204);
    }

    @Test
    void subnetsMustFitTheirNetwork() {
        arm.make(VNET, VNET_BODY);
        assertThat(subnet("10.1.0.0/24").code()).isEqualTo("NetcfgInvalidSubnet");
        assertThat(subnet("10.0.0.128/25").code()).isEqualTo("NetcfgSubnetRangesOverlap");
        assertThat(subnet("10.0.2.1/24").code()).isEqualTo("InvalidAddressPrefixFormat");
        assertThat(arm.put(VNET + "2", "{'location':'japaneast'}").status()).isEqualTo(400);
    }

    @Test
    void aNatGatewayHasAddressesOfItsOwnAndStaysAsLongAsASubnetNamesIt() {
        String gateway = NETWORK + "natGateways/vmNAT";
        arm.make(IP, IP_BODY);
        String body = "{'location':'japaneast','sku':{'name':'Standard'},'properties':{'publicIpAddresses':[{'id':'"
                + IP + "'}]}}";
        assertThat(arm.put(VNET, behind(gateway)).code()).isEqualTo("InvalidResourceReference");
        arm.make(gateway, body);
        arm.make(VNET, behind(gateway));

        assertThat(arm.get(gateway).text("/properties/subnets/0/id")).isEqualTo(SUBNET);
        assertThat(arm.get(IP).text("/properties/natGateway/id")).isEqualTo(gateway);
        assertThat(arm.get(NETWORK + "natGateways").body().path("value")).hasSize(1);
        assertThat(arm.put(gateway + "2", body).code()).isEqualTo("PublicIPAddressInUse");
        assertThat(arm.delete(IP).code()).isEqualTo("PublicIPAddressCannotBeDeleted");
        assertThat(arm.delete(gateway).code()).isEqualTo("InUseNatGatewayCannotBeDeleted");
        for (String id : List.of(VNET, gateway, IP)) {
            assertThat(arm.delete(id).status()).isEqualTo(202);
            arm.time.sleep(Duration.ofMinutes(1));
            assertThat(arm.get(id).status()).isEqualTo(404);
        }
    }

    private static String behind(String gateway) {
        return VNET_BODY.replace(
                "'addressPrefix':'10.0.0.0/24'", "'addressPrefix':'10.0.0.0/24','natGateway':{'id':'" + gateway + "'}");
    }

    @Test
    void theSubnetsOfANewNetworkArePrivateSinceTheVersionOf2025July() {
        assertThat(arm.put(VNET + "Old?api-version=2025-03-01", VNET_BODY)
                        .text("/properties/subnets/0/properties/defaultOutboundAccess"))
                .isEmpty();
        Answered made = arm.put(VNET + "?api-version=2025-07-01", VNET_BODY);
        assertThat(made.text("/properties/subnets/0/properties/defaultOutboundAccess"))
                .isEqualTo("false");
        String open = VNET_BODY.replace(
                "'addressPrefix':'10.0.0.0/24'", "'addressPrefix':'10.0.0.0/24','defaultOutboundAccess':true");
        assertThat(arm.put(VNET + "Open?api-version=2025-07-01", open)
                        .text("/properties/subnets/0/properties/defaultOutboundAccess"))
                .isEqualTo("true");
    }

    @Test
    void onlyWhatRunsHasEffectiveRules() {
        MachineCloud cloud = new MachineCloud(Pace.INSTANT);
        String rules = MachineCloud.NETWORK + "/networkInterfaces/nic/effectiveNetworkSecurityGroups";
        assertThat(cloud.send("POST", rules, Json.object()).status()).isEqualTo(400);
        cloud.create("vm", MachineCloud.wanted("nic"));
        assertThat(cloud.send("POST", rules, Json.object()).status()).isEqualTo(200);
    }

    @Test
    void theRulesOfInterfaceAndSubnetAreSpelledOut() {
        MachineCloud cloud = new MachineCloud(Pace.INSTANT);
        String group = MachineCloud.NETWORK + "/networkSecurityGroups/vmNSG";
        String nic = MachineCloud.NETWORK + "/networkInterfaces/nic";
        cloud.send("PUT", group, json(NSG_BODY));
        ObjectNode guarded = cloud.get(nic).deepCopy();
        guarded.withObject("/properties").set("networkSecurityGroup", Json.reference(group));
        cloud.send("PUT", nic, guarded);
        cloud.create("vm", MachineCloud.wanted("nic"));

        JsonNode groups = cloud.send("POST", nic + "/effectiveNetworkSecurityGroups", Json.object())
                .body()
                .path("value");

        assertThat(groups).hasSize(1);
        assertThat(groups.at("/0/networkSecurityGroup/id").asText()).isEqualTo(group);
        assertThat(groups.at("/0/association/networkInterface/id").asText()).isEqualTo(nic);
        JsonNode rule = groups.at("/0/effectiveSecurityRules/0");
        assertThat(rule.path("name").asText()).isEqualTo("securityRules/ssh");
        assertThat(rule.path("protocol").asText()).isEqualTo("Tcp");
        assertThat(rule.path("sourcePortRange").asText()).isEqualTo("0-65535");
        assertThat(rule.at("/destinationPortRanges/0").asText()).isEqualTo("22-22");
        assertThat(rule.at("/sourceAddressPrefixes/0").asText()).isEqualTo("203.0.113.7/32");
        assertThat(rule.path("destinationAddressPrefix").asText()).isEqualTo("0.0.0.0/0");
        JsonNode last = groups.at("/0/effectiveSecurityRules/3");
        assertThat(last.path("name").asText()).isEqualTo("defaultSecurityRules/DenyAllInBound");
        assertThat(last.path("protocol").asText()).isEqualTo("All");
        assertThat(groups.at("/0/effectiveSecurityRules/1/expandedSourceAddressPrefix/0")
                        .asText())
                .isEqualTo("10.0.0.0/16");
    }

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) Json.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aSecurityGroupShowsItsOwnRulesAndAzures() {
        JsonNode group = arm.make(NSG, NSG_BODY);
        assertThat(group.at("/properties/securityRules/0/properties/destinationPortRange")
                        .asText())
                .isEqualTo("22");
        assertThat(group.at("/properties/defaultSecurityRules")).hasSize(6);
        assertThat(arm.get(NSG + "/securityRules/ssh").text("/properties/priority"))
                .isEqualTo("1000");
    }

    @Test
    void wrongRulesAreRefused() {
        assertThat(arm.put(NSG, NSG_BODY.replace("1000", "99")).code()).isEqualTo("SecurityRuleInvalidPriority");
        assertThat(arm.put(NSG, NSG_BODY.replace("203.0.113.7/32", "203.0.113.700"))
                        .code())
                .isEqualTo("SecurityRuleInvalidAddressPrefix");
        arm.make(NSG, NSG_BODY);
        assertThat(arm.put(NSG + "/securityRules/other", RULE).code()).isEqualTo("SecurityRuleConflict");
    }

    @Test
    void aStandardAddressIsThereAtOnceAndItsOwn() {
        String first = arm.put(IP, IP_BODY).text("/properties/ipAddress");
        assertThat(first).startsWith("20.");
        assertThat(arm.put(IP + "2", IP_BODY).text("/properties/ipAddress"))
                .startsWith("20.")
                .isNotEqualTo(first);
        assertThat(arm.put(IP, IP_BODY).text("/properties/ipAddress")).isEqualTo(first);
    }

    @Test
    void basicAddressesAreGone() {
        assertThat(arm.put(IP, IP_BODY.replace("Standard", "Basic")).code())
                .isEqualTo("IPv4BasicSkuPublicIpCountLimitReached");
        assertThat(arm.put(IP, "{'location':'japaneast'}").status()).isEqualTo(400);
        assertThat(arm.put(IP, IP_BODY.replace("Static", "Dynamic")).code())
                .isEqualTo("StandardAndStandardV2SkuPublicIPAddressesMustBeStatic");
    }

    @Test
    void anInterfaceIsMadeAtOnceAndShownByAllThatItUses() {
        arm.make(VNET, VNET_BODY);
        arm.make(NSG, NSG_BODY);
        arm.make(IP, IP_BODY);
        Answered nic = arm.put(NIC, NIC_BODY);
        assertThat(nic.status()).isEqualTo(201);
        assertThat(nic.text("/properties/provisioningState")).isEqualTo("Succeeded");
        assertThat(nic.text("/properties/ipConfigurations/0/properties/privateIPAddress"))
                .isEqualTo("10.0.0.4");
        String configuration = NIC + "/ipConfigurations/ip1";
        assertThat(arm.get(IP).text("/properties/ipConfiguration/id")).isEqualTo(configuration);
        assertThat(arm.get(SUBNET).text("/properties/ipConfigurations/0/id")).isEqualTo(configuration);
        assertThat(arm.get(NSG).text("/properties/networkInterfaces/0/id")).isEqualTo(NIC);
        String second = NIC_BODY.replace(",'publicIPAddress':{'id':'" + IP + "'}", "");
        assertThat(arm.put(NIC + "2", second).text("/properties/ipConfigurations/0/properties/privateIPAddress"))
                .isEqualTo("10.0.0.5");
        assertThat(arm.put(NIC, NIC_BODY).text("/properties/ipConfigurations/0/properties/privateIPAddress"))
                .isEqualTo("10.0.0.4");
    }

    @Test
    void whatAnInterfaceNamesMustExist() {
        arm.make(VNET, VNET_BODY);
        arm.make(IP, IP_BODY);
        Answered refused = arm.put(NIC, NIC_BODY);
        assertThat(refused.code()).isEqualTo("InvalidResourceReference");
        assertThat(refused.text("/error/message")).contains(NSG).contains(NIC);
        arm.make(NSG, NSG_BODY);
        assertThat(arm.put(NIC, NIC_BODY.replace("/subnets/vmSubnet", "/subnets/none"))
                        .code())
                .isEqualTo("InvalidResourceReference");
        assertThat(arm.get(NIC).status()).isEqualTo(404);
    }

    @Test
    void anAddressServesOneInterface() {
        network();
        assertThat(arm.put(NIC + "2", NIC_BODY).code()).isEqualTo("PublicIPAddressInUse");
    }

    @Test
    void whatIsInUseIsNotDeleted() {
        network();
        assertThat(arm.delete(VNET).code()).isEqualTo("InUseSubnetCannotBeDeleted");
        assertThat(arm.delete(SUBNET).code()).isEqualTo("InUseSubnetCannotBeDeleted");
        assertThat(arm.delete(NSG).code()).isEqualTo("InUseNetworkSecurityGroupCannotBeDeleted");
        assertThat(arm.delete(IP).code()).isEqualTo("PublicIPAddressCannotBeDeleted");
        assertThat(arm.delete(IP).status()).isEqualTo(400);
    }

    @Test
    void everythingGoesInOrder() {
        network();
        for (String id : new String[] {NIC, IP, NSG, VNET}) {
            Answered deleted = arm.delete(id);
            assertThat(deleted.status()).isEqualTo(202);
            arm.time.sleep(Duration.ofSeconds(3));
            assertThat(arm.get(deleted.headers().get("Azure-AsyncOperation")).text("/status"))
                    .isEqualTo("Succeeded");
            assertThat(arm.get(deleted.headers().get("Location")).status()).isEqualTo(200);
            assertThat(arm.get(id).status()).isEqualTo(404);
        }
    }

    @Test
    void aMachineKeepsItsInterface() {
        network();
        String machine = ArmClient.GROUP + "/providers/Microsoft.Compute/virtualMachines/vm";
        arm.state.locked(() -> {
            var resource = ResourceEnvelope.make(ResourceKind.MACHINE, machine, "japaneast");
            resource.putObject("properties")
                    .putObject("networkProfile")
                    .putArray("networkInterfaces")
                    .add(Json.reference(NIC));
            arm.state.context().store().put(resource);
            return null;
        });
        assertThat(arm.get(NIC).text("/properties/virtualMachine/id")).isEqualTo(machine);
        assertThat(arm.delete(NIC).code()).isEqualTo("NicInUse");
    }

    @Test
    void aGroupTakesItsNetworkAlong() {
        network();
        arm.delete(ArmClient.GROUP);
        arm.time.sleep(Duration.ofMinutes(1));
        assertThat(arm.get(ArmClient.GROUP).status()).isEqualTo(404);
        assertThat(arm.state.resourceIds()).isEmpty();
    }

    @Test
    void usagesCountWhatIsThere() {
        network();
        JsonNode usages = arm.get(ArmClient.GROUP.replace("/resourceGroups/g", "")
                        + "/providers/Microsoft.Network/locations/japaneast/usages")
                .body()
                .path("value");
        JsonNode addresses = Json.items(usages)
                .filter(usage -> usage.at("/name/value").asText().equals("PublicIPAddresses"))
                .findFirst()
                .orElseThrow();
        assertThat(addresses.path("currentValue").asInt()).isEqualTo(1);
        assertThat(addresses.path("limit").asInt()).isGreaterThan(1);
    }

    private void network() {
        arm.make(VNET, VNET_BODY);
        arm.make(NSG, NSG_BODY);
        arm.make(IP, IP_BODY);
        arm.make(NIC, NIC_BODY);
    }

    private Answered subnet(String prefix) {
        return arm.put(VNET + "/subnets/more", "{'properties':{'addressPrefix':'" + prefix + "'}}");
    }
}
