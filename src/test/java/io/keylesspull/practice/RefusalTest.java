package io.keylesspull.practice;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.credential.TokenRequestContext;
import io.keylesspull.practice.wire.Request;
import io.keylesspull.practice.wire.Response;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RefusalTest {

    private final SetTime time = new SetTime(PracticeCloudFixture.START);
    private final PracticeCloudFixture practice = PracticeCloudFixture.realistic(time, new SwitchedHypervisor());
    private final Wire wire = new Wire(practice.cloud.route());

    @AfterEach
    void close() {
        practice.close();
    }

    @Test
    void withoutATokenNothingIsRevealed() {
        Response answer = get("/subscriptions?api-version=2022-12-01", Map.of());
        assertThat(answer.status()).isEqualTo(401);
        assertThat(text(answer)).contains("AuthenticationFailed");
        assertThat(answer.headers()).containsKey("www-authenticate");
    }

    @Test
    void aTokenForAnotherAudienceIsRefused() {
        Response answer =
                get("/subscriptions?api-version=2022-12-01", bearer("https://containerregistry.azure.net/.default"));
        assertThat(answer.status()).isEqualTo(401);
        assertThat(text(answer)).contains("InvalidAuthenticationTokenAudience");
    }

    @Test
    void anExpiredTokenIsRefused() {
        Map<String, String> bearer = bearer("https://management.azure.com/.default");
        assertThat(get("/subscriptions?api-version=2022-12-01", bearer).status())
                .isEqualTo(200);
        time.sleep(Duration.ofHours(2));
        assertThat(text(get("/subscriptions?api-version=2022-12-01", bearer))).contains("ExpiredAuthenticationToken");
    }

    @Test
    void aRequestWithoutAnApiVersionIsRefused() {
        Map<String, String> bearer = bearer("https://management.azure.com/.default");
        assertThat(text(get("/subscriptions", bearer))).contains("MissingApiVersionParameter");
        assertThat(text(get("/subscriptions?api-version=latest", bearer))).contains("InvalidApiVersionParameter");
    }

    @Test
    void anUnknownSubscriptionProviderAndAddressAreNamed() {
        Map<String, String> bearer = bearer("https://management.azure.com/.default");
        assertThat(text(get("/subscriptions/nothing/resourcegroups?api-version=2021-04-01", bearer)))
                .contains("SubscriptionNotFound");
        assertThat(text(get(practice.subscription() + "/providers/No.Body/things?api-version=2021-04-01", bearer)))
                .contains("InvalidResourceNamespace");
        assertThat(get("/nothing?api-version=2021-04-01", bearer).status()).isEqualTo(404);
    }

    @Test
    void doubleSlashesAndCaseInAnAddressDoNotMatter() {
        Map<String, String> bearer = bearer("https://management.azure.com/.default");
        assertThat(get(
                                "/" + practice.subscription().toUpperCase(Locale.ROOT) + "//RESOURCEGROUPS/"
                                        + Seed.MACHINES.toUpperCase(Locale.ROOT) + "?API-VERSION=2021-04-01",
                                bearer)
                        .status())
                .isEqualTo(200);
    }

    private Map<String, String> bearer(String scope) {
        return Map.of(
                "authorization",
                "Bearer "
                        + practice.credential
                                .getToken(new TokenRequestContext().addScopes(scope))
                                .block()
                                .getToken());
    }

    private Response get(String path, Map<String, String> headers) {
        return wire.send(new Request("GET", URI.create("https://management.azure.com" + path), headers, new byte[0]));
    }

    private static String text(Response answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
