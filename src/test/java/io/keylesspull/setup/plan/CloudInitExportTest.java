package io.keylesspull.setup.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.keylesspull.engine.plan.Facts;
import io.keylesspull.setup.export.Format;
import io.keylesspull.setup.request.Requests;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.request.SetupRequest.Cluster;
import io.keylesspull.setup.request.SetupRequest.Machine;
import io.keylesspull.setup.request.SetupRequest.MachineAccess;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What new machines do when they start for the first time. */
class CloudInitExportTest {

    /** Azure's limit of customData before it is encoded. */
    private static final int MOST_BYTES = 65_535;

    private static String cloudInit(SetupRequest request) {
        return ArmExportTest.exports(request, new Facts()).text(Format.CLOUD_INIT);
    }

    static Stream<SetupRequest> setups() {
        SetupRequest usual = Requests.of(Requests.NEW_REGISTRY, Requests.USER_ASSIGNED, Requests.NEW_MACHINE);
        SetupRequest own = Requests.of(Requests.NEW_REGISTRY, Requests.SYSTEM_ASSIGNED, Requests.NEW_MACHINE);
        return Stream.of(
                usual,
                usual.withAccess(new MachineAccess(false, true, false, false)),
                usual.withAccess(new MachineAccess(true, false, true, false)),
                own,
                own.withAccess(new MachineAccess(false, true, true, false)));
    }

    @ParameterizedTest
    @MethodSource("setups")
    void itIsSmallEnoughForAzureAndStartsAsCloudInitWants(SetupRequest request) {
        String text = cloudInit(request);

        assertThat(text).startsWith("#cloud-config\n");
        assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(MOST_BYTES);
        assertThat(text).doesNotContain("\t", "\r");
    }

    @ParameterizedTest
    @MethodSource("setups")
    @DisabledOnOs(OS.WINDOWS)
    void aShellFindsNothingWrongWithTheScriptInIt(SetupRequest request) throws Exception {
        String script = script(cloudInit(request));
        Process shell = new ProcessBuilder("sh", "-n").redirectErrorStream(true).start();
        try (var in = shell.getOutputStream()) {
            in.write(script.getBytes(StandardCharsets.UTF_8));
        }

        assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(shell.waitFor()).isZero();
        assertThat(script).startsWith("#!/bin/sh\nset -eu\n");
    }

    /** The machine's script, as cloud-init writes it. */
    private static String script(String text) {
        return text.lines()
                .dropWhile(line -> !line.contains("path: /usr/local/sbin/keyless-pull-setup"))
                .dropWhile(line -> !line.equals("    content: |"))
                .skip(1)
                .takeWhile(line -> line.isEmpty() || line.startsWith("      "))
                .map(line -> line.isEmpty() ? "\n" : line.substring(6) + "\n")
                .collect(Collectors.joining());
    }

