package io.keylesspull.azure.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import io.keylesspull.azure.model.AzureCloud;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.AzureException.Kind;
import io.keylesspull.azure.model.ResourceGroupInfo;
import io.keylesspull.azure.resource.AzureAccount;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.azure.resource.Fixture;
import io.keylesspull.practice.SetTime;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

/** A token that the control plane no longer takes in the middle of the work. */
@Timeout(60)
class FreshTokenTest {

    private static final Map<String, String> EXPIRED = Map.of(
            "WWW-Authenticate",
            "Bearer authorization_uri=\"https://login.microsoftonline.com/t\", error=\"invalid_token\"");
    private static final String REFUSAL =
            "{\"error\": {\"code\": \"ExpiredAuthenticationToken\", \"message\": \"The access token expiry\"}}";

    private final ScriptedHttp http = new ScriptedHttp();
    private final List<TokenRequestContext> asked = new CopyOnWriteArrayList<>();
    /** As MSAL does it: the same token from its cache, unless there are claims to ask for. */
    private final TokenCredential credential = request -> Mono.fromSupplier(() -> {
        asked.add(request);
        return new AccessToken(
                token(request.getClaims() == null ? 1000 : 2000),
                OffsetDateTime.now().plusHours(1));
    });

    @Test
    void aRefusedTokenIsReplacedOnceAndTheRequestRepeatedOnce() throws Exception {
        http.answer("GET", "/resourcegroups/rg", 401, EXPIRED, REFUSAL);
        http.answer("GET", "/resourcegroups/rg", 404, "{}");

        assertThat(azure().resourceGroups().find("rg")).isEmpty();

        assertThat(http.seen())
                .extracting(seen -> seen.headers().getValue(HttpHeaderName.AUTHORIZATION))
                .containsExactly("Bearer " + token(1000), "Bearer " + token(2000));
        assertThat(asked.get(asked.size() - 1).getClaims())
                .isEqualTo("{\"access_token\":{\"nbf\":{\"essential\":true,\"value\":\"1001\"}}}");
    }

    @Test
    void aSignInThatHasEndedIsReportedAfterOneRepeat() throws Exception {
        http.always("GET", "/resourcegroups/rg", 401, EXPIRED, REFUSAL);

        AzureException e = catchThrowableOfType(
                AzureException.class, () -> azure().resourceGroups().find("rg"));

        assertThat(e.kind()).isEqualTo(Kind.NOT_SIGNED_IN);
        assertThat(e.code()).isEqualTo("ExpiredAuthenticationToken");
        assertThat(http.seen()).hasSize(2);
    }

    @Test
    void theNewTokenIsUsedFromThenOn() throws Exception {
        http.answer("GET", "/resourcegroups/rg", 401, EXPIRED, REFUSAL);
        http.always("GET", "/resourcegroups/rg", 404, Map.of(), "{}");
        AzureSubscription azure = azure();

        azure.resourceGroups().find("rg");
        azure.withWaitListener(waiting -> {}).resourceGroups().find("rg");

        assertThat(http.seen()).hasSize(3);
        assertThat(http.seen().get(2).headers().getValue(HttpHeaderName.AUTHORIZATION))
                .isEqualTo("Bearer " + token(2000));
    }

    @Test
    void manyRequestsThatAreTurnedAwayAtOnceFetchOneToken() throws Exception {
        int many = 20;
        http.always("GET", "/resourcegroups/rg", 404, Map.of(), "{}");
        ScriptedHttp refusing = new ScriptedHttp().always("GET", "/resourcegroups/rg", 401, EXPIRED, REFUSAL);
        AzureSubscription azure = azure(request -> (request.getHeaders()
                                .getValue(HttpHeaderName.AUTHORIZATION)
                                .endsWith(token(1000))
                        ? refusing
                        : http)
                .send(request));
        ExecutorService threads = Executors.newFixedThreadPool(many);
        try {
            List<Future<Optional<ResourceGroupInfo>>> all = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                all.add(threads.submit(() -> azure.resourceGroups().find("rg")));
            }
            for (Future<Optional<ResourceGroupInfo>> one : all) {
                assertThat(one.get()).isEmpty();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(refusing.seen()).isNotEmpty();
        assertThat(http.seen()).hasSize(many);
        assertThat(asked.stream().filter(request -> request.getClaims() != null))
                .hasSize(1);
    }

    @Test
    void aPermissionThatIsLostIsNotAnEndedSignIn() throws Exception {
        http.answer(
                "GET",
                "/resourcegroups/rg",
                403,
                "{\"error\": {\"code\": \"AuthorizationFailed\", \"message\": \"no longer\"}}");

        AzureException e = catchThrowableOfType(
                AzureException.class, () -> azure().resourceGroups().find("rg"));

        assertThat(e.kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(http.seen()).hasSize(1);
    }

    private AzureSubscription azure() throws AzureException, InterruptedException {
        return azure(http);
    }

    private AzureSubscription azure(HttpClient client) throws AzureException, InterruptedException {
        return AzureAccount.signIn(
                        credential,
                        Optional.empty(),
                        AzureCloud.PUBLIC,
                        Fixture.pipelines(client, new SetTime(Instant.parse("2026-03-01T10:00:00Z"))),
                        Optional::empty)
                .subscription(Fixture.SUBSCRIPTION);
    }

    private static String token(long issuedAt) {
        return "e30."
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(("{\"upn\":\"ada\",\"iat\":" + issuedAt + "}").getBytes(StandardCharsets.UTF_8))
                + ".s";
    }
}
