package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.fault.VirtualTime;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.fault.Occasions;
import io.keylesspull.practice.wire.HttpFault;
import io.keylesspull.practice.wire.RequestMatcher;
import io.keylesspull.time.Time;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** New scale sets, from a setup file to the proof and back. */
@Timeout(180)
class ScaleSetTest {

    private static final String NEW_REGISTRY = "{\"name\": \"myContainerRegistry\", \"importSample\": true}";

    @TempDir
    private Path folder;

    private ProgramInPractice program;

    @BeforeEach
    void start() {
        program = new ProgramInPractice(folder, Pace.INSTANT, Time.system());
    }

    @AfterEach
    void stop() {
        program.close();
    }

    private static String existing(String registry) {
        return "{\"name\": \"" + registry + "\", \"create\": false, \"resourceGroup\": \"practiceRegistries\"}";
    }

    private static String setup(String registry, String image, int instances, String others) {
        return """
                {
                  "version": 1,
                  "location": "japaneast",
                  "resourceGroup": {"name": "fleet-rg"},
                  "registry": %s,
                  "image": "%s",
                  "scaleSet": {"name": "fleet", "instances": %d},
                  %s
                  "identity": {"kind": "user-assigned", "name": "fleet-id"}
                }
                """.formatted(registry, image, instances, others);
    }

    @ParameterizedTest
    @CsvSource({
        "new, aci-helloworld:v1, 30, AcrPull",
        "practiceclassic, aci-helloworld:v1, 25, AcrPull",
        "practiceabac, team/api:3.2, 3, Container Registry Repository Reader"
    })
    void instancesPullByThemselvesAreProvenAndTakenBack(String registry, String image, int instances, String role) {
        program.faults().arm().limitCores(2_000);
        List<String> before = program.resources();

        assertThat(program.setUp(
                        setup(registry.equals("new") ? NEW_REGISTRY : existing(registry), image, instances, "")))
                .as(program.printed())
                .isZero();

        assertThat(program.printed())
                .contains(role, "pulled by the identity fleet-id")
                .contains(": " + Math.min(20, instances) + " of " + instances + " instances were asked")
                .contains("\n    Scale set of " + instances + " instances\n")
                .matches(printed ->
                        printed.contains("\n    20 of " + instances + " instances, chosen by lot, were asked")
                                == instances > 20)
                .endsWith("Proven.\n");
        assertThat(program.resources().stream()
                        .filter(id -> id.contains("/virtualMachines/fleet_"))
                        .count())
                .isEqualTo(instances);
        assertThat(program.resources())
                .anyMatch(id -> id.endsWith("/natGateways/fleetNAT"))
                .noneMatch(id -> id.endsWith("/publicIPAddresses/fleetPublicIP"));

        assertThat(program.run("", "--undo", "last", "--yes", "--restore-machines"))
                .as(program.printed())
                .isZero();
        assertThat(program.resources()).containsExactlyElementsOf(before);
        assertThat(program.printed())
                .contains("deleting: scale set fleet with its instances, their network interfaces and disks")
                .doesNotContain("left alone", "no longer there")
                .endsWith("Taken back.\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "practiceabac | team/api:9.9 | Registry practiceabac.azurecr.io has no image “team/api:9.9”.",
                "practiceopen | edge/sensor:2.0 | Image “edge/sensor:2.0” of registry practiceopen.azurecr.io is not"
                        + " made for the instances of scale set “fleet”.",
                "practicefirewall | payroll/api:4.1 | The firewall of registry practicefirewall.azurecr.io does not"
                        + " let the instances of scale set “fleet” in."
            })
    void whatWaitingCannotHelpIsNotWaitedFor(String registry, String image, String what) {
        VirtualTime time = new VirtualTime();
        Instant begun = time.now();
        try (ProgramInPractice later = new ProgramInPractice(folder, Pace.INSTANT, time)) {
            assertThat(later.setUp(setup(existing(registry), image, 2, ""))).isOne();

            assertThat(later.printed()).contains(what).doesNotContain("in time");
            assertThat(Duration.between(begun, time.now())).isLessThan(Duration.ofMinutes(5));
        }
    }

