package io.keylesspull.practice.arm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.machine.Hypervisor.CommandOutput;
import io.keylesspull.practice.machine.Hypervisor.Script;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RunCommandTypeTest {

    private static final String VM = MachineCloud.MACHINES + "/vm";
    private static final String COMMAND = VM + "/runCommands/mine";

    private final MachineCloud cloud = new MachineCloud(Pace.INSTANT);

    @Test
    void aScriptHasAnExitStatusAndTheEndsOfBothStreams() {
        cloud.create("vm", MachineCloud.wanted("nic"));
        cloud.hypervisor.output = new CommandOutput(3, "x".repeat(5000) + "end", "oops");

        JsonNode made = cloud.ok("PUT", COMMAND, script("exit 3"));

        assertThat(made.at("/properties/provisioningState").asText()).isEqualTo("Succeeded");
        assertThat(made.path("type").asText()).isEqualTo("Microsoft.Compute/virtualMachines/runCommands");
        assertThat(cloud.get(COMMAND).path("properties").has("instanceView")).isFalse();
        JsonNode view = cloud.get(COMMAND + "?$expand=instanceView").at("/properties/instanceView");
        assertThat(view.path("executionState").asText()).isEqualTo("Failed");
        assertThat(view.path("exitCode").asInt()).isEqualTo(3);
        assertThat(view.path("output").asText()).isEqualTo("x".repeat(4093) + "end");
        assertThat(view.path("error").asText()).isEqualTo("oops");
        assertThat(view.has("startTime") && view.has("endTime")).isTrue();
    }

    /** Whoever calls Azure carries out what is to be done to machines, also for others. */
    @Test
    void aScriptWaitsForAMachineThatIsMadeAndNotYetThere() throws Exception {
        cloud.hypervisor.addable = new CountDownLatch(1);
        Thread making = new Thread(() -> cloud.create("vm", MachineCloud.wanted("nic")));
        making.start();
        cloud.hypervisor.asked.await();
        Thread scripting = new Thread(() -> cloud.ok("PUT", COMMAND, script("true")));
        scripting.start();
        await().until(() ->
                EnumSet.of(Thread.State.WAITING, Thread.State.TERMINATED).contains(scripting.getState()));
        cloud.hypervisor.addable.countDown();
        making.join();
        scripting.join();

        assertThat(cloud.get(COMMAND + "?$expand=instanceView")
                        .at("/properties/instanceView/executionState")
                        .asText())
                .isEqualTo("Succeeded");
    }

    @Test
    void protectedParametersReachTheScriptAndAreNeverShown() {
        cloud.create("vm", MachineCloud.wanted("nic"));
        ObjectNode body = script("id");
        ObjectNode properties = body.withObject("/properties");
        properties.putArray("parameters").addObject().put("name", "OPEN").put("value", "seen");
        properties
                .putArray("protectedParameters")
                .addObject()
                .put("name", "HIDDEN")
                .put("value", "secret");
        properties.withArray("/protectedParameters").addObject().put("name", "").put("value", "argument");
        properties.put("runAsUser", "azureuser").put("timeoutInSeconds", 60);

        JsonNode made = cloud.ok("PUT", COMMAND, body);

        assertThat(cloud.hypervisor.scripts)
                .containsExactly(new Script(
                        "id",
                        Map.of("OPEN", "seen", "HIDDEN", "secret"),
                        List.of("argument"),
                        Optional.of("azureuser"),
                        Optional.of(Duration.ofSeconds(60))));
        String shown = cloud.get(COMMAND + "?$expand=instanceView").toString();
        assertThat(shown).contains("seen").doesNotContain("secret").doesNotContain("argument");
        assertThat(made.toString()).doesNotContain("secret");
    }

    @Test
    void oneScriptRunsAtATime() {
        MachineCloud slow = running(new MachineCloud(Pace.REALISTIC));
        CountDownLatch latch = new CountDownLatch(1);
        slow.hypervisor.unblocked = latch;

        MachineCloud.Answer first = slow.send("PUT", COMMAND, script("one"));
        assertThat(first.status()).isEqualTo(201);
        assertThat(first.body().at("/properties/provisioningState").asText()).isEqualTo("Creating");
        MachineCloud.Answer second = slow.send("PUT", VM + "/runCommands/other", script("two"));
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.code()).isEqualTo("Conflict");
        assertThat(status(slow, first)).isEqualTo("InProgress");
        assertThat(slow.get(COMMAND + "?$expand=instanceView")
                        .at("/properties/instanceView/executionState")
                        .asText())
                .isEqualTo("Running");

        latch.countDown();
        await().until(() -> status(slow, first).equals("Succeeded"));
        assertThat(slow.send("PUT", VM + "/runCommands/other", script("two")).status())
                .isEqualTo(201);
    }

    @Test
    void deletingStopsTheScript() {
        MachineCloud slow = running(new MachineCloud(Pace.REALISTIC));
        slow.hypervisor.unblocked = new CountDownLatch(1);
        slow.send("PUT", COMMAND, script("sleep 1000"));

        assertThat(slow.send("DELETE", COMMAND, Json.object()).status()).isEqualTo(202);
        slow.hypervisor.unblocked = new CountDownLatch(0);
        assertThat(slow.send("PUT", VM + "/runCommands/other", script("two")).status())
                .isEqualTo(201);
        slow.time.sleep(Duration.ofSeconds(10));
        assertThat(slow.send("GET", COMMAND, Json.object()).status()).isEqualTo(404);
        assertThat(slow.send("DELETE", COMMAND, Json.object()).status()).isEqualTo(204);
    }

    @Test
    void aScriptThatIsNotWaitedForIsProvisionedWhenItStarts() {
        cloud.create("vm", MachineCloud.wanted("nic"));
        CountDownLatch latch = new CountDownLatch(1);
        cloud.hypervisor.unblocked = latch;
        ObjectNode body = script("sleep 1000");
        body.withObject("/properties").put("asyncExecution", true);

        assertThat(cloud.ok("PUT", COMMAND, body)
                        .at("/properties/provisioningState")
                        .asText())
                .isEqualTo("Succeeded");
        latch.countDown();
        await().until(() -> cloud.get(COMMAND + "?$expand=instanceView")
                .at("/properties/instanceView/executionState")
                .asText()
                .equals("Succeeded"));
    }

    @Test
    void whatCannotRunIsRefused() {
        cloud.create("vm", MachineCloud.wanted("nic"));
        ObjectNode both = script("id");
        both.withObject("/properties/source").put("commandId", "RunShellScript");
        assertThat(cloud.send("PUT", COMMAND, both).code()).isEqualTo("InvalidParameterConflictingProperties");
        assertThat(cloud.send("PUT", COMMAND, script("")).code()).isEqualTo("InvalidParameter");
        assertThat(cloud.send("PUT", COMMAND, Json.object()).code()).isEqualTo("LocationRequired");
        cloud.ok("POST", VM + "/deallocate", Json.object());
        assertThat(cloud.send("PUT", COMMAND, script("id")).code()).isEqualTo("OperationNotAllowed");
    }

    @Test
    void theyGoWithTheirMachine() {
        cloud.create("vm", MachineCloud.wanted("nic"));
        cloud.ok("PUT", COMMAND, script("id"));
        assertThat(cloud.get(VM + "/runCommands").path("value")).hasSize(1);
        assertThat(cloud.state.resourceIds()).contains(COMMAND);

        cloud.ok("DELETE", VM, Json.object());
        assertThat(cloud.state.resourceIds()).doesNotContain(COMMAND);
    }

    private static MachineCloud running(MachineCloud cloud) {
        cloud.create("vm", MachineCloud.wanted("nic"));
        cloud.time.sleep(Duration.ofMinutes(1));
        return cloud;
    }

    private static String status(MachineCloud cloud, MachineCloud.Answer begun) {
        return cloud.sendTo("GET", begun.headers().get("Azure-AsyncOperation"), Json.object())
                .body()
                .path("status")
                .asText();
    }

    private static ObjectNode script(String text) {
        ObjectNode body = MachineCloud.located();
        body.putObject("properties").putObject("source").put("script", text);
        return body;
    }
}
