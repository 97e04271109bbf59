package io.keylesspull.practice.arm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.MachineCloud.Answer;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.clock.Pace;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What an undo lives on: everything that can be made carries marks, is listed, and goes by {@code DELETE /ID}. */
class DeletingTest {

    private static final String VM = MachineCloud.MACHINES + "/vm";
    private static final String DISK = MachineCloud.GROUP + "/providers/Microsoft.Compute/disks/vmDisk";
    private static final String NIC = MachineCloud.NETWORK + "/networkInterfaces/nic";
    private static final String IP = MachineCloud.NETWORK + "/publicIPAddresses/nicIp";
    private static final String NSG = MachineCloud.NETWORK + "/networkSecurityGroups/guard";
    private static final String VNET = MachineCloud.NETWORK + "/virtualNetworks/net";
    private static final String REGISTRY =
            MachineCloud.GROUP + "/providers/Microsoft.ContainerRegistry/registries/undoable";
    private static final String IDENTITY = MachineCloud.IDENTITIES + "/one";
    private static final String ASSIGNMENT =
            REGISTRY + "/providers/Microsoft.Authorization/roleAssignments/" + "11111111-2222-4333-8444-555555555555";
    private static final List<String> RESOURCES = List.of(VM, DISK, NIC, IP, NSG, VNET, REGISTRY, IDENTITY);

    private final MachineCloud cloud = new MachineCloud(Pace.REALISTIC);

    @Test
    void everythingGoesByItsIdAndWhatIsGoneIsNotMissed() {
        furnish("Detach");
        for (String id : List.of(VM, DISK, NIC, IP, NSG, VNET, ASSIGNMENT, IDENTITY, REGISTRY)) {
            assertThat(cloud.send("DELETE", id, Json.object()).status()).as(id).isIn(200, 202);
            cloud.time.sleep(Duration.ofMinutes(1));
            assertThat(cloud.send("GET", id, Json.object()).status()).as(id).isEqualTo(404);
            assertThat(cloud.send("DELETE", id, Json.object()).status()).as(id).isEqualTo(204);
        }
        assertThat(content()).isEmpty();
        assertThat(cloud.send("DELETE", MachineCloud.GROUP, Json.object()).status())
                .isEqualTo(202);
        cloud.time.sleep(Duration.ofMinutes(1));
        assertThat(cloud.send("DELETE", MachineCloud.GROUP, Json.object()).code())
                .isEqualTo("ResourceGroupNotFound");
    }

    @Test
    void whatIsInUseStaysWithTheReason() {
        furnish("Detach");
        refused(DISK, 409, "OperationNotAllowed", VM);
        refused(NIC, 400, "NicInUse", VM);
        refused(IP, 400, "PublicIPAddressCannotBeDeleted", NIC);
        refused(NSG, 400, "InUseNetworkSecurityGroupCannotBeDeleted", NIC);
        refused(VNET, 400, "InUseSubnetCannotBeDeleted", NIC);
    }

    @Test
    void whatIsBeingDeletedMayBeDeletedAgain() {
        furnish("Detach");
        for (String id : List.of(VM, DISK, NIC, IP, MachineCloud.GROUP)) {
            assertThat(cloud.send("DELETE", id, Json.object()).status()).as(id).isEqualTo(202);
            assertThat(cloud.send("DELETE", id, Json.object()).status()).as(id).isEqualTo(202);
            cloud.time.sleep(Duration.ofMinutes(1));
        }
        assertThat(cloud.state.resourceIds()).isEmpty();
    }

    @Test
    void aGroupMadeAnewOutlivesADeletionThatWasAskedForTwice() {
        cloud.send("DELETE", MachineCloud.GROUP, Json.object());
        cloud.time.sleep(Duration.ofSeconds(15));
        cloud.send("DELETE", MachineCloud.GROUP, Json.object());
        cloud.time.sleep(Duration.ofSeconds(10));
        cloud.ok("PUT", MachineCloud.GROUP, MachineCloud.located());
        cloud.time.sleep(Duration.ofMinutes(1));
        assertThat(cloud.get(MachineCloud.GROUP).path("name").asText()).isEqualTo("group");
    }

    @Test
    void aDiskThatIsNamedAndBoundToItsMachineGoesWithIt() {
        furnish("Delete");
        assertThat(cloud.get(DISK).path("managedBy").asText()).isEqualTo(VM);
        assertThat(cloud.machine("vm")
                        .at("/properties/storageProfile/osDisk/deleteOption")
                        .asText())
                .isEqualTo("Delete");
        cloud.ok("DELETE", VM, Json.object());
        cloud.time.sleep(Duration.ofMinutes(1));
        assertThat(content()).doesNotContain(VM, DISK).contains(NIC);
    }

