package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.app.cli.ExitStatus;
import io.keylesspull.practice.fault.Fault;
import io.keylesspull.practice.fault.Occasions;
import io.keylesspull.practice.machine.ssh.SshFault;
import io.keylesspull.remote.SshKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Machines that only a jump host reaches, by {@code --run}, {@code --resume} and {@code --undo}. */
@Timeout(120)
class JumpHostTest {

    private static final String JUMP =
            "{\"host\": \"practicejump.japaneast.cloudapp.azure.com\", \"user\": \"azureuser\"}";
    private static final String INNER = "{\"host\": \"10.0.0.4\", \"user\": \"azureuser\"}";
    private static final String DIRECT =
            "{\"name\": \"practiceBare\", \"create\": false, \"resourceGroup\": \"practiceMachines\"}";
    private static final String USER_ASSIGNED = "\"kind\": \"user-assigned\", \"name\": \"myACRId\"";
    private static final String SYSTEM_ASSIGNED = "\"kind\": \"system-assigned\"";

    @TempDir
    private Path folder;

    @AutoClose
    private final ProgramInPractice program = new ProgramInPractice(new LaterTime());

    @ParameterizedTest
    @ValueSource(strings = {USER_ASSIGNED, SYSTEM_ASSIGNED})
    void bothExamplesAreProvenOnAMachineThatOnlyTheJumpHostReaches(String identity) {
        assertThat(program.setUp(setup(identity, JUMP))).as(program.printed()).isEqualTo(ExitStatus.PROVEN);

        assertThat(program.printed())
                .contains("through the jump host azureuser@practicejump.japaneast.cloudapp.azure.com")
                .contains("reached as azureuser@10.0.0.5 (its private address), through the jump host azureuser@")
                .contains("Proven.");
        digestsAreEqual();
    }

    @Test
    void twoJumpHostsAreAChain() {
        assertThat(program.setUp(setup(USER_ASSIGNED, JUMP + ", " + INNER)))
                .as(program.printed())
                .isEqualTo(ExitStatus.PROVEN);

        assertThat(program.printed())
                .contains("azureuser@practicejump.japaneast.cloudapp.azure.com, azureuser@10.0.0.4");
        digestsAreEqual();
    }

    @Test
    void aMachineIsReachedOnAnotherPort() {
        program.cloud().machine(id("/virtualMachines/practicePrivate")).listenOn(2222);
        String machine = machine(JUMP).replace("]}}", "], \"port\": 2222}}");
        assertThat(program.setUp(setupOf(USER_ASSIGNED, machine)))
                .as(program.printed())
                .isEqualTo(ExitStatus.PROVEN);

        assertThat(program.printed())
                .contains("reached as azureuser@10.0.0.5:2222 (its private address), through the jump host"
                        + " azureuser@practicejump.japaneast.cloudapp.azure.com")
                .contains("-p 2222 ");
        digestsAreEqual();
        assertThat(program.run("", "--undo", "last", "--yes", "--restore-machines"))
                .as(program.printed())
                .isZero();
    }

    /** The jump host has the same private address in a network of its own. */
    @Test
    void aPrivateAddressWhereAnotherMachineAnswersIsPassedOverForThePublicOne() {
        String machine = DIRECT.replace("}", ", \"ssh\": {\"jumpHosts\": [" + JUMP + "]}}");
        assertThat(program.setUp(setupOf(USER_ASSIGNED, machine)))
                .as(program.printed())
                .isEqualTo(ExitStatus.PROVEN);

        assertThat(program.printed()).containsPattern("reached as azureuser@[0-9.]+ \\(its public address\\), through");
    }

    @Test
    void theJumpHostsKeyIsWrittenDownForTheCommandAtTheEnd() throws Exception {
        assertThat(program.setUp(setup(USER_ASSIGNED, JUMP))).isEqualTo(ExitStatus.PROVEN);

        Path knownHosts = program.stored().folder().resolve("known_hosts");
        assertThat(Files.readString(knownHosts)).contains("practicejump.japaneast.cloudapp.azure.com ssh-ed25519 ");
        assertThat(lastLine("ProxyCommand=").split("UserKnownHostsFile=", -1)).hasSize(3);
    }

    @Test
    void withoutTheJumpHostTheMachineIsNotReached() {
        String overSshAlone = setup(USER_ASSIGNED, "").replace("\"jumpHosts\": []", "\"address\": \"private\"");
        assertThat(program.setUp(overSshAlone)).isEqualTo(ExitStatus.FAILED);

        assertThat(program.printed()).contains("10.0.0.5 (port 22)");
    }

    @Test
    void anotherHostKeyStopsTheRunBeforeItBegins() {
        String other = SshKey.generate("x").publicKeyLine().replaceAll(" x$", "");
        refused(
                withHostKey(other),
                "Jump host azureuser@practicejump",
                "is not the expected machine",
                "Ask whoever runs the jump host");
        refused(withHostKey("SHA256:" + "A".repeat(43)), "is not the expected machine", "SHA256:AAAA");
    }

    @Test
    void anUnknownHostKeyStopsTheRunAndItsFingerprintIsWhatToWriteDown() {
        String unknown = JUMP.replace("practicejump.japaneast.cloudapp.azure.com", address());
        refused(setup(USER_ASSIGNED, unknown), "No host key of " + address(), "hostKey", "ssh-ed25519 SHA256:");
        Matcher shown = Pattern.compile("SHA256:[A-Za-z0-9+/]{43}").matcher(program.printed());
        assertThat(shown.find()).isTrue();

        String written = unknown.replace("}", ", \"hostKey\": \"" + shown.group() + "\"}");
        assertThat(program.setUp(setup(USER_ASSIGNED, written)))
                .as(program.printed())
                .isEqualTo(ExitStatus.PROVEN);
    }

