package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keylesspull.practice.Faults;
import io.keylesspull.practice.PracticeCloud;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.fault.Fault;
import io.keylesspull.practice.fault.Occasions;
import io.keylesspull.practice.wire.PracticeServer;
import io.keylesspull.practice.wire.RequestMatcher;
import io.keylesspull.setup.step.connection.RunCommandAccess;
import io.keylesspull.time.Time;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program itself, in a process of its own and not in practice mode, sets up a machine that it reaches by Run
 * Command alone. A practice cloud plays Azure, and lets nobody in over SSH.
 */
@Timeout(300)
class ByRunCommandTest {

    @TempDir
    private Path folder;

    private PracticeCloud cloud;
    private PracticeServer server;
    private Fault scripts;

    @BeforeEach
    void open() throws IOException {
        Faults hooks = new Faults();
        scripts = hooks.http()
                .before(
                        RequestMatcher.to("management.azure.com").method("PUT").path("/runCommands/"),
                        Occasions.always(),
                        () -> {});
        cloud = hooks.start(Pace.INSTANT, Time.system(), new Random());
        server = cloud.serve(0, new SecureRandom());
    }

    @AfterEach
    void close() {
        server.close();
        cloud.close();
    }

    @Test
    void aPrivateMachineEndsInEqualDigestsAndIsLeftAsItWas() throws Exception {
        List<String> resources = cloud.resourceIds().toList();
        List<String> machine = inventory();
        Path authority = Files.writeString(folder.resolve("ca.pem"), server.certificate());
        RealProgram program = RealProgram.signedIn(folder, server.proxy().toString(), cloud.tenantId());

        RealProgram.Ended set = program.run("--run", setup(), "--output", "json", "--ca-file", authority.toString());

        assertThat(set.status()).as(set.out() + set.err()).isZero();
        JsonNode last = new ObjectMapper()
                .readTree(set.out().lines().reduce((one, other) -> other).orElseThrow());
        String digest = last.findValue("digest").asText();
        assertThat(digest).startsWith("sha256:");
        assertThat(cloud.images()).anyMatch(image -> image.contains(digest));
        assertThat(scripts.fired()).as("scripts").isEqualTo(RunCommandAccess.SCRIPTS);
        assertThat(set.out()).contains("by Run Command").doesNotContain("connecting to");

        RealProgram.Ended undone =
                program.run("--undo", "last", "--yes", "--restore-machines", "--ca-file", authority.toString());

        assertThat(undone.status()).as(undone.out() + undone.err()).isZero();
        assertThat(cloud.resourceIds()).containsExactlyElementsOf(resources);
        assertThat(inventory()).isEqualTo(machine);
    }

    /** Nobody has said where the own address is to be looked up, so that the program does not know it. */
    @Test
    void aNewMachineNeedsNoRangeThatMayReachIt() throws Exception {
        Path authority = Files.writeString(folder.resolve("ca.pem"), server.certificate());
        RealProgram program = RealProgram.signedIn(folder, server.proxy().toString(), cloud.tenantId());
        Path file = Path.of(setup());
        String existing =
                "\"name\": \"practiceAgentOnly\", \"create\": false, \"resourceGroup\": \"practiceMachines\",";
        String setup = Files.readString(file);
        assertThat(setup).contains(existing);
        Files.writeString(file, setup.replace(existing, "\"name\": \"myDockerVM\", \"size\": \"Standard_B2s\","));

        RealProgram.Ended plan = program.run("--plan", file.toString(), "--ca-file", authority.toString());

        assertThat(plan.status()).as(plan.out() + plan.err()).isZero();
        assertThat(plan.out()).doesNotContain("SSH access to", "allowSshFrom", "sshFrom");
    }

    /** Without what removed packages leave behind. */
    private List<String> inventory() {
        String id = cloud.resourceIds()
                .filter(one -> one.endsWith("/virtualMachines/practiceAgentOnly"))
                .findFirst()
                .orElseThrow();
        return cloud.machine(id).inventory().stream()
                .filter(line -> !line.startsWith("configuration of ")
                        && !line.equals("group docker: ")
                        && !line.startsWith("directory /var/lib/docker "))
                .toList();
    }

    private String setup() throws IOException {
        return Files.writeString(folder.resolve("setup.json"), """
                {"version": 1, "signIn": {"method": "environment"}, "subscription": "%s", "location": "japaneast",
                 "resourceGroup": {"name": "myResourceGroup"},
                 "registry": {"name": "myContainerRegistry", "importSample": true}, "image": "aci-helloworld:v1",
                 "machines": [{"name": "practiceAgentOnly", "create": false, "resourceGroup": "practiceMachines",
                               "runCommand": true}],
                 "identity": {"kind": "user-assigned", "name": "myACRId"}}
                """.formatted(cloud.subscriptionId()))
                .toString();
    }
}
