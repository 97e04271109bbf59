package io.keylesspull.practice.arm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.machine.Hypervisor.CommandOutput;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class VirtualMachineTypeTest {

    private static final String VM = MachineCloud.MACHINES + "/vm";

    private final MachineCloud cloud = new MachineCloud(Pace.INSTANT);

    @Test
    void aMachineIsThereInTheFirstAnswerWhereNothingTakesTime() {
        MachineCloud.Answer made = cloud.create("vm", MachineCloud.wanted("nic"));

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.headers()).doesNotContainKey("Azure-AsyncOperation");
        assertThat(made.body().at("/properties/provisioningState").asText()).isEqualTo("Succeeded");
        assertThat(made.body()
                        .at("/properties/storageProfile/imageReference/exactVersion")
                        .asText())
                .isEqualTo("22.04.202511060");
        assertThat(cloud.hypervisor.calls).containsExactly("add host", "start vm");
        assertThat(cloud.hypervisor.specs.get(0).release()).isEqualTo("ubuntu-22.04");
        assertThat(cloud.hypervisor.specs.get(0).authorizedKeys()).containsExactly(MachineCloud.key());
        assertThat(cloud.hypervisor.specs.get(0).publicIp())
                .isEqualTo(cloud.get(MachineCloud.NETWORK + "/publicIPAddresses/nicIp")
                        .at("/properties/ipAddress")
                        .asText())
                .isNotEmpty();
    }

    @Test
    void aMachineTakesThreeQuartersOfAMinuteAsInAzure() {
        MachineCloud slow = new MachineCloud(Pace.REALISTIC);
        MachineCloud.Answer made = slow.create("vm", MachineCloud.wanted("nic"));
        String poll = made.headers().get("Azure-AsyncOperation");

        assertThat(made.body().at("/properties/provisioningState").asText()).isEqualTo("Creating");
        slow.time.sleep(Duration.ofSeconds(44));
        assertThat(slow.sendTo("GET", poll, Json.object()).body().path("status").asText())
                .isEqualTo("InProgress");
        slow.time.sleep(Duration.ofSeconds(1));
        assertThat(slow.sendTo("GET", poll, Json.object()).body().path("status").asText())
                .isEqualTo("Succeeded");
        assertThat(slow.machine("vm").at("/properties/provisioningState").asText())
                .isEqualTo("Succeeded");
    }

    @Test
    void anInterfaceHasAHardwareAddressFromItsMachineOn() {
        String nic = MachineCloud.NETWORK + "/networkInterfaces/nic";
        assertThat(cloud.get(nic).at("/properties").has("macAddress")).isFalse();
        cloud.create("vm", MachineCloud.wanted("nic"));

        String address = cloud.get(nic).at("/properties/macAddress").asText();
        assertThat(address).matches("00-0D-3A(-[0-9A-F]{2}){3}");
        assertThat(cloud.get(nic).at("/properties/macAddress").asText()).isEqualTo(address);
    }

    @Test
    void aMachineGetsItsCustomData() {
        ObjectNode body = MachineCloud.wanted("nic");
        body.withObject("/properties/osProfile")
                .put(
                        "customData",
                        Base64.getEncoder()
                                .encodeToString("#cloud-config\npackages:\n  - docker.io\nfinal_message: done\n"
                                        .getBytes(StandardCharsets.UTF_8)));
        cloud.create("vm", body);

        assertThat(cloud.hypervisor.specs.get(0).customData()).contains("  - docker.io");
    }

    @Test
    void howAMachineIsCanBeAskedForOneAndForAll() {
        cloud.create("vm", MachineCloud.wanted("nic"));

        assertThat(power(cloud.get(VM + "?$expand=instanceView").at("/properties/instanceView")))
                .containsExactly("ProvisioningState/succeeded", "PowerState/running");
        assertThat(power(cloud.get(VM + "/instanceView"))).contains("PowerState/running");
        assertThat(cloud.get(MachineCloud.COMPUTE + "/virtualMachines?statusOnly=true")
                        .at("/value/0/properties/instanceView/statuses/1/code")
                        .asText())
                .isEqualTo("PowerState/running");
        JsonNode plain = cloud.get(MachineCloud.MACHINES).at("/value/0/properties");
        assertThat(plain.has("instanceView")).isFalse();
        assertThat(plain.at("/osProfile/adminUsername").asText()).isEqualTo("azureuser");
    }

    @Test
    void listsAreExpandedForAScaleSetAlone() {
        for (String list : List.of(MachineCloud.COMPUTE + "/virtualMachines", MachineCloud.MACHINES)) {
            MachineCloud.Answer refused = cloud.send("GET", list + "?$expand=instanceView", Json.object());
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.code()).isEqualTo("InvalidParameter");
        }
    }

    @Test
    void aMachineIsStoppedAndStarted() {
        cloud.create("vm", MachineCloud.wanted("nic"));
        cloud.hypervisor.calls.clear();

        cloud.ok("POST", VM + "/deallocate", Json.object());
        assertThat(power(cloud.get(VM + "/instanceView"))).contains("PowerState/deallocated");
        assertThat(cloud.send("POST", VM + "/restart", Json.object()).status()).isEqualTo(409);
        cloud.ok("POST", VM + "/start", Json.object());
        cloud.ok("POST", VM + "/restart", Json.object());
        cloud.ok("POST", VM + "/powerOff", Json.object());
        assertThat(power(cloud.get(VM + "/instanceView"))).contains("PowerState/stopped");
        assertThat(cloud.hypervisor.calls).containsExactly("stop vm", "start vm", "stop vm", "start vm", "stop vm");
    }

    @Test
    void aScriptRunsAndTellsTheEndOfWhatItWrote() {
        cloud.create("vm", MachineCloud.wanted("nic"));
        cloud.hypervisor.output = new CommandOutput(3, "x".repeat(5000) + "end", "oops");
        ObjectNode command = Json.object().put("commandId", "RunShellScript");
        command.putArray("script").add("one").add("two");

        String message = cloud.ok("POST", VM + "/runCommand", command)
                .at("/value/0/message")
                .asText();
        assertThat(message).isEqualTo("Enable succeeded: \n[stdout]\n" + "x".repeat(4093) + "end\n[stderr]\noops");
        assertThat(cloud.hypervisor.calls).endsWith("run one; two");
        cloud.ok("POST", VM + "/deallocate", Json.object());
        assertThat(cloud.send("POST", VM + "/runCommand", command).code()).isEqualTo("OperationNotAllowed");
    }

    @Test
    void theResultOfAScriptIsFetchedWhereTheAnswerSays() {
        MachineCloud slow = new MachineCloud(Pace.REALISTIC);
        slow.create("vm", MachineCloud.wanted("nic"));
        slow.time.sleep(Duration.ofMinutes(1));
        ObjectNode command = Json.object().put("commandId", "RunShellScript");
        command.putArray("script").add("id");

        MachineCloud.Answer accepted = slow.send("POST", VM + "/runCommand", command);
        assertThat(accepted.status()).isEqualTo(202);
        slow.time.sleep(Duration.ofSeconds(5));
        assertThat(slow.sendTo("GET", accepted.headers().get("Location"), Json.object())
                        .body()
                        .at("/value/0/message")
                        .asText())
                .isEqualTo("Enable succeeded: \n[stdout]\n\n[stderr]\n");
    }

    @Test
    void whatWasSetAtCreationStays() {
        cloud.create("vm", MachineCloud.wanted("nic"));
        ObjectNode other = MachineCloud.wanted("nic");
        other.withObject("/properties/osProfile").put("adminUsername", "someone");

        assertThat(cloud.create("vm", other).code()).isEqualTo("PropertyChangeNotAllowed");
        assertThat(cloud.create("vm", MachineCloud.wanted("nic")).status()).isEqualTo(200);
        ObjectNode bigger = Json.object();
        bigger.putObject("properties").putObject("hardwareProfile").put("vmSize", "Standard_B4ms");
        assertThat(cloud.ok("PATCH", VM, bigger)
                        .at("/properties/hardwareProfile/vmSize")
                        .asText())
                .isEqualTo("Standard_B4ms");
    }

    @Test
    void aDiskHoldsItsImage() {
        ObjectNode body = MachineCloud.wanted("nic");
        ObjectNode disk = body.withObject("/properties/storageProfile/osDisk").put("diskSizeGB", 20);
        assertThat(cloud.send("PUT", VM, body).code()).isEqualTo("OperationNotAllowed");

        disk.put("diskSizeGB", 64);
        cloud.create("vm", body);
        assertThat(cloud.machine("vm")
                        .at("/properties/storageProfile/osDisk/diskSizeGB")
                        .asInt())
                .isEqualTo(64);
    }

    @Test
    void aDiskOutlivesItsMachineUnlessItIsToGoWithIt() {
        ObjectNode body = MachineCloud.wanted("nic");
        cloud.create("vm", body);
        String disk = cloud.machine("vm")
                .at("/properties/storageProfile/osDisk/managedDisk/id")
                .asText();
        assertThat(cloud.get(disk).path("managedBy").asText()).isEqualTo(VM);
        assertThat(cloud.send("DELETE", disk, Json.object()).status()).isEqualTo(409);

        cloud.ok("DELETE", VM, Json.object());
        assertThat(cloud.hypervisor.calls).endsWith("remove vm");
        assertThat(cloud.get(disk).at("/properties/diskState").asText()).isEqualTo("Unattached");
        cloud.ok("DELETE", disk, Json.object());

        body.withObject("/properties/storageProfile/osDisk")
                .put("deleteOption", "Delete")
                .put("name", "mine");
        ((ObjectNode) body.at("/properties/networkProfile/networkInterfaces/0"))
                .putObject("properties")
                .put("deleteOption", "Delete");
        cloud.create("vm", body);
        cloud.ok("DELETE", VM, Json.object());
        assertThat(cloud.state.resourceIds()).noneMatch(id -> id.contains("/disks/") || id.endsWith("/nic"));
        assertThat(cloud.send("DELETE", VM, Json.object()).status()).isEqualTo(204);
    }

    @Test
    void aGroupGoesWithItsMachines() {
        cloud.create("vm", MachineCloud.wanted("nic"));
        cloud.ok("DELETE", MachineCloud.GROUP, Json.object());

        assertThat(cloud.state.resourceIds()).isEmpty();
        assertThat(cloud.hypervisor.calls).endsWith("remove vm");
    }

    private static List<String> power(JsonNode instanceView) {
        return Json.items(instanceView.path("statuses"))
                .map(status -> status.path("code").asText())
                .toList();
    }
}