    @Test
    void machinesClustersAndAScaleSetAreSetUpInOneRunAndFoundAgain() {
        List<String> before = program.resources();
        String mixed = setup(existing("practiceclassic"), "aci-helloworld:v1", 2, """
                "machines": [
                  {"name": "newVM"},
                  {"name": "practiceDocker", "create": false, "resourceGroup": "practiceMachines"}],
                "clusters": [{"name": "practiceCluster", "resourceGroup": "practiceClusters"}],
                """);

        assertThat(program.setUp(mixed)).as(program.printed()).isZero();
        assertThat(program.printed())
                .contains("kubelet identity", "practiceDocker", "newVM", "2 of 2 instances were asked")
                .endsWith("Proven.\n");

        assertThat(program.run("", "--undo", "last", "--yes", "--restore-machines"))
                .as(program.printed())
                .isZero();
        assertThat(program.resources()).containsExactlyElementsOf(before);
    }

    @Test
    void whatUndoLeavesAloneIsGoneWithItsGroup() {
        assertThat(program.setUp(setup(existing("practiceclassic"), "aci-helloworld:v1", 1, "")))
                .as(program.printed())
                .isZero();
        // Somebody has deployed something else under the name of the run's deployment since.
        program.faults()
                .http()
                .add(
                        RequestMatcher.to("management.azure.com").method("GET").path("/deployments/keyless-pull-"),
                        Occasions.always(),
                        HttpFault.json(200, """
                                {"id": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Resources/deployments/d",
                                 "name": "d", "properties": {"provisioningState": "Succeeded"}}
                                """));

        assertThat(program.run("", "--undo", "last", "--yes"))
                .as(program.printed())
                .isZero();
        assertThat(program.printed()).contains("left alone").endsWith("Taken back.\n");
        assertThat(program.run("", "--runs")).isZero();
        assertThat(program.printed()).contains("taken back").doesNotContain("that are left");
    }

    @Test
    void theReviewTellsResourceByResourceWhatAzureSaysOfTheTemplate() throws Exception {
        Path file = folder.resolve("plan.json");
        Files.writeString(
                file,
                setup(existing("practiceclassic"), "aci-helloworld:v1", 3, "")
                        .replace("\"fleet-rg\"", "\"practiceMachines\", \"create\": false")
                        .replace("\"fleet-id\"", "\"practiceIdentity\", \"create\": false"));

        assertThat(program.run("", "--plan", file.toString()))
                .as(program.printed())
                .isZero();

        assertThat(program.printed())
                .contains("Scale set fleet of 3 instances of size ")
                .contains("NAT gateway fleetNAT", "virtual network fleetVNET", "network security group fleetNSG")
                .contains("Template of scale set “fleet”, checked by Azure");
    }

    @Test
    void theReviewSaysHowLongManyPullsTakeAtLeast() throws Exception {
        program.faults().arm().limitCores(2_000);
        Path file = folder.resolve("plan.json");
        Files.writeString(file, setup(existing("practiceclassic"), "aci-helloworld:v1", 400, ""));

        assertThat(program.run("", "--plan", file.toString()))
                .as(program.printed())
                .isZero();

        assertThat(program.printed()).contains("First pulls of the 400 instances of “fleet”: about 2 minutes at least");
    }

    @ParameterizedTest
    @CsvSource({"0", "1001"})
    void aNumberOfInstancesThatAzureRefusesIsSaidBeforeAnythingIsMade(int instances) {
        assertThat(program.setUp(setup(NEW_REGISTRY, "aci-helloworld:v1", instances, "")))
                .isNotZero();
        assertThat(program.printed()).contains("scaleSet.instances", "from 1 to 1000");
    }

    @Test
    void whatIsThereUnderANameOfItsNetworkIsNotChanged() throws Exception {
        assertThat(program.setUp(setup(existing("practiceclassic"), "aci-helloworld:v1", 1, "")))
                .as(program.printed())
                .isZero();
        List<String> first = program.resources();
        Path file = folder.resolve("again.json");
        Files.writeString(
                file,
                setup(existing("practiceclassic"), "aci-helloworld:v1", 1, "")
                        .replace("\"name\": \"fleet\"", "\"name\": \"FLEET\""));
        // Azure compares without case: it is the same scale set, found and proven again.
        assertThat(program.run("", "--run", file.toString()))
                .as(program.printed())
                .isZero();
        assertThat(program.resources()).containsExactlyElementsOf(first);
    }

    @Test
    void moreCoresThanTheQuotaAllowsAreSaidBeforeAnythingIsMade() throws Exception {
        List<String> before = program.resources();
        Path file = folder.resolve("many.json");
        Files.writeString(file, setup(existing("practiceclassic"), "aci-helloworld:v1", 900, ""));

        assertThat(program.run("", "--check", file.toString())).isNotZero();

        assertThat(program.printed()).contains("quota");
        assertThat(program.resources()).containsExactlyElementsOf(before);
    }
}
