package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.app.cli.ExitStatus;
import io.keylesspull.practice.fault.Occasions;
import io.keylesspull.practice.wire.HttpFault;
import io.keylesspull.practice.wire.RequestMatcher;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** New machines without a public address, in a subnet that exists. */
@Timeout(120)
class PrivateMachineTest {

    @TempDir
    private Path folder;

    @AutoClose
    private final ProgramInPractice program = new ProgramInPractice(new LaterTime());

    @ParameterizedTest
    @ValueSource(strings = {"user-assigned\", \"name\": \"myACRId", "system-assigned"})
    void itIsReachedThroughItsNeighbourAndGoneAfterUndo(String identity) {
        List<String> before = program.resources();
        assertThat(program.setUp(setup(subnet(), identity)))
                .as(program.printed())
                .isEqualTo(ExitStatus.PROVEN);

        assertThat(program.printed())
                .contains("in subnet practiceJumpVNET/practiceJumpSubnet, without a public address")
                .contains("reached as azureuser@10.0.0.6 (its private address), through the jump host");
        assertThat(program.resources())
                .filteredOn(id -> id.contains("myDockerVM"))
                .extracting(
                        id -> id.substring(id.lastIndexOf("/providers/") + 11).replaceAll("_.*", ""))
                .contains("Microsoft.Network/networkInterfaces/myDockerVMVMNic")
                .noneMatch(id -> id.contains("publicIPAddresses")
                        || id.contains("virtualNetworks")
                        || id.contains("networkSecurityGroups"));

        assertThat(program.run("", "--undo", "last", "--yes"))
                .as(program.printed())
                .isZero();
        assertThat(program.resources()).containsExactlyElementsOf(before);
    }

    @Test
    void thePlanNamesTheSubnetItsWayOutAndTheSameByHand() throws Exception {
        Path file = Files.writeString(folder.resolve("setup.json"), setup(subnet(), "system-assigned"));
        assertThat(program.run("", "--plan", file.toString()))
                .as(program.printed())
                .isZero();

        assertThat(program.printed())
                .contains("Network interface of myDockerVM in subnet practiceJumpVNET/practiceJumpSubnet")
                .contains("good  Subnet practiceJumpVNET/practiceJumpSubnet")
                .contains("--subnet " + subnet() + " --public-ip-address '' --nsg ''")
                .contains("--query privateIps")
                .doesNotContain("nsg rule create");
    }

    @Test
    void aMachineThatGetsNoWayOutIsRefusedBeforeItIsMade() {
        List<String> before = program.resources();
        assertThat(program.setUp(setup(closedSubnet(), "system-assigned")))
                .as(program.printed())
                .isEqualTo(ExitStatus.FAILED);

        assertThat(program.printed()).contains("practiceJumpVNET/practiceClosedSubnet gives machines no way out");
        assertThat(program.resources()).containsExactlyElementsOf(before);
    }

    @Test
    void ifItsPrivateAddressIsWantedTheCheckSaysThatNothingMayLeadThere() throws Exception {
        String wanted = setup(subnet(), "system-assigned")
                .replaceFirst("\"ssh\": (?s:.*?)\\]\\}", "\"ssh\": {\"address\": \"private\"}");
        Path file = Files.writeString(folder.resolve("setup.json"), wanted);
        assertThat(program.run("", "--plan", file.toString()))
                .as(program.printed())
                .isZero();

        assertThat(program.printed()).contains("Elsewhere the run would wait five minutes and fail.");
    }

    @Test
    void ifAMachineGetsNoWayOutAllTheSameTheRunSaysWhichServerItDoesNotReach() {
        program.faults().arm().makePrivate(id("/virtualNetworks/practiceJumpVNET"));
        assertThat(program.setUp("""
                {"version": 1, "location": "japaneast", "resourceGroup": {"name": "myResourceGroup"},
                 "registry": {"name": "myContainerRegistry", "importSample": true}, "image": "aci-helloworld:v1",
                 "machines": [{"name": "practicePrivate", "create": false, "resourceGroup": "practiceMachines",
                               "ssh": {"jumpHosts": [{"host": "practicejump.japaneast.cloudapp.azure.com",
                                                      "user": "azureuser"}]}}],
                 "identity": {"kind": "system-assigned"}}
                """)).as(program.printed()).isEqualTo(ExitStatus.FAILED);

        assertThat(program.printed())
                .contains("Machine “practicePrivate” may have no way out of its network.")
                .contains("Machine “practicePrivate” does not reach azure.archive.ubuntu.com.");
    }

    @Test
    void aMachineThatReachesOnlyItsSystemsPackagesIsToldOfMicrosofts() {
        program.faults()
                .http()
                .add(RequestMatcher.to("packages.microsoft.com"), Occasions.always(), HttpFault.noAnswer("192.0.2.1"));
        assertThat(program.setUp(setup(subnet(), "system-assigned")))
                .as(program.printed())
                .isEqualTo(ExitStatus.FAILED);

        assertThat(program.printed()).contains("Machine “myDockerVM” does not reach packages.microsoft.com.");
    }

    @Test
    void aSubnetThatIsNotThereStopsTheRunBeforeItBegins() {
        List<String> before = program.resources();
        assertThat(program.setUp(setup(subnet() + "x", "system-assigned"))).isEqualTo(ExitStatus.FAILED);

        assertThat(program.printed()).contains("There is no subnet practiceJumpVNET/practiceJumpSubnetx");
        assertThat(program.resources()).containsExactlyElementsOf(before);
    }

    private String closedSubnet() {
        return subnet().replace("practiceJumpSubnet", "practiceClosedSubnet");
    }

    private String subnet() {
        return id("/virtualNetworks/practiceJumpVNET") + "/subnets/practiceJumpSubnet";
    }

    private String id(String end) {
        return program.resources().stream()
                .filter(id -> id.endsWith(end))
                .findFirst()
                .orElseThrow();
    }

    private static String setup(String subnet, String identity) {
        return """
                {"version": 1, "location": "japaneast", "resourceGroup": {"name": "myResourceGroup"},
                 "registry": {"name": "myContainerRegistry", "importSample": true}, "image": "aci-helloworld:v1",
                 "machines": [{"name": "myDockerVM", "size": "Standard_B2s", "subnet": "%s",
                               "ssh": {"jumpHosts": [{"host": "practicejump.japaneast.cloudapp.azure.com",
                                                      "user": "azureuser"}]}}],
                 "identity": {"kind": "%s"}}
                """.formatted(subnet, identity);
    }
}
