package io.keylesspull.practice.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keylesspull.practice.directory.ManagedIdentities.Attached;
import io.keylesspull.practice.directory.ManagedIdentities.Managed;
import io.keylesspull.practice.wire.Request;
import io.keylesspull.practice.wire.Response;
import io.keylesspull.time.Time;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ImdsTest {

    private static final String VM =
            "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/vm1";
    private static final Managed SYSTEM = new Managed(VM, "client-s", "principal-s");
    private static final Managed A = new Managed("/ids/a", "client-a", "principal-a");
    private static final Managed B = new Managed("/ids/b", "client-b", "principal-b");
    private static final String ASK = "/metadata/identity/oauth2/token?api-version=2018-02-01"
            + "&resource=https%3A%2F%2Fmanagement.core.windows.net%2F";

    private final Tokens tokens = new Tokens(new Random(1), Time.system(), TokenHook.NONE);

    @Test
    void aMachineWithoutIdentityGetsNoToken() throws Exception {
        assertRefused(send(none(), ASK, Map.of("metadata", "true")), "Identity not found");
    }

    @Test
    void theOnlyUserAssignedIdentityNeedsNoName() throws Exception {
        assertThat(who(send(users(A), ASK, Map.of("metadata", "true")))).isEqualTo("principal-a");
    }

    @Test
    void severalUserAssignedIdentitiesNeedAName() throws Exception {
        assertRefused(
                send(users(A, B), ASK, Map.of("metadata", "true")),
                "Multiple user assigned identities exist, please specify the clientId / resourceId");
        for (String name :
                List.of("client_id=client-b", "object_id=PRINCIPAL-B", "msi_res_id=%2Fids%2FB", "mi_res_id=/ids/b")) {
            assertThat(who(send(users(A, B), ASK + "&" + name, Map.of("metadata", "true"))))
                    .isEqualTo("principal-b");
        }
    }

    @Test
    void theSystemAssignedIdentityIsTheDefault() throws Exception {
        Attached both = new Attached(Optional.of(SYSTEM), List.of(A, B));
        Response answer = send(both, ASK, Map.of("metadata", "true"));
        assertThat(who(answer)).isEqualTo("principal-s");
        assertThat(json(answer).get("resource").asText()).isEqualTo("https://management.core.windows.net/");
        assertThat(json(answer).get("expires_in").isTextual()).isTrue();
    }

    @Test
    void anIdentityThatIsNotAttachedIsNotFound() throws Exception {
        assertRefused(send(users(A), ASK + "&client_id=client-b", Map.of("metadata", "true")), "Identity not found");
    }

    @Test
    void theMetadataHeaderIsRequired() throws Exception {
        assertRefused(send(users(A), ASK, Map.of()), "metadata header");
    }

    @Test
    void theInstanceTellsItsName() throws Exception {
        Response answer = send(none(), "/metadata/instance?api-version=2021-02-01", Map.of("metadata", "true"));
        assertThat(json(answer).path("compute").path("name").asText()).isEqualTo("vm1");
    }

    private static Attached none() {
        return users();
    }

    private static Attached users(Managed... identities) {
        return new Attached(Optional.empty(), List.of(identities));
    }

    private Response send(Attached attached, String path, Map<String, String> headers) {
        Map<String, String> all = new java.util.HashMap<>(headers);
        all.put("x-practice-machine", VM);
        return new Imds(tokens, vm -> attached, vm -> "tenant-1")
                .handle(new Request("GET", URI.create("http://169.254.169.254" + path), all, new byte[0]));
    }

    private String who(Response answer) throws Exception {
        assertThat(answer.status()).isEqualTo(200);
        return tokens.read(json(answer).get("access_token").asText())
                .orElseThrow()
                .objectId();
    }

    private static void assertRefused(Response answer, String why) throws Exception {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(json(answer).get("error").asText()).isEqualTo("invalid_request");
        assertThat(json(answer).get("error_description").asText()).contains(why);
    }

    private static JsonNode json(Response answer) throws Exception {
        return new ObjectMapper().readTree(answer.body());
    }
}
