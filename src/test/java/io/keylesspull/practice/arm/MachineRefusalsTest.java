package io.keylesspull.practice.arm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.clock.Pace;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class MachineRefusalsTest {

    private final MachineCloud cloud = new MachineCloud(Pace.INSTANT);

    @Test
    void aSizeThatIsUnknownOrCannotBeHad() {
        assertThat(refused(400, body -> size(body, "Standard_Nonesuch")).code()).isEqualTo("InvalidParameter");
        assertThat(refused(409, body -> size(body, "Standard_E2s_v6")).code()).isEqualTo("SkuNotAvailable");
        assertThat(refused(409, body -> size(body, "Standard_D32s_v5")).code()).isEqualTo("OperationNotAllowed");
        assertThat(refused(400, body -> size(body, "Standard_B2ps_v2")).message())
                .contains("Arm64");
    }

    @Test
    void anImageThatIsNotThere() {
        assertThat(refused(
                                404,
                                body -> body.withObject("/properties/storageProfile/imageReference")
                                        .put("offer", "nonesuch"))
                        .code())
                .isEqualTo("PlatformImageNotFound");
    }

    @Test
    void aUserOrKeyThatAzureDoesNotTake() {
        assertThat(refused(400, body -> body.withObject("/properties/osProfile").put("adminUsername", "root"))
                        .message())
                .isEqualTo("The Admin Username specified is not allowed.");
        assertThat(refused(
                                400,
                                body -> ((ObjectNode)
                                                body.at("/properties/osProfile/linuxConfiguration/ssh/publicKeys/0"))
                                        .put("keyData", "ssh-rsa AAAA"))
                        .code())
                .isEqualTo("InvalidParameter");
        assertThat(refused(
                                400,
                                body -> body.withObject("/properties/osProfile/linuxConfiguration")
                                        .remove("ssh"))
                        .message())
                .contains("SSH");
    }

    @Test
    void anInterfaceThatIsMissingOrTaken() {
        assertThat(refused(
                                400,
                                body -> ((ObjectNode) body.at("/properties/networkProfile/networkInterfaces/0"))
                                        .put("id", MachineCloud.NETWORK + "/networkInterfaces/none"))
                        .code())
                .isEqualTo("InvalidResourceReference");
        cloud.create("vm", MachineCloud.wanted("nic"));
        assertThat(cloud.create("vm2", MachineCloud.wanted("nic")).code()).isEqualTo("NicInUse");
    }

    private MachineCloud.Answer refused(int status, Consumer<ObjectNode> change) {
        ObjectNode body = MachineCloud.wanted("nic");
        change.accept(body);
        MachineCloud.Answer answer = cloud.create("vm", body);
        assertThat(answer.status()).as(answer.message()).isEqualTo(status);
        assertThat(cloud.state.resource(MachineCloud.MACHINES + "/vm")).isEmpty();
        return answer;
    }

    private static void size(ObjectNode body, String name) {
        body.withObject("/properties/hardwareProfile").put("vmSize", name);
    }
}
