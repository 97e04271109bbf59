package io.keylesspull.practice.arm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.MachineCloud.Answer;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.fault.Occasions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeploymentHandlerTest {

    private static final String DEPLOYMENT = MachineCloud.GROUP + "/providers/Microsoft.Resources/deployments/deploy";
    private static final String NIC = MachineCloud.NETWORK + "/networkInterfaces/vmNic";
    private static final String VM = MachineCloud.MACHINES + "/vm";

    private final MachineCloud cloud = new MachineCloud(Pace.INSTANT);

    @Test
    void resourcesAreMadeInTheOrderOfTheirDependencies() {
        Answer made = deploy(cloud, machineWithItsNetwork());

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.headers()).doesNotContainKey("Azure-AsyncOperation");
        assertThat(made.body().at("/properties/provisioningState").asText()).isEqualTo("Succeeded");
        assertThat(made.body().at("/properties/providers"))
                .hasSize(2)
                .allSatisfy(provider -> assertThat(
                                provider.at("/resourceTypes/0/locations/0").asText())
                        .isEqualTo("japaneast"));
        assertThat(made.body().at("/properties/outputResources"))
                .extracting(one -> one.path("id").asText())
                .containsExactly(VM, NIC, MachineCloud.NETWORK + "/publicIPAddresses/vmIp");
        assertThat(cloud.machine("vm")
                        .at("/properties/networkProfile/networkInterfaces/0/id")
                        .asText())
                .isEqualTo(NIC);
        assertThat(cloud.get(DEPLOYMENT)).isEqualTo(made.body());
        assertThat(cloud.get(DEPLOYMENT + "/operations").path("value"))
                .hasSize(3)
                .allSatisfy(one -> assertThat(
                                one.at("/properties/provisioningState").asText())
                        .isEqualTo("Succeeded"))
                .extracting(one -> one.at("/properties/statusCode").asText())
                .containsOnly("Created");
        assertThat(deploy(cloud, machineWithItsNetwork()).status())
                .as("deployed again")
                .isEqualTo(200);
    }

    @Test
    void aDeploymentGoesOnAsItsResourcesDo() {
        MachineCloud slow = new MachineCloud(Pace.REALISTIC);
        Answer made = deploy(slow, machineWithItsNetwork());
        String poll = made.headers().get("Azure-AsyncOperation");

        assertThat(made.body().at("/properties/provisioningState").asText()).isEqualTo("Accepted");
        assertThat(status(slow, poll).path("status").asText()).isEqualTo("Running");
        assertThat(slow.send("GET", VM, Json.object()).status())
                .as("before its network is there")
                .isEqualTo(404);
        assertThat(deploy(slow, machineWithItsNetwork()).code()).isEqualTo("DeploymentActive");
        slow.time.sleep(Duration.ofSeconds(10));
        assertThat(slow.machine("vm").at("/properties/provisioningState").asText())
                .isEqualTo("Creating");
        assertThat(operation(slow, NIC).at("/properties/provisioningState").asText())
                .isEqualTo("Succeeded");
        assertThat(Duration.parse(
                        operation(slow, NIC).at("/properties/duration").asText()))
                .isLessThanOrEqualTo(Duration.ofSeconds(5));
        assertThat(operation(slow, VM).at("/properties/provisioningState").asText())
                .isEqualTo("Running");
        slow.time.sleep(Duration.ofSeconds(30));
        assertThat(status(slow, poll).path("status").asText()).isEqualTo("Running");
        slow.time.sleep(Duration.ofSeconds(10));
        assertThat(status(slow, poll).path("status").asText())
                .as("3 s for the network, 45 s for the machine")
                .isEqualTo("Succeeded");
        assertThat(slow.get(DEPLOYMENT).at("/properties/provisioningState").asText())
                .isEqualTo("Succeeded");
    }

    private static JsonNode operation(MachineCloud cloud, String resource) {
        return Json.items(cloud.get(DEPLOYMENT + "/operations").path("value"))
                .filter(one -> one.at("/properties/targetResource/id").asText().equals(resource))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatAProviderRefusesFailsTheDeploymentInTheProvidersWords() throws IOException {
        ObjectNode template = machineWithItsNetwork();
        template.withArray("resources")
                .forEach(resource -> ((ObjectNode) resource.path("properties")).remove("publicIPAllocationMethod"));
        Answer made = deploy(cloud, template);
        JsonNode error =
                status(cloud, made.headers().get("Azure-AsyncOperation")).path("error");

        assertThat(error.path("code").asText()).isEqualTo("DeploymentFailed");
        assertThat(error.path("details"))
                .singleElement()
                .satisfies(detail -> assertThat(detail.path("code").asText()).isEqualTo("BadRequest"));
        assertThat(Json.parse(error.at("/details/0/message").asText().getBytes(StandardCharsets.UTF_8))
                        .at("/error/code")
                        .asText())
                .isEqualTo("StandardAndStandardV2SkuPublicIPAddressesMustBeStatic");
        assertThat(cloud.send("GET", NIC, Json.object()).status())
                .as("what depends on it")
                .isEqualTo(404);
        assertThat(cloud.get(DEPLOYMENT).at("/properties/provisioningState").asText())
                .isEqualTo("Failed");
    }

    @Test
    void anOperationThatFailsFailsTheDeployment() {
        cloud.faults.operation(
                "PUT", "/virtualMachines/vm$", Occasions.always(), OperationFailures.failed("AllocationFailed"));
        Answer made = deploy(cloud, machineWithItsNetwork());
        JsonNode error =
                status(cloud, made.headers().get("Azure-AsyncOperation")).path("error");

        assertThat(error.at("/details/0/code").asText()).isEqualTo("Conflict");
        assertThat(error.at("/details/0/message").asText()).contains("AllocationFailed");
        assertThat(cloud.get(NIC).at("/properties/provisioningState").asText()).isEqualTo("Succeeded");
    }

    @Test
    void whoMayNotMakeOneOfTheResourcesDeploysNothing() {
        cloud.faults.demote(Optional.of("Network Contributor"));
        Answer made = deploy(cloud, machineWithItsNetwork());

        assertThat(made.status()).isEqualTo(403);
        assertThat(made.code()).isEqualTo("InvalidTemplateDeployment");
        assertThat(made.message())
                .contains("Authorization failed for template resource 'vm' of type 'Microsoft.Compute/virtualMachines'")
                .contains("does not have permission to perform action 'Microsoft.Compute/virtualMachines/write'");
        assertThat(cloud.state.resourceIds()).noneMatch(id -> id.contains("vmNic"));
    }

    @Test
    void templatesThatCannotBeDeployedAreRefused() {
        ObjectNode circle = machineWithItsNetwork();
        ((ObjectNode) circle.at("/resources/2")).putArray("dependsOn").add(VM);
        assertThat(deploy(cloud, circle).message()).contains("Circular dependency");
        ObjectNode unknown = machineWithItsNetwork();
        ((ObjectNode) unknown.at("/resources/0")).putArray("dependsOn").add("nowhere");
        assertThat(deploy(cloud, unknown).message()).contains("'nowhere' is not defined in the template");
        ObjectNode expression = machineWithItsNetwork();
        ((ObjectNode) expression.at("/resources/0")).put("location", "[resourceGroup().place]");
        assertThat(deploy(cloud, expression).code()).isEqualTo("InvalidTemplate");
        ObjectNode name = machineWithItsNetwork();
        ((ObjectNode) name.at("/resources/0")).put("name", "[reference('vmNic').name]");
        assertThat(deploy(cloud, name).message()).contains("'reference' is not expected at this location");
        assertThat(cloud.send("GET", DEPLOYMENT, Json.object()).code()).isEqualTo("DeploymentNotFound");
    }

    @Test
    void aGroupThatIsMadeAnewKnowsNothingOfEarlierDeployments() {
        deploy(cloud, machineWithItsNetwork());
        cloud.ok("DELETE", MachineCloud.GROUP, Json.object());
        cloud.ok("PUT", MachineCloud.GROUP, MachineCloud.located());

        assertThat(cloud.send("GET", DEPLOYMENT, Json.object()).status()).isEqualTo(404);
        assertThat(cloud.get(MachineCloud.GROUP + "/providers/Microsoft.Resources/deployments")
                        .path("value"))
                .isEmpty();
    }

    private static Answer deploy(MachineCloud where, ObjectNode template) {
        ObjectNode body = Json.object();
        body.putObject("properties").put("mode", "incremental").set("template", template);
        return where.send("PUT", DEPLOYMENT, body);
    }

    private static JsonNode status(MachineCloud where, String poll) {
        return where.sendTo("GET", poll, Json.object()).body();
    }

    /** As {@code az vm create} writes it, the last resource first. */
    private static ObjectNode machineWithItsNetwork() {
        ObjectNode template = Json.object().put("contentVersion", "1.0.0.0");
        ArrayNode resources = template.putArray("resources");
        ObjectNode machine = MachineCloud.wanted("vmNic")
                .put("type", "Microsoft.Compute/virtualMachines")
                .put("name", "vm")
                .put("apiVersion", "2025-04-01");
        machine.putArray("dependsOn").add("Microsoft.Network/networkInterfaces/vmNic");
        resources.add(machine);
        ObjectNode nic = MachineCloud.located()
                .put("type", "Microsoft.Network/networkInterfaces")
                .put("name", "vmNic")
                .put("apiVersion", "2015-06-15");
        nic.putArray("dependsOn").add("Microsoft.Network/publicIpAddresses/vmIp");
        ObjectNode configuration = nic.putObject("properties")
                .putArray("ipConfigurations")
                .addObject()
                .put("name", "config")
                .putObject("properties");
        configuration.putObject("subnet").put("id", MachineCloud.NETWORK + "/virtualNetworks/net/subnets/subnet");
        configuration.putObject("publicIPAddress").put("id", MachineCloud.NETWORK + "/publicIPAddresses/vmIp");
        resources.add(nic);
        ObjectNode address = MachineCloud.located()
                .put("type", "Microsoft.Network/publicIPAddresses")
                .put("name", "vmIp")
                .put("apiVersion", "2022-01-01");
        address.putArray("dependsOn");
        address.putObject("sku").put("name", "Standard");
        address.putObject("properties").put("publicIPAllocationMethod", "Static");
        resources.add(address);
        return template;
    }
}
