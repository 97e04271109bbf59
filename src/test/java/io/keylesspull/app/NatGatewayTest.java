package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.app.cli.ExitStatus;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.time.Time;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** New machines without a public address, in networks of their own with a NAT gateway. */
@Timeout(120)
class NatGatewayTest {

    private static final String SYSTEM_ASSIGNED = "\"kind\": \"system-assigned\"";
    private static final String JUMP_HOST =
            "\"ssh\": {\"jumpHosts\": [{\"host\": \"practicejump.japaneast.cloudapp.azure.com\", "
                    + "\"user\": \"azureuser\"}]}";

    @TempDir
    private Path folder;

    private ProgramInPractice program;

    @BeforeEach
    void begin() {
        program = new ProgramInPractice(folder, Pace.INSTANT, Time.system());
    }

    @AfterEach
    void end() {
        program.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"kind\": \"user-assigned\", \"name\": \"myACRId\"", SYSTEM_ASSIGNED})
    void itIsSetUpByRunCommandAndGoneAfterUndo(String identity) {
        List<String> before = program.resources();
        assertThat(program.setUp(setup("\"create\": true", identity)))
                .as(program.printed())
                .isEqualTo(ExitStatus.PROVEN);

        assertThat(program.printed())
                .contains("behind a NAT gateway of its own, without a public address")
                .contains("azureuser@myDockerVM (by Run Command)");
        assertThat(program.resources())
                .filteredOn(id -> id.contains("/Microsoft.Network/") && id.contains("myDockerVM"))
                .extracting(id -> id.substring(id.indexOf("/Microsoft.Network/") + 19))
                .containsExactlyInAnyOrder(
                        "publicIPAddresses/myDockerVMNATIP",
                        "natGateways/myDockerVMNAT",
                        "virtualNetworks/myDockerVMVNET",
                        "networkInterfaces/myDockerVMVMNic");

        assertThat(program.run("", "--undo", "last", "--yes"))
                .as(program.printed())
                .isZero();
        assertThat(program.resources()).containsExactlyElementsOf(before);
    }

    @Test
    void thePlanSaysWhatIsMadeAndThatItCostsAndTheSameByHand() throws Exception {
        Path file = Files.writeString(folder.resolve("setup.json"), setup("\"create\": true", SYSTEM_ASSIGNED));
        assertThat(program.run("", "--plan", file.toString()))
                .as(program.printed())
                .isZero();

        assertThat(program.printed())
                .contains("create  Network of myDockerVM: virtual network, NAT gateway "
                        + "with a public address for the way out")
                .contains("Azure charges for the gateway")
                .contains("az network nat gateway create --resource-group myResourceGroup --name myDockerVMNAT "
                        + "--location japaneast --public-ip-addresses myDockerVMNATIP")
                .contains("--name myDockerVMSubnet --address-prefixes 10.0.0.0/24 --nat-gateway myDockerVMNAT")
                .contains("--vnet-name myDockerVMVNET --subnet myDockerVMSubnet --public-ip-address '' --nsg ''")
                .doesNotContain("nsg rule create", "sshFrom");
    }

    @Test
    void aJumpHostCannotReachANetworkThatNothingIsConnectedWith() {
        List<String> before = program.resources();
        assertThat(program.setUp(setup(JUMP_HOST, SYSTEM_ASSIGNED)))
                .as(program.printed())
                .isEqualTo(ExitStatus.FAILED);

        assertThat(program.printed()).contains("Nothing would reach new machine “myDockerVM” by SSH.");
        assertThat(program.resources()).containsExactlyElementsOf(before);
    }

    private static String setup(String machine, String identity) {
        return """
                {"version": 1, "location": "japaneast", "resourceGroup": {"name": "myResourceGroup"},
                 "registry": {"name": "myContainerRegistry", "importSample": true}, "image": "aci-helloworld:v1",
                 "machines": [{"name": "myDockerVM", "size": "Standard_B2s", "publicAddress": false, %s}],
                 "identity": {%s}}
                """.formatted(machine, identity);
    }
}