    /** Replaces the program that runs lines as the user, and sees what it is given. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void itDoesWhatARunDoesOnTheMachineAndRetriesUntilTheRoleCounts() throws Exception {
        String script = script(cloudInit(setups().skip(1).findFirst().orElseThrow()))
                .replace("LOGIN_SERVER", "contoso.azurecr.io")
                .replace("CLIENT_ID", "11111111-2222");
        String stub = """
                tried=0
                sudo() { echo "$6" >&3; case $6 in *'docker pull'*) tried=$((tried + 1)); [ "$tried" -ge 3 ] ;; esac; }
                sleep() { echo "sleep $1" >&3; }
                mkdir() { :; }
                """;
        String runnable = script.replace("set -eu\n", "set -eu\nexec 3>&1 > /dev/null\n" + stub)
                .replace(": > /var", "echo > /dev");
        Process shell = new ProcessBuilder("sh", "-c", runnable.replace("/dev/lib/keyless-pull/done", "/dev/null"))
                .redirectErrorStream(true)
                .start();
        List<String> lines = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();

        assertThat(shell.waitFor()).as(lines.toString()).isZero();
        String pull = "cd; sudo docker pull contoso.azurecr.io/aci-helloworld:v1";
        assertThat(lines)
                .containsSubsequence(
                        "cd; cloud-init status --wait || true",
                        "cd; sudo tee /usr/bin/docker-credential-acr-managed-identity-11111111-2222" + " > /dev/null",
                        pull,
                        "sleep 15",
                        pull,
                        "sleep 15",
                        pull)
                .anyMatch(line -> line.contains("apt-get") && line.endsWith("install --yes docker.io; }"))
                .noneMatch(line -> line.contains("azure-cli"));
    }

    @Test
    void itExplainsWhatTheMachineDoesAndNothingElse() {
        assertThat(script(cloudInit(setups().skip(1).findFirst().orElseThrow())))
                .contains("# Docker\n")
                .doesNotContain("# The container registry", "# The role on", "# The proof for");
    }

    @Test
    void valuesThatOnlyAzureKnowsArePutInByCommands() {
        assertThat(cloudInit(setups().findFirst().orElseThrow()))
                .contains("#   sed -i \"s|LOGIN_SERVER|$(az acr show --subscription 'My Subscription'"
                        + " --resource-group myResourceGroup")
                .contains("#   sed -i \"s|CLIENT_ID|$(az identity show --subscription 'My Subscription' ")
                .contains("      loginServer='LOGIN_SERVER'\n");
    }

    @Test
    void aTemplatesMachineGetsItWithTheValues() throws Exception {
        JsonNode template = ArmExportTest.arm(setups().findFirst().orElseThrow(), new Facts());
        JsonNode machine = StreamSupport.stream(template.path("resources").spliterator(), false)
                .filter(resource -> resource.path("type").asText().equals("Microsoft.Compute/virtualMachines"))
                .findFirst()
                .orElseThrow();

        assertThat(machine.at("/properties/osProfile/customData").asText())
                .startsWith("[base64(concat(variables('text1'), ")
                .contains(".loginServer, ", ".clientId, ");
        assertThat(template.at("/variables/text1").asText()).startsWith("#cloud-config\n");
        assertThat(machine.path("dependsOn").toString())
                .contains("Microsoft.ContainerRegistry/registries", "userAssignedIdentities");
    }

    @Test
    void onlyWhatIsMadeReadsIt() {
        SetupRequest mixed = Requests.like(
                Requests.like(
                        Requests.of(
                                Requests.NEW_REGISTRY,
                                Requests.USER_ASSIGNED,
                                Requests.OLD_MACHINE,
                                Requests.NEW_MACHINE),
                        Requests.scaleSet(3)),
                List.of(new Cluster("aks1", Optional.empty())));

        assertThat(cloudInit(mixed))
                .contains("# For what is new: myDockerVM.\n")
                .contains("delay of a scale set): fleet.\n")
                .doesNotContain("old_vm", "aks1");
        assertThat(cloudInit(Requests.of(Requests.NEW_REGISTRY, Requests.USER_ASSIGNED, Requests.OLD_MACHINE)))
                .contains("This setup makes no virtual machines")
                .doesNotContain("old_vm");
    }

    @Test
    void machinesThatDifferInTheirNamesHaveTheSameFile() {
        assertThat(cloudInit(Requests.of(
                        Requests.NEW_REGISTRY,
                        Requests.USER_ASSIGNED,
                        Requests.NEW_MACHINE,
                        new Machine(
                                "second",
                                true,
                                "Debian12",
                                "Standard_B1s",
                                "azureuser",
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()))))
                .contains("# For what is new: myDockerVM, second.\n")
                .doesNotContain("need a file of their own");
    }

    @Test
    void whereThereIsNoMachineItSaysSo() {
        SetupRequest clusters = Requests.like(
                Requests.of(Requests.NEW_REGISTRY, Requests.USER_ASSIGNED),
                List.of(new Cluster("aks1", Optional.empty())));

        assertThat(cloudInit(clusters)).contains("no virtual machines");
    }
}
