package io.keylesspull.practice.arm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.directory.ManagedIdentities.Attached;
import io.keylesspull.practice.directory.ManagedIdentities.Managed;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class VmIdentityTest {

    private static final String VM = MachineCloud.MACHINES + "/vm";

    private final MachineCloud cloud = new MachineCloud(Pace.INSTANT);

    @Test
    void identitiesComeWithTheMachine() {
        String id = cloud.identity("one");
        ObjectNode body = MachineCloud.wanted("nic");
        body.putObject("identity")
                .put("type", "SystemAssigned, UserAssigned")
                .putObject("userAssignedIdentities")
                .putObject(id);
        JsonNode identity = cloud.create("vm", body).body().path("identity");

        assertThat(identity.path("type").asText()).isEqualTo("SystemAssigned, UserAssigned");
        assertThat(identity.path("tenantId").asText()).isNotEmpty();
        assertThat(identity.path("userAssignedIdentities")
                        .path(id)
                        .path("clientId")
                        .asText())
                .isNotEmpty();
        Attached attached = cloud.state.identities().of(VM.toUpperCase(Locale.ROOT));
        assertThat(attached.systemAssigned())
                .map(Managed::principalId)
                .contains(identity.path("principalId").asText());
        assertThat(attached.userAssigned()).extracting(Managed::resourceId).containsExactly(id);
    }

    @Test
    void aPatchAddsAndTakesAwayWhatItNames() {
        String one = cloud.identity("one");
        String two = cloud.identity("two");
        cloud.create("vm", MachineCloud.wanted("nic"));

        patch("UserAssigned", one);
        JsonNode both = patch("SystemAssigned, UserAssigned", two);
        assertThat(both.path("userAssignedIdentities").fieldNames())
                .toIterable()
                .containsExactly(one, two);
        JsonNode kept = patch("SystemAssigned, UserAssigned", "");
        assertThat(kept).isEqualTo(both);

        ObjectNode without = Json.object();
        without.putObject("identity")
                .put("type", "UserAssigned")
                .putObject("userAssignedIdentities")
                .putNull(one);
        JsonNode left = cloud.ok("PATCH", VM, without).path("identity");
        assertThat(left.has("principalId")).isFalse();
        assertThat(left.path("userAssignedIdentities").fieldNames())
                .toIterable()
                .containsExactly(two);
        assertThat(patch("None", "").isMissingNode()).isTrue();
    }

    @Test
    void anIdentityThatIsNotThereIsRefusedAndChangesNothing() {
        cloud.create("vm", MachineCloud.wanted("nic"));
        ObjectNode body = Json.object();
        body.putObject("identity")
                .put("type", "SystemAssigned, UserAssigned")
                .putObject("userAssignedIdentities")
                .putObject(MachineCloud.IDENTITIES + "/nobody");
        MachineCloud.Answer answer = cloud.send("PATCH", VM, body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("FailedIdentityOperation");
        assertThat(cloud.machine("vm").has("identity")).isFalse();
    }

    @Test
    void theSystemAssignedIdentityGoesWithItsMachine() {
        cloud.create("vm", MachineCloud.wanted("nic"));
        String principal = patch("SystemAssigned", "").path("principalId").asText();
        assertThat(cloud.state.context().principals().find(principal)).isPresent();

        cloud.ok("DELETE", VM, Json.object());
        assertThat(cloud.state.context().principals().find(principal)).isEmpty();
        assertThat(cloud.state.identities().of(VM).systemAssigned()).isEmpty();
    }

    @Test
    void aPatchTakesAwayOneIdentityAndKeepsTheRest() {
        String one = cloud.identity("one");
        String two = cloud.identity("two");
        cloud.create("vm", MachineCloud.wanted("nic"));
        patch("SystemAssigned, UserAssigned", one);
        String system =
                patch("SystemAssigned, UserAssigned", two).path("principalId").asText();

        ObjectNode without = Json.object();
        without.putObject("identity")
                .put("type", "SystemAssigned, UserAssigned")
                .putObject("userAssignedIdentities")
                .putNull(one.toUpperCase(Locale.ROOT));
        JsonNode left = cloud.ok("PATCH", VM, without).path("identity");
        assertThat(left.path("principalId").asText()).isEqualTo(system);
        assertThat(left.path("userAssignedIdentities").fieldNames())
                .toIterable()
                .containsExactly(two);

        JsonNode locked = patch("SystemAssigned", "");
        assertThat(locked.path("principalId").asText()).isEqualTo(system);
        assertThat(locked.has("userAssignedIdentities")).isFalse();
    }

    @Test
    void aSystemAssignedIdentityIsSwitchedOffAndComesBackAsAnother() {
        cloud.create("vm", MachineCloud.wanted("nic"));
        String first = patch("SystemAssigned", "").path("principalId").asText();
        assertThat(patch("None", "").isMissingNode()).isTrue();
        assertThat(cloud.state.context().principals().find(first)).isEmpty();
        assertThat(patch("SystemAssigned", "").path("principalId").asText()).isNotEqualTo(first);
    }

    private JsonNode patch(String type, String identityId) {
        ObjectNode body = Json.object();
        ObjectNode identity = body.putObject("identity").put("type", type);
        if (!identityId.isEmpty()) {
            identity.putObject("userAssignedIdentities").putObject(identityId);
        }
        return cloud.ok("PATCH", VM, body).path("identity");
    }
}
