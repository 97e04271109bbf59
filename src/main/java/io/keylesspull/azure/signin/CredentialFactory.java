package io.keylesspull.azure.signin;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.policy.FixedDelay;
import com.azure.core.http.policy.RetryPolicy;
import com.azure.identity.AzureCliCredentialBuilder;
import com.azure.identity.ManagedIdentityCredentialBuilder;
import com.microsoft.aad.msal4j.ITokenCacheAccessAspect;
import com.microsoft.aad.msal4j.PublicClientApplication;
import io.keylesspull.azure.http.BlockingWork;
import io.keylesspull.azure.http.Clouds;
import io.keylesspull.azure.http.Pipelines;
import io.keylesspull.azure.model.AzureCloud;
import io.keylesspull.azure.model.AzureException;
import java.net.MalformedURLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Creates the credentials. Every credential uses the given client and executor: without the executor MSAL waits on the
 * common pool, which can hang (azure-sdk-for-java#39676).
 */
record CredentialFactory(AzureCloud cloud, Optional<String> tenant, Pipelines pipelines, ExecutorService executor) {

    /** How long a cold start of {@code az} can take. */
    private static final Duration CLI_TIMEOUT = Duration.ofSeconds(30);

    /** The Azure CLI's, which is registered in every directory; the SDKs for developers use the same. */
    private static final String PUBLIC_CLIENT = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";
    /** Any directory for accounts at work or school. */
    private static final String ANY_TENANT = "organizations";
    /** That we can answer claims challenges (Microsoft Learn, "Claims challenges"). */
    static final String ANSWERS_CHALLENGES = "CP1";

    /**
     * For managed identities: MSAL itself asks again after 1, 2 and 4 seconds (msal4j's IMDSRetryPolicy). With the
     * pipeline's own five retries around that (azure-identity's ImdsRetryStrategy) it took two minutes to say that
     * something else answers at the address.
     */
    private static final RetryPolicy ONCE = new RetryPolicy(new FixedDelay(0, Duration.ZERO));

    /**
     * @param tokens keeps the tokens
     * @param known who has signed in earlier
     * @param remember called with who has signed in now
     */
    TokenCredential person(
            Prompt prompt,
            ITokenCacheAccessAspect tokens,
            Supplier<Optional<SignedInAccount>> known,
            Consumer<SignedInAccount> remember) {
        try {
            return new PersonCredential(
                    PublicClientApplication.builder(PUBLIC_CLIENT)
                            .authority(Clouds.authority(cloud) + tenant.orElse(ANY_TENANT))
                            .clientCapabilities(Set.of(ANSWERS_CHALLENGES))
                            .httpClient(new MsalHttp(pipelines.directory()))
                            .executorService(executor)
                            .setTokenCacheAccessAspect(tokens)
                            .build(),
                    prompt,
                    known,
                    remember,
                    new BlockingWork(executor));
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("not a directory: " + tenant, e);
        }
    }

    /** @throws AzureException if the variables name no service principal */
    TokenCredential environment(EnvironmentSignIn environment) throws AzureException {
        return environment.credential(
                tenant,
                builder -> builder.authorityHost(Clouds.authority(cloud))
                        .pipeline(pipelines.directory())
                        .executorService(executor));
    }

    /** @param clientId of a user-assigned identity; empty for the system-assigned one, or the only one */
    TokenCredential managedIdentity(Optional<String> clientId) {
        var builder = new ManagedIdentityCredentialBuilder()
                .httpClient(pipelines.client())
                .retryPolicy(ONCE)
                .executorService(executor);
        clientId.ifPresent(builder::clientId);
        return builder.build();
    }

    TokenCredential cli() {
        var builder =
                new AzureCliCredentialBuilder().httpClient(pipelines.client()).processTimeout(CLI_TIMEOUT);
        tenant.ifPresent(builder::tenantId);
        return builder.build();
    }
}