    @Test
    void aKeyThatTheJumpHostDoesNotAcceptIsTheJumpHostsProblem() throws Exception {
        Path key = folder.resolve("ops");
        SshKey.generate("ops").save(key);
        String jump = JUMP.replace("}", ", \"key\": \"" + key.toString().replace("\\", "\\\\") + "\"}");
        refused(setup(USER_ASSIGNED, jump), "does not accept the user azureuser", "the key for the jump host");
    }

    @Test
    void aJumpHostThatIsDownStopsTheRunBeforeItBegins() {
        program.faults().machines().ssh("practiceJump", Occasions.always(), SshFault.REFUSED);
        refused(setup(USER_ASSIGNED, JUMP), "practicejump.japaneast.cloudapp.azure.com refuses connections");
    }

    @Test
    void aRunThatWasCutOffIsResumedAndUndoneAsOnAMachineWithoutAJumpHost() {
        List<String> resources = program.resources();
        Fault full = program.failPulls();
        String both = machine(JUMP) + ", " + DIRECT;
        assertThat(program.setUp(setupOf(USER_ASSIGNED, both))).isEqualTo(ExitStatus.FAILED);
        full.remove();

        assertThat(program.run("", "--resume", "last")).as(program.printed()).isZero();
        assertThat(program.printed()).contains("Proven.");
        assertThat(program.run("", "--undo", "last", "--yes", "--restore-machines"))
                .as(program.printed())
                .isZero();
        assertThat(program.resources()).containsExactlyElementsOf(resources);
        assertThat(inventory("practicePrivate"))
                .isEqualTo(inventory("practiceBare"))
                .noneMatch(line -> line.startsWith("image "));
    }

    @Test
    void theScriptGoesThroughTheJumpHost() throws Exception {
        Path saved = folder.resolve("by-hand.sh");
        Path file = Files.writeString(folder.resolve("setup.json"), setup(USER_ASSIGNED, JUMP + ", " + INNER));
        assertThat(program.run("", "--plan", file.toString(), "--script=" + saved))
                .as(program.printed())
                .isZero();

        assertThat(Files.readString(saved))
                .contains("--query privateIps")
                .contains("ProxyCommand=ssh ")
                .contains("-W %%h:%%p azureuser@practicejump.japaneast.cloudapp.azure.com")
                .contains("-W %h:%p azureuser@10.0.0.4")
                .containsPattern("cat > keyless-pull-jump-hosts <<'END_OF_FILE'\n"
                        + "practicejump.japaneast.cloudapp.azure.com ssh-ed25519 \\S+\n"
                        + "10.0.0.4.via.practicejump.japaneast.cloudapp.azure.com ssh-ed25519 \\S+\n"
                        + "END_OF_FILE\n")
                .contains("UserKnownHostsFile=keyless-pull-jump-hosts")
                .as("the practice mode's key is gone by then")
                .doesNotContain("ssh -i ", "ssh -n -i ");
    }

    private void refused(String setup, String... words) {
        List<String> before = program.resources();
        assertThat(program.setUp(setup)).as(program.printed()).isEqualTo(ExitStatus.FAILED);
        assertThat(program.printed()).contains(words);
        assertThat(program.resources()).containsExactlyElementsOf(before);
    }

    private void digestsAreEqual() {
        Matcher digest = Pattern.compile("sha256:[0-9a-f]{64}").matcher(lastLine("  proof "));
        assertThat(digest.find()).isTrue();
        assertThat(program.cloud().images()).anyMatch(line -> line.contains(digest.group()));
    }

    private String lastLine(String part) {
        return program.printed().lines().filter(line -> line.contains(part)).reduce("", (before, line) -> line);
    }

    private List<String> inventory(String machine) {
        return program.cloud().machine(id("/virtualMachines/" + machine)).inventory().stream()
                .filter(line -> !line.startsWith("file /etc/ssh/ssh_host_"))
                .map(line -> line.replace(machine, "NAME"))
                .toList();
    }

    private String address() {
        return program.cloud()
                .resource(id("/publicIPAddresses/practiceJumpPublicIP"))
                .orElseThrow()
                .at("/properties/ipAddress")
                .asText();
    }

    private String id(String end) {
        try (Stream<String> ids = program.cloud().resourceIds()) {
            return ids.filter(id -> id.endsWith(end)).findFirst().orElseThrow();
        }
    }

    private static String withHostKey(String key) {
        return setup(USER_ASSIGNED, JUMP.replace("}", ", \"hostKey\": \"" + key + "\"}"));
    }

    private static String setup(String identity, String jumpHosts) {
        return setupOf(identity, machine(jumpHosts));
    }

    private static String machine(String jumpHosts) {
        return """
                {"name": "practicePrivate", "create": false, "resourceGroup": "practiceMachines",
                 "ssh": {"jumpHosts": [%s]}}
                """.formatted(jumpHosts);
    }

    private static String setupOf(String identity, String machines) {
        return """
                {"version": 1, "location": "japaneast", "resourceGroup": {"name": "myResourceGroup"},
                 "registry": {"name": "myContainerRegistry", "importSample": true}, "image": "aci-helloworld:v1",
                 "machines": [%s], "identity": {%s}}
                """.formatted(machines, identity);
    }
}