    @Test
    void tagsAreKeptAndShownOnEverything() {
        furnish("Delete");
        for (String id : RESOURCES) {
            assertThat(cloud.get(id).at("/tags/run").asText()).as(id).isEqualTo("r1");
            ObjectNode tags = Json.object();
            tags.putObject("tags").put("run", "r2");
            cloud.ok("PATCH", id, tags);
            assertThat(cloud.get(id).at("/tags/run").asText()).as(id).isEqualTo("r2");
        }
        assertThat(Json.items(cloud.get(MachineCloud.GROUP + "/resources").path("value"))
                        .map(resource -> resource.at("/tags/run").asText()))
                .hasSize(RESOURCES.size())
                .containsOnly("r2");
        cloud.ok("PUT", MachineCloud.GROUP, tagged(MachineCloud.located()));
        assertThat(cloud.get(MachineCloud.GROUP).at("/tags/run").asText()).isEqualTo("r1");
    }

    @Test
    void aGroupListsWhatIsInIt() {
        furnish("Detach");
        assertThat(content()).containsExactlyInAnyOrderElementsOf(RESOURCES);
        assertThat(cloud.send("GET", MachineCloud.GROUP + "none/resources", Json.object())
                        .code())
                .isEqualTo("ResourceGroupNotFound");
    }

    @Test
    void aRoleAssignmentKeepsItsDescription() {
        furnish("Detach");
        assertThat(cloud.get(ASSIGNMENT).at("/properties/description").asText()).isEqualTo("run r1");
        ObjectNode again = assignment(cloud.get(IDENTITY));
        again.withObject("/properties").put("description", "run r2");
        cloud.ok("PUT", ASSIGNMENT, again);
        assertThat(cloud.get(ASSIGNMENT).at("/properties/description").asText()).isEqualTo("run r2");
        assertThat(cloud.get(REGISTRY + "/providers/Microsoft.Authorization/roleAssignments")
                        .path("value"))
                .filteredOn(listed -> Json.id(listed).equals(ASSIGNMENT))
                .singleElement()
                .satisfies(listed -> assertThat(
                                listed.at("/properties/description").asText())
                        .isEqualTo("run r2"));
    }

    private void furnish(String diskDeleteOption) {
        cloud.ok("PUT", NSG, tagged(MachineCloud.located()));
        ObjectNode nic = tagged((ObjectNode) cloud.get(NIC));
        nic.withObject("/properties").set("networkSecurityGroup", Json.reference(NSG));
        cloud.ok("PUT", NIC, nic);
        cloud.ok("PUT", IP, tagged((ObjectNode) cloud.get(IP)));
        cloud.ok("PUT", VNET, tagged((ObjectNode) cloud.get(VNET)));
        ObjectNode registry = tagged(MachineCloud.located());
        registry.putObject("sku").put("name", "Basic");
        cloud.ok("PUT", REGISTRY, registry);
        JsonNode identity = cloud.ok("PUT", IDENTITY, tagged(MachineCloud.located()));
        ObjectNode vm = tagged(MachineCloud.wanted("nic"));
        vm.withObject("/properties/storageProfile/osDisk").put("name", "vmDisk").put("deleteOption", diskDeleteOption);
        cloud.ok("PUT", VM, vm);
        cloud.time.sleep(Duration.ofMinutes(1));
        cloud.ok("PUT", ASSIGNMENT, assignment(identity));
    }

    private Stream<String> content() {
        return Json.items(cloud.get(MachineCloud.GROUP + "/resources").path("value"))
                .map(Json::id);
    }

    private void refused(String id, int status, String code, String user) {
        Answer answer = cloud.send("DELETE", id, Json.object());
        assertThat(answer.status()).as(id).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.message()).contains(user);
    }

    private static ObjectNode tagged(ObjectNode body) {
        body.putObject("tags").put("run", "r1");
        return body;
    }

    private static ObjectNode assignment(JsonNode identity) {
        ObjectNode body = Json.object();
        body.putObject("properties")
                .put("principalId", Json.known(identity, "/properties/principalId"))
                .put("principalType", "ServicePrincipal")
                .put("description", "run r1")
                .put(
                        "roleDefinitionId",
                        MachineCloud.SUBSCRIPTION
                                + "/providers/Microsoft.Authorization/roleDefinitions/"
                                + "7f951dda-4ed3-4680-a7ca-43fe172d538d");
        return body;
    }
}
