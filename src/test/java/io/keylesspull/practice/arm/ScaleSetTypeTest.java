package io.keylesspull.practice.arm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.MachineCloud.Answer;
import io.keylesspull.practice.arm.core.ResourceStore;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.fault.Occasions;
import io.keylesspull.practice.machine.Hypervisor;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScaleSetTypeTest {

    private static final String SETS = MachineCloud.GROUP + "/providers/Microsoft.Compute/virtualMachineScaleSets";
    private static final String SET = SETS + "/fleet";

    private final MachineCloud cloud = new MachineCloud(Pace.REALISTIC);

    @BeforeEach
    void raiseQuota() {
        cloud.state.context().limits().limitCores(ResourceStore.nameOf(MachineCloud.SUBSCRIPTION), 4_000);
    }

    @Test
    void makesMachinesWithInterfacesAndDisksAndTheScaleSetsTags() {
        String identity = cloud.identity("fleetIdentity");
        ObjectNode body = wanted(3);
        body.putObject("tags").put("keyless-pull-run", "r1");
        body.putObject("identity")
                .put("type", "UserAssigned")
                .putObject("userAssignedIdentities")
                .putObject(identity);
        Answer begun = cloud.send("PUT", SET, body);
        assertThat(begun.status()).isEqualTo(201);
        assertThat(begun.body().at("/properties/provisioningState").asText()).isEqualTo("Creating");
        assertThat(begun.headers()).containsKey("Azure-AsyncOperation");
        cloud.time.sleep(Duration.ofMinutes(2));

        JsonNode set = cloud.get(SET);
        assertThat(set.at("/properties/provisioningState").asText()).isEqualTo("Succeeded");
        assertThat(set.at("/properties/upgradePolicy/mode").asText()).isEqualTo("Manual");
        assertThat(set.at("/properties/singlePlacementGroup").asBoolean(true)).isFalse();
        assertThat(set.at("/properties/virtualMachineProfile/osProfile").has("customData"))
                .isFalse();
        assertThat(set.at("/identity/userAssignedIdentities").has(identity)).isTrue();

        List<JsonNode> machines = instances();
        assertThat(machines).hasSize(3).allSatisfy(machine -> {
            assertThat(Json.name(machine)).matches("fleet_[0-9a-f]{8}");
            assertThat(machine.at("/properties/virtualMachineScaleSet/id").asText())
                    .isEqualTo(SET);
            assertThat(machine.at("/properties/osProfile/computerName").asText())
                    .matches("host[0-9A-F]{6}");
            assertThat(machine.at("/properties/provisioningState").asText()).isEqualTo("Succeeded");
            assertThat(machine.at("/identity/userAssignedIdentities/" + identity.replace("/", "~1") + "/principalId")
                            .asText())
                    .isNotEmpty();
            assertThat(machine.at("/tags/keyless-pull-run").asText()).isEqualTo("r1");
            JsonNode disk = cloud.get(machine.at("/properties/storageProfile/osDisk/managedDisk/id")
                    .asText());
            assertThat(disk.at("/tags/keyless-pull-run").asText()).isEqualTo("r1");
            JsonNode nic = cloud.get(machine.at("/properties/networkProfile/networkInterfaces/0/id")
                    .asText());
            assertThat(Json.name(nic)).matches("fleetNic-[0-9a-f]{8}");
            assertThat(nic.path("tags")).isEmpty();
        });
        assertThat(cloud.hypervisor.specs)
                .hasSize(3)
                .extracting(Hypervisor.Spec::publicIp)
                .containsOnly("");
    }

    @Test
    void listsInstancesByTheFilterAndBelowTheScaleSet() {
        cloud.ok("PUT", SET, wanted(2));
        cloud.ok("PUT", MachineCloud.MACHINES + "/single", MachineCloud.wanted("nic"));
        assertThat(instances()).hasSize(2);
        assertThat(cloud.get(MachineCloud.MACHINES).path("value")).hasSize(3);
        assertThat(cloud.get(SUBSCRIPTION_SETS).path("value")).hasSize(1);
        JsonNode below = cloud.get(SET + "/virtualMachines").path("value");
        assertThat(below)
                .hasSize(2)
                .allSatisfy(one -> assertThat(one.path("instanceId").asText()).isEqualTo(Json.name(one)));
        assertThat(cloud.send("GET", SET + "/instanceView", Json.object()).code())
                .isEqualTo("OperationNotAllowed");
    }

    private static final String SUBSCRIPTION_SETS =
            MachineCloud.SUBSCRIPTION + "/providers/Microsoft.Compute/virtualMachineScaleSets";

    @Test
    void scalesOutAndIn() {
        cloud.ok("PUT", SET, wanted(1));
        cloud.time.sleep(Duration.ofMinutes(2));
        String first = Json.name(instances().get(0));
        ObjectNode capacity = Json.object();
        capacity.putObject("sku").put("capacity", 3);
        cloud.ok("PATCH", SET, capacity);
        cloud.time.sleep(Duration.ofMinutes(2));
        assertThat(instances()).hasSize(3);
        capacity.putObject("sku").put("capacity", 1);
        cloud.ok("PATCH", SET, capacity);
        cloud.time.sleep(Duration.ofMinutes(2));
        assertThat(instances()).extracting(Json::name).containsExactly(first);
        assertThat(cloud.get(SET).at("/sku/capacity").asInt()).isEqualTo(1);
    }

    @Test
    void deletionTakesEverythingAlong() {
        List<String> before = cloud.state.resourceIds();
        cloud.ok("PUT", SET, wanted(2));
        cloud.time.sleep(Duration.ofMinutes(2));
        Answer begun = cloud.send("DELETE", SET + "?forceDeletion=true", Json.object());
        assertThat(begun.status()).isEqualTo(202);
        assertThat(cloud.get(SET).at("/properties/provisioningState").asText()).isEqualTo("Deleting");
        cloud.time.sleep(Duration.ofMinutes(2));
        cloud.get(MachineCloud.GROUP);
        assertThat(cloud.state.resourceIds()).isEqualTo(before);
    }

    @Test
    void anInstanceThatCannotBeMadeFailsTheScaleSet() {
        cloud.faults.operation(
                "PUT", "/virtualMachines/fleet_", Occasions.first(1), OperationFailures.failed("AllocationFailed"));
        Answer begun = cloud.send("PUT", SET, wanted(2));
        cloud.time.sleep(Duration.ofMinutes(2));
        JsonNode status = cloud.sendTo("GET", begun.headers().get("Azure-AsyncOperation"), Json.object())
                .body();
        assertThat(status.path("status").asText()).isEqualTo("Failed");
        assertThat(status.at("/error/message").asText()).contains("fleet_");
        assertThat(cloud.get(SET).at("/properties/provisioningState").asText()).isEqualTo("Failed");
    }

    @Test
    void aSubnetThatIsTooSmallFailsTheScaleSet() {
        Answer begun = cloud.send("PUT", SET, wanted(260));
        cloud.time.sleep(Duration.ofMinutes(2));
        assertThat(cloud.sendTo("GET", begun.headers().get("Azure-AsyncOperation"), Json.object())
                        .body()
                        .at("/error/code")
                        .asText())
                .isEqualTo("SubnetIsFull");
    }

    @Test
    void refusesWhatFlexibleOnesDoNotHave() {
        assertThat(refused(body -> properties(body).remove("platformFaultDomainCount")))
                .isEqualTo("Required parameter 'platformFaultDomainCount' is missing (null).");
        assertThat(refused(body -> body.putObject("identity").put("type", "SystemAssigned")))
                .isEqualTo("The value 'SystemAssigned' of parameter 'identity' is not allowed. "
                        + "Allowed values are: UserAssigned, None.");
        assertThat(refused(body -> properties(body).put("singlePlacementGroup", true)))
                .contains("singlePlacementGroup");
        assertThat(refused(body -> body.withObject("/properties/virtualMachineProfile/networkProfile")
                        .remove("networkApiVersion")))
                .contains("networkApiVersion");
        assertThat(refused(body -> body.withObject("/sku").put("capacity", 1_001)))
                .contains("up to 1000 instances");
        assertThat(refused(body -> body.withObject("/sku").put("name", "Standard_None")))
                .contains("Standard_None");
        assertThat(refused(body -> body.withObject("/properties/virtualMachineProfile/osProfile")
                        .put("customData", "x".repeat(87_381))))
                .contains("maximum length of 87380");
        cloud.state.context().limits().limitCores(ResourceStore.nameOf(MachineCloud.SUBSCRIPTION), 20);
        assertThat(refused(body -> body.withObject("/sku").put("capacity", 11))).contains("Total Regional Cores");
        assertThat(cloud.state.resourceIds()).noneMatch(id -> id.contains("fleet"));
    }

    private interface Change {
        void of(ObjectNode body);
    }

    private String refused(Change change) {
        ObjectNode body = wanted(2);
        change.of(body);
        Answer answer = cloud.send("PUT", SET, body);
        assertThat(answer.status()).as(answer.body().toString()).isBetween(400, 409);
        return answer.message();
    }

    private static ObjectNode properties(ObjectNode body) {
        return Json.properties(body);
    }

    private List<JsonNode> instances() {
        String filter = URLEncoder.encode("'virtualMachineScaleSet/id' eq '" + SET + "'", StandardCharsets.UTF_8);
        return Json.items(cloud.get(MachineCloud.MACHINES + "?$filter=" + filter + "&$expand=instanceView")
                        .path("value"))
                .toList();
    }

    /** What a client sends for a new scale set. */
    static ObjectNode wanted(int instances) {
        ObjectNode single = MachineCloud.wanted("nic");
        ObjectNode body = MachineCloud.located();
        body.putObject("sku").put("name", "Standard_B2s").put("capacity", instances);
        ObjectNode properties = body.putObject("properties")
                .put("orchestrationMode", "Flexible")
                .put("platformFaultDomainCount", 1);
        ObjectNode profile = properties.putObject("virtualMachineProfile");
        profile.set("storageProfile", single.at("/properties/storageProfile"));
        ObjectNode os = single.at("/properties/osProfile").deepCopy();
        os.remove("computerName");
        profile.set("osProfile", os.put("computerNamePrefix", "host").put("customData", "I2Nsb3VkLWNvbmZpZwo="));
        ObjectNode network = profile.putObject("networkProfile").put("networkApiVersion", "2020-11-01");
        ObjectNode nic = network.putArray("networkInterfaceConfigurations")
                .addObject()
                .put("name", "fleetNic")
                .putObject("properties")
                .put("primary", true);
        nic.putArray("ipConfigurations")
                .addObject()
                .put("name", "config")
                .putObject("properties")
                .putObject("subnet")
                .put("id", MachineCloud.NETWORK + "/virtualNetworks/net/subnets/subnet");
        return body;
    }
}
