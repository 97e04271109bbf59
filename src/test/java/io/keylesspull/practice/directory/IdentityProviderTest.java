package io.keylesspull.practice.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.identity.ClientSecretCredentialBuilder;
import com.azure.identity.DeviceCodeCredentialBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keylesspull.azure.signin.GuardedCredential;
import io.keylesspull.practice.InMemoryHttpClient;
import io.keylesspull.practice.wire.Request;
import io.keylesspull.practice.wire.Response;
import io.keylesspull.time.Time;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityProviderTest {

    private static final String TENANT = "11111111-2222-3333-4444-555555555555";
    private static final PracticeUser USER = new PracticeUser(
            "99999999-2222-3333-4444-555555555555", "Practice Admin", "admin@practice.example", TENANT);

    private final Tokens tokens = new Tokens(new Random(1), Time.system(), TokenHook.NONE);
    private final IdentityProvider provider =
            new IdentityProvider(tokens, List.of(new PracticeTenant("Practice directory", "practice.example", USER)));
    private final InMemoryHttpClient http = new InMemoryHttpClient(provider::handle);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void oneDeviceCodePromptCoversArmAndTheRegistry(boolean disableDiscovery) {
        List<String> prompts = new CopyOnWriteArrayList<>();
        // MSAL4J 1.23.1 reads the future of its own request right after the prompt, and fails with a null pointer where
        // the answer was there before the future was stored: the prompt ends only once the request has been made.
        CountDownLatch subscribed = new CountDownLatch(1);
        DeviceCodeCredentialBuilder builder = new DeviceCodeCredentialBuilder()
                .tenantId(TENANT)
                .httpClient(http)
                .challengeConsumer(info -> {
                    await(subscribed);
                    prompts.add(info.getMessage());
                });
        TokenCredential credential =
                GuardedCredential.of(disableDiscovery ? builder.disableInstanceDiscovery() : builder);

        CompletableFuture<AccessToken> first = credential
                .getToken(new TokenRequestContext().addScopes("https://management.azure.com/.default"))
                .toFuture();
        subscribed.countDown();
        assertThat(tokens.read(first.join().getToken()).orElseThrow())
                .isEqualTo(new Caller(USER.objectId(), TENANT, Tokens.ARM, ""));
        assertThat(caller(credential, "https://management.core.windows.net//.default")
                        .audience())
                .isEqualTo(Tokens.ARM);
        assertThat(caller(credential, "https://containerregistry.azure.net/.default"))
                .isEqualTo(new Caller(USER.objectId(), TENANT, Tokens.CONTAINER_REGISTRY, ""));
        assertThat(prompts).singleElement().asString().contains("microsoft.com/devicelogin");
    }

    @Test
    void theAppSignsInWithItsSecret() {
        TokenCredential credential = new ClientSecretCredentialBuilder()
                .tenantId(TENANT)
                .httpClient(http)
                .clientId(PracticeApp.CLIENT_ID)
                .clientSecret(PracticeApp.SECRET)
                .build();
        assertThat(caller(credential, "https://management.azure.com/.default").objectId())
                .isEqualTo(PracticeApp.OBJECT_ID);
    }

    @Test
    void aWrongSecretIsNamed() {
        TokenCredential credential = new ClientSecretCredentialBuilder()
                .tenantId(TENANT)
                .httpClient(http)
                .clientId(PracticeApp.CLIENT_ID)
                .clientSecret("wrong")
                .build();
        assertThatThrownBy(() -> caller(credential, "https://management.azure.com/.default"))
                .hasMessageContaining("AADSTS7000215");
    }

    @Test
    void anUnknownTenantIsNamed() {
        Response answer =
                post("/33333333-2222-3333-4444-555555555555/oauth2/v2.0/token", "grant_type=client_credentials");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(text(answer)).contains("AADSTS90002");
    }

    @Test
    void anErrorHasWhatSupportAsksFor() throws Exception {
        JsonNode error = new ObjectMapper()
                .readTree(
                        post("/33333333-2222-3333-4444-555555555555/oauth2/v2.0/token", "grant_type=client_credentials")
                                .body());
        assertThat(error.path("error_description").asText())
                .endsWith(" Trace ID: " + error.path("trace_id").asText() + " Correlation ID: "
                        + error.path("correlation_id").asText() + " Timestamp: "
                        + error.path("timestamp").asText());
        assertThat(error.path("error_codes").path(0).asInt()).isEqualTo(90002);
        assertThat(error.path("error_uri").asText()).isEqualTo("https://login.microsoftonline.com/error?code=90002");
    }

    @Test
    void aDeviceCodeOfSomebodyElseIsRefused() {
        Response answer = post(
                "/" + TENANT + "/oauth2/v2.0/token",
                "grant_type=device_code&client_id=c&device_code=forged&scope=https%3A%2F%2Fmanagement.azure.com%2F.d"
                        + "efault");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(text(answer)).contains("bad_verification_code");
    }

    @Test
    void anUnknownResourceIsNamed() {
        Response answer = post(
                "/" + TENANT + "/oauth2/v2.0/devicecode", "client_id=c&scope=https%3A%2F%2Fnobody.example%2F.default");
        assertThat(text(answer)).contains("AADSTS500011");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Caller caller(TokenCredential credential, String scope) {
        String jwt = credential
                .getToken(new TokenRequestContext().addScopes(scope))
                .block()
                .getToken();
        return tokens.read(jwt).orElseThrow();
    }

    private Response post(String path, String form) {
        return provider.handle(new Request(
                "POST",
                URI.create("https://login.microsoftonline.com" + path),
                Map.of(),
                form.getBytes(StandardCharsets.UTF_8)));
    }

    private static String text(Response answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
