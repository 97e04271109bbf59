package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keylesspull.app.cli.ExitStatus;
import io.keylesspull.practice.fault.Occasions;
import io.keylesspull.practice.machine.ssh.SshFault;
import io.keylesspull.practice.wire.HttpFault;
import io.keylesspull.practice.wire.RequestMatcher;
import io.keylesspull.remote.SshKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code --check} connects to each machine that runs, in the way that the run would. */
@Timeout(120)
class ConnectionCheckTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String JUMP =
            "{\"host\": \"practicejump.japaneast.cloudapp.azure.com\", \"user\": \"azureuser\"}";

    @TempDir
    private Path folder;

    @AutoClose
    private final ProgramInPractice program = new ProgramInPractice(new LaterTime());

    @Test
    void aMachineThatLetsTheUserInIsGoodAndNothingIsChangedThere() throws IOException {
        List<String> resources = program.resources();
        List<String> inventory = machine("practiceDocker");

        assertThat(checked("practiceDocker", "", 0))
                .containsEntry("SSH host keys of “practiceDocker”, read through Azure", "good")
                .hasEntrySatisfying(
                        new Condition<>(
                                what -> what.matches("SSH connection to “practiceDocker”: azureuser@[0-9.]+"
                                        + " \\(its public address\\)"),
                                "the way by the public address"),
                        new Condition<>("good"::equals, "good"))
                .containsEntry("Commands as root on “practiceDocker” by “azureuser”, without a password", "good");

        assertThat(program.resources()).isEqualTo(resources);
        assertThat(machine("practiceDocker")).isEqualTo(inventory);
    }

    @Test
    void aMachineBehindAJumpHostIsReached() throws IOException {
        assertThat(checked("practicePrivate", ssh("\"jumpHosts\": [" + JUMP + "]"), 0))
                .containsEntry(
                        "SSH connection to “practicePrivate”: azureuser@10.0.0.5 (its private address), through the"
                                + " jump host azureuser@practicejump.japaneast.cloudapp.azure.com",
                        "good");
    }

    @Test
    void aGoodJumpHostThatDoesNotReachTheMachineFailsTheCheck() throws IOException {
        String ssh = ssh("\"port\": 2222, \"jumpHosts\": [" + JUMP + "]");
        assertThat(checked("practicePrivate", ssh, 1))
                .containsEntry("Jump host azureuser@practicejump.japaneast.cloudapp.azure.com", "good")
                .containsEntry("SSH connection to “practicePrivate”", "bad");

        sameWordsAsTheRun("practicePrivate", ssh, "cannot connect to 10.0.0.5 (port 2222)");
    }

    @Test
    void aJumpHostThatAnotherOneDoesNotReachIsNotCalledTheMachine() throws IOException {
        String nowhere = "{\"host\": \"10.0.0.77\", \"user\": \"azureuser\"}";
        assertThat(checked("practicePrivate", ssh("\"jumpHosts\": [" + JUMP + ", " + nowhere + "]"), 1))
                .containsEntry(
                        "Jump host azureuser@practicejump.japaneast.cloudapp.azure.com, azureuser@10.0.0.77", "bad");
        assertThat(program.printed())
                .contains("cannot connect to 10.0.0.77 (port 22)", "Check that the computer behind it runs")
                .doesNotContain("Check that the machine runs");
    }

    /** The jump host itself has the same private address in its own network. */
    @Test
    void anotherMachineAtAPrivateAddressIsMostLikelyOneOfAnotherNetwork() throws IOException {
        String ssh = ssh("\"address\": \"private\", \"jumpHosts\": [" + JUMP + "]");
        assertThat(checked("practiceBare", ssh, 1)).containsEntry("SSH connection to “practiceBare”", "bad");

        sameWordsAsTheRun(
                "practiceBare",
                ssh,
                "Another computer answers at this address. The likely reason: the same private addresses exist in"
                        + " many networks, and the jump host is in another one than the machine.");
    }

    @Test
    void aPrivateAddressThatDoesNotAnswerIsMostLikelyOneOfANetworkElsewhere() throws IOException {
        assertThat(checked("practiceBare", ssh("\"address\": \"private\""), 1))
                .containsEntry("SSH connection to “practiceBare”", "bad");

        assertThat(program.printed()).contains("This computer may not be in its network.", "such as by VPN");
    }

    @Test
    void aPublicAddressThatTheMachineDoesNotHaveIsRefusedByThePlanToo() throws IOException {
        String ssh = ssh("\"address\": \"public\"");
        assertThat(checked("practicePrivate", ssh, 1))
                .containsEntry("Address of “practicePrivate” for SSH", "bad")
                .doesNotContainKey("SSH connection to “practicePrivate”");
        assertThat(program.printed()).contains("has no public address");

        assertThat(program.run("", "--plan", write("practicePrivate", ssh))).isOne();
        assertThat(program.printed()).contains("has no public address");
    }

    @Test
    void aUserWhoDoesNotExistFailsTheCheck() throws IOException {
        String nobody = ", \"adminUser\": \"nobodyhere\"";
        assertThat(checked("practiceDocker", nobody, 1)).containsEntry("SSH connection to “practiceDocker”", "bad");

        sameWordsAsTheRun("practiceDocker", nobody, "does not accept the user nobodyhere");
    }

    @Test
    void aUserWhoDoesNotExistFailsTheCheckByRunCommandToo() throws IOException {
        String nobody = ", \"adminUser\": \"nobodyhere\", \"runCommand\": true";
        assertThat(checked("practiceDocker", nobody, 1))
                .containsEntry("User “nobodyhere” on “practiceDocker”", "bad")
                .doesNotContainKey("SSH connection to “practiceDocker”");

        assertThat(checked("practiceDocker", ", \"runCommand\": true", 0))
                .containsEntry("User “azureuser” on “practiceDocker”", "good");
    }

    @Test
    void aKeyThatIsNotAcceptedFailsTheCheck() throws IOException {
        Path key = folder.resolve("other");
        SshKey.generate("other").save(key);
        String other = ", \"sshKey\": \"" + key.toString().replace("\\", "\\\\") + "\"";
        assertThat(checked("practiceDocker", other, 1)).containsEntry("SSH connection to “practiceDocker”", "bad");

        sameWordsAsTheRun("practiceDocker", other, "does not accept the user azureuser");
    }

    @Test
    void aSudoThatWantsAPasswordFailsTheCheck() throws IOException {
        program.cloud()
                .machine(id("/virtualMachines/practiceDocker"))
                .putFile("/etc/sudoers.d/90-cloud-init-users", "azureuser ALL=(ALL) ALL\n");
        assertThat(checked("practiceDocker", "", 1))
                .hasEntrySatisfying(
                        new Condition<>(
                                what -> what.matches("SSH connection to “practiceDocker”: azureuser@[0-9.]+"
                                        + " \\(its public address\\)"),
                                "the way by the public address"),
                        new Condition<>("good"::equals, "good"))
                .containsEntry("Commands as root on “practiceDocker” by “azureuser”, without a password", "bad");

        sameWordsAsTheRun("practiceDocker", "", "may not run commands as root without a password");
    }

    @Test
    void aMachineThatRefusesConnectionsFailsTheCheck() throws IOException {
        program.faults().machines().ssh("practiceDocker", Occasions.always(), SshFault.REFUSED);

        assertThat(checked("practiceDocker", "", 1)).containsEntry("SSH connection to “practiceDocker”", "bad");

        sameWordsAsTheRun("practiceDocker", "", "refuses connections on port 22");
    }

    @Test
    void aMachineThatIsStartedByTheRunIsNotTried() throws IOException {
        String stopped = write("practiceStopped", "").replace("setup.json", "stopped.json");
        Files.writeString(
                Path.of(stopped),
                Files.readString(folder.resolve("setup.json"))
                        .replace("\"image\"", "\"startStopped\": true, \"image\""));

        assertThat(verdicts(stopped, 0)).containsEntry("SSH connection to “practiceStopped”", "unchecked");
        assertThat(program.printed()).contains("was not tried", "The machine is not running. The run starts it");
    }

    @Test
    void withoutHostKeysNothingIsTried() throws IOException {
        program.faults()
                .http()
                .add(
                        RequestMatcher.to("management.azure.com").path("/practiceDocker/runCommand$"),
                        Occasions.always(),
                        HttpFault.refusal(409, "Conflict", "Run command extension execution is in progress."));

        assertThat(checked("practiceDocker", "", 0))
                .containsEntry("SSH host keys of “practiceDocker”, read through Azure", "doubtful")
                .containsEntry("SSH connection to “practiceDocker”", "unchecked");
        assertThat(program.printed()).contains("was not tried", "Its host keys could not be read");
    }

    @Test
    void aPrivateMachineThatRunCommandReachesInsteadIsDoubtfulAndTheRightForItIsChecked() throws IOException {
        assertThat(checked("practicePrivate", "", 0))
                .containsEntry("How long commands take on “practicePrivate”", "doubtful")
                .doesNotContainKey("SSH connection to “practicePrivate”")
                .containsEntry("Your right to run commands on “practicePrivate” by Run Command", "good");
    }

    @Test
    void ctrlCEndsTheCheckAndNothingIsLeftRunning() throws Exception {
        List<String> resources = program.resources();
        List<String> inventory = machine("practiceDocker");
        Thread caller = Thread.currentThread();
        CountDownLatch ended = new CountDownLatch(1);
        program.faults().machines().beforeCommand("practiceDocker", "sudo", Occasions.always(), () -> {
            caller.interrupt();
            awaitCalmly(ended);
        });

        int status = program.run("", "--check", write("practiceDocker", ""));
        ended.countDown();

        assertThat(status).as(program.printed()).isEqualTo(ExitStatus.CANCELLED);
        assertThat(program.ends()).isTrue();
        assertThat(program.resources()).isEqualTo(resources);
        assertThat(machine("practiceDocker")).isEqualTo(inventory);
    }

    private static void awaitCalmly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sameWordsAsTheRun(String machine, String more, String words) throws IOException {
        assertThat(program.printed()).contains(words);
        assertThat(program.run("", "--run", write(machine, more))).isOne();
        assertThat(program.printed()).contains(words);
    }

    /** @return the verdict of each check */
    private Map<String, String> checked(String machine, String more, int status) throws IOException {
        return verdicts(write(machine, more), status);
    }

    private Map<String, String> verdicts(String file, int status) throws IOException {
        assertThat(program.run("", "--check", file, "--output", "json"))
                .as(program.printed())
                .isEqualTo(status);
        Map<String, String> verdicts = new TreeMap<>();
        for (String line : program.printed().lines().toList()) {
            JsonNode json = JSON.readTree(line);
            if (json.path("type").asText().equals("check")) {
                ProgramInPractice.assertRemedied(json);
                verdicts.put(json.path("what").asText(), json.path("verdict").asText());
            }
        }
        return verdicts;
    }

    private String write(String machine, String more) throws IOException {
        return Files.writeString(folder.resolve("setup.json"), """
                {"version": 1, "location": "japaneast", "resourceGroup": {"name": "practiceMachines"},
                 "registry": {"name": "practiceclassic", "create": false, "resourceGroup": "practiceRegistries"},
                 "image": "aci-helloworld:v1",
                 "machines": [{"name": "%s", "create": false, "resourceGroup": "practiceMachines"%s}],
                 "identity": {"kind": "system-assigned"}}
                """.formatted(machine, more))
                .toString();
    }

    private static String ssh(String settings) {
        return ", \"ssh\": {" + settings + "}";
    }

    private List<String> machine(String name) {
        return program.cloud().machine(id("/virtualMachines/" + name)).inventory();
    }

    private String id(String end) {
        try (Stream<String> ids = program.cloud().resourceIds()) {
            return ids.filter(id -> id.endsWith(end)).findFirst().orElseThrow();
        }
    }
}
