package io.keylesspull.practice.arm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.MachineCloud.Answer;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.fault.Fault;
import io.keylesspull.practice.fault.Occasions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where Azure takes its time to know what has happened: lists, interfaces of failed machines, deletions. */
class LateAzureTest {

    private static final String VM = MachineCloud.MACHINES + "/vm";
    private static final String OTHER_VM = MachineCloud.MACHINES + "/other";
    private static final String NIC = MachineCloud.NETWORK + "/networkInterfaces/nic";
    private static final String IDENTITY = MachineCloud.IDENTITIES + "/one";
    private static final String REGISTRY =
            MachineCloud.GROUP + "/providers/Microsoft.ContainerRegistry/registries/slowtogo";

    private final MachineCloud cloud = new MachineCloud(Pace.REALISTIC);

    @Test
    void aGroupsListIsLateWhileTheListsOfATypeAndOfTheSubscriptionAreNot() {
        cloud.ok("PUT", IDENTITY, MachineCloud.located());
        assertThat(listed(MachineCloud.GROUP + "/resources")).doesNotContain(IDENTITY);
        assertThat(listed(MachineCloud.IDENTITIES))
                .containsExactly(IDENTITY.replace("/resourceGroups/", "/resourcegroups/"));
        assertThat(listed(MachineCloud.SUBSCRIPTION + "/resources")).contains(IDENTITY);
        cloud.time.sleep(Duration.ofSeconds(30));
        assertThat(listed(MachineCloud.GROUP + "/resources")).contains(IDENTITY);

        cloud.ok("DELETE", IDENTITY, Json.object());
        assertThat(listed(MachineCloud.GROUP + "/resources")).contains(IDENTITY);
        assertThat(listed(MachineCloud.IDENTITIES)).isEmpty();
        assertThat(cloud.send("GET", IDENTITY, Json.object()).status()).isEqualTo(404);
        cloud.time.sleep(Duration.ofSeconds(30));
        assertThat(listed(MachineCloud.GROUP + "/resources")).doesNotContain(IDENTITY);
    }

    @Test
    void howLateListsAreCanBeSet() {
        Fault lag = cloud.faults.listsLagBy(Duration.ofMinutes(18));
        cloud.ok("PUT", IDENTITY, MachineCloud.located());
        cloud.time.sleep(Duration.ofMinutes(17));
        assertThat(listed(MachineCloud.GROUP + "/resources")).doesNotContain(IDENTITY);
        lag.remove();
        assertThat(listed(MachineCloud.GROUP + "/resources")).contains(IDENTITY);
    }

    @Test
    void theInterfaceOfAMachineThatWasRefusedIsKeptForItForThreeMinutes() {
        Fault quota = cloud.faults.limitCores(0);
        assertThat(cloud.send("PUT", VM, MachineCloud.wanted("nic")).code()).isEqualTo("OperationNotAllowed");
        quota.remove();

        Answer refused = cloud.send("DELETE", NIC, Json.object());
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("NicReservedForAnotherVm");
        assertThat(refused.message()).contains("180 seconds").endsWith("Reserved VM: " + VM);
        assertThat(cloud.send("PUT", OTHER_VM, MachineCloud.wanted("nic")).code())
                .isEqualTo("NicReservedForAnotherVm");

        cloud.time.sleep(Duration.ofSeconds(179));
        assertThat(cloud.send("DELETE", NIC, Json.object()).status()).isEqualTo(400);
        cloud.time.sleep(Duration.ofSeconds(1));
        assertThat(cloud.send("DELETE", NIC, Json.object()).status()).isEqualTo(202);
    }

    @Test
    void theMachineThatCouldNotBeMadeMayHaveItsInterface() {
        Fault quota = cloud.faults.limitCores(0);
        cloud.send("PUT", VM, MachineCloud.wanted("nic"));
        quota.remove();
        assertThat(cloud.send("PUT", VM, MachineCloud.wanted("nic")).status()).isEqualTo(201);
    }

    @Test
    void theInterfaceOfAMachineThatFailedIsKeptAfterThatIsDeleted() {
        cloud.faults.operation(
                "PUT", "/virtualMachines/", Occasions.first(1), OperationFailures.failed("AllocationFailed"));
        cloud.create("vm", MachineCloud.wanted("nic"));
        cloud.time.sleep(Duration.ofSeconds(45));
        assertThat(cloud.send("DELETE", NIC, Json.object()).code()).isEqualTo("NicInUse");
        cloud.ok("DELETE", VM, Json.object());
        cloud.time.sleep(Duration.ofSeconds(20));
        assertThat(cloud.send("GET", VM, Json.object()).status()).isEqualTo(404);
        assertThat(cloud.send("DELETE", NIC, Json.object()).code()).isEqualTo("NicReservedForAnotherVm");
        cloud.time.sleep(Duration.ofSeconds(160));
        assertThat(cloud.send("DELETE", NIC, Json.object()).status()).isEqualTo(202);
    }

    @Test
    void theInterfaceOfAMachineThatRanIsFreeOnceThatIsDeleted() {
        cloud.create("vm", MachineCloud.wanted("nic"));
        cloud.time.sleep(Duration.ofMinutes(1));
        cloud.ok("DELETE", VM, Json.object());
        cloud.time.sleep(Duration.ofSeconds(20));
        assertThat(cloud.send("DELETE", NIC, Json.object()).status()).isEqualTo(202);
    }

    @Test
    void aRegistryTakesAWhileToBeDeletedAndDoesNotSayWhenToAskAgain() {
        ObjectNode registry = MachineCloud.located();
        registry.putObject("sku").put("name", "Basic");
        cloud.ok("PUT", REGISTRY, registry);
        cloud.time.sleep(Duration.ofSeconds(8));

        Answer begun = cloud.send("DELETE", REGISTRY, Json.object());
        assertThat(begun.status()).isEqualTo(202);
        assertThat(begun.body().at("/properties/provisioningState").asText()).isEqualTo("Deleting");
        assertThat(begun.headers()).containsKey("Location").doesNotContainKeys("Azure-AsyncOperation", "Retry-After");
        cloud.time.sleep(Duration.ofSeconds(13));
        Answer still = cloud.sendTo("GET", begun.headers().get("Location"), Json.object());
        assertThat(still.status()).isEqualTo(202);
        assertThat(still.headers()).doesNotContainKey("Retry-After");
        cloud.time.sleep(Duration.ofSeconds(1));
        assertThat(cloud.sendTo("GET", begun.headers().get("Location"), Json.object())
                        .status())
                .isEqualTo(200);
        assertThat(cloud.send("GET", REGISTRY, Json.object()).status()).isEqualTo(404);
    }

    @Test
    void theDeletionOfAGroupDoesNotSayWhenToAskAgain() {
        Answer begun = cloud.send("DELETE", MachineCloud.GROUP, Json.object());
        assertThat(begun.status()).isEqualTo(202);
        assertThat(begun.headers()).containsKey("Location").doesNotContainKeys("Azure-AsyncOperation", "Retry-After");
    }

    private List<String> listed(String path) {
        return Json.items(cloud.get(path).path("value")).map(Json::id).toList();
    }
}
