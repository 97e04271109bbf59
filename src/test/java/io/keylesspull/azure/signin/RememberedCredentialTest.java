package io.keylesspull.azure.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.exception.ClientAuthenticationException;
import com.azure.identity.AuthenticationRecord;
import com.azure.identity.AuthenticationRequiredException;
import io.keylesspull.azure.http.BlockingWork;
import io.keylesspull.azure.http.SdkCall;
import io.keylesspull.azure.model.AzureException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

@Timeout(30)
class RememberedCredentialTest {

    private static final AccessToken TOKEN =
            new AccessToken("t", OffsetDateTime.now().plusHours(1));

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<AuthenticationRecord> remembered = new CopyOnWriteArrayList<>();
    private final List<TokenRequestContext> asked = new CopyOnWriteArrayList<>();
    private final AtomicInteger prompts = new AtomicInteger();

    /** azure-identity's, as far as it matters here: silent while the cache knows the account. */
    private final class Cache implements TokenCredential {

        private volatile boolean knows;

        @Override
        public Mono<AccessToken> getToken(TokenRequestContext request) {
            return Mono.error(new AssertionError("asked asynchronously, it looks into no cache"));
        }

        @Override
        public AccessToken getTokenSync(TokenRequestContext request) {
            asked.add(request);
            if (!knows) {
                throw new AuthenticationRequiredException("sign in", request);
            }
            return TOKEN;
        }
    }

    private final Cache cache = new Cache();

    @AfterEach
    void close() {
        threads.shutdownNow();
    }

    @Test
    void whoIsRememberedIsNotPrompted() throws Exception {
        cache.knows = true;

        assertThat(token(credential(Mono.error(new AssertionError("prompted")))))
                .isSameAs(TOKEN);

        assertThat(remembered).isEmpty();
    }

    @Test
    void whoIsNotKnownIsPromptedOnceAndRemembered() throws Exception {
        RememberedCredential credential = credential(signingIn());

        assertThat(token(credential)).isSameAs(TOKEN);
        assertThat(token(credential)).isSameAs(TOKEN);

        assertThat(prompts).hasValue(1);
        assertThat(remembered).extracting(AuthenticationRecord::getUsername).containsExactly("ada");
        assertThat(asked).allMatch(TokenRequestContext::isCaeEnabled);
    }

    @Test
    void whoGivesUpIsNotRemembered() {
        RememberedCredential credential =
                credential(Mono.error(new ClientAuthenticationException("AADSTS70016: gave up", null)));

        assertThatThrownBy(() -> token(credential))
                .isInstanceOfSatisfying(
                        AzureException.class,
                        gaveUp -> assertThat(gaveUp.code()).isEqualTo("AADSTS70016"))
                .hasMessage("gave up");
        assertThat(remembered).isEmpty();
    }

    @Test
    void msalsRaceAtTheDeviceCodeIsRunAgain() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        Mono<AuthenticationRecord> racing = Mono.defer(() -> attempts.incrementAndGet() == 1
                ? Mono.error(new ClientAuthenticationException("Failed to acquire token", null, race()))
                : signingIn());

        assertThat(token(credential(racing))).isSameAs(TOKEN);

        assertThat(attempts).hasValue(2);
    }

    @Test
    void aRaceThatIsLostRepeatedlyOrAnotherErrorIsReported() {
        AtomicInteger attempts = new AtomicInteger();
        Mono<AuthenticationRecord> alwaysRacing = Mono.defer(() -> {
            attempts.incrementAndGet();
            return Mono.error(race());
        });
        assertThatThrownBy(() -> token(credential(alwaysRacing))).isNotNull();
        assertThat(attempts).hasValue(11);

        Mono<AuthenticationRecord> mistaken = Mono.defer(() -> {
            attempts.incrementAndGet();
            return Mono.error(new NullPointerException("ours"));
        });
        assertThatThrownBy(() -> token(credential(mistaken))).isNotNull();
        assertThat(attempts).hasValue(12);
    }

    private static AccessToken token(RememberedCredential credential) throws AzureException, InterruptedException {
        return SdkCall.get(() -> credential.getToken(new TokenRequestContext().addScopes("scope")));
    }

    private Mono<AuthenticationRecord> signingIn() {
        return Mono.fromSupplier(() -> {
            prompts.incrementAndGet();
            cache.knows = true;
            return SignInRecordsTest.record("ada");
        });
    }

    private RememberedCredential credential(Mono<AuthenticationRecord> prompt) {
        return new RememberedCredential(cache, request -> prompt, remembered::add, new BlockingWork(threads));
    }

    /** As MSAL throws it where the directory answers too soon. */
    static NullPointerException race() {
        NullPointerException e = new NullPointerException("isCancelled()");
        e.setStackTrace(new StackTraceElement[] {
            new StackTraceElement(
                    "com.microsoft.aad.msal4j.AcquireTokenByDeviceCodeFlowSupplier",
                    "acquireTokenWithDeviceCode",
                    "AcquireTokenByDeviceCodeFlowSupplier.java",
                    55)
        });
        return e;
    }
}
