package io.keylesspull.azure.signin;

import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.identity.AuthenticationRecord;
import com.azure.identity.AzureCliCredentialBuilder;
import com.azure.identity.DeviceCodeCredentialBuilder;
import com.azure.identity.DeviceCodeInfo;
import com.azure.identity.EnvironmentCredentialBuilder;
import com.azure.identity.InteractiveBrowserCredentialBuilder;
import com.azure.identity.ManagedIdentityCredentialBuilder;
import io.keylesspull.azure.http.BlockingWork;
import io.keylesspull.azure.http.Clouds;
import io.keylesspull.azure.http.Pipelines;
import io.keylesspull.azure.model.AzureCloud;
import io.keylesspull.azure.model.DeviceCode;
import io.keylesspull.azure.model.SignInMethod;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * Creates the credential for a sign-in method. Every credential uses the given client and executor: without the
 * executor MSAL waits on the common pool, which can hang (azure-sdk-for-java#39676).
 *
 * @param remembering empty: tokens are kept in memory
 */
record CredentialFactory(
        AzureCloud cloud,
        Optional<String> tenant,
        Pipelines pipelines,
        ExecutorService executor,
        Optional<Remembering> remembering) {

    /** How long a cold start of {@code az} can take. */
    private static final Duration CLI_TIMEOUT = Duration.ofSeconds(30);

    TokenCredential of(SignInMethod method, Consumer<DeviceCode> prompt) {
        return switch (method) {
            case BROWSER -> browser();
            case DEVICE_CODE -> deviceCode(prompt);
            case AZURE_CLI -> cli();
            case ENVIRONMENT ->
                new EnvironmentCredentialBuilder()
                        .authorityHost(Clouds.authority(cloud))
                        .httpClient(pipelines.client())
                        .executorService(executor)
                        .build();
            case MANAGED_IDENTITY ->
                new ManagedIdentityCredentialBuilder()
                        .httpClient(pipelines.client())
                        .executorService(executor)
                        .build();
        };
    }

    private TokenCredential browser() {
        var builder = new InteractiveBrowserCredentialBuilder()
                .authorityHost(Clouds.authority(cloud))
                .pipeline(pipelines.directory())
                .executorService(executor);
        tenant.ifPresent(builder::tenantId);
        if (remembering.isEmpty()) {
            return new OnePrompt(builder.build());
        }
        remembering.get().known().ifPresent(builder::authenticationRecord);
        var credential = builder.tokenCachePersistenceOptions(TokenCache.options())
                .disableAutomaticAuthentication()
                .build();
        return remembered(credential, credential::authenticate);
    }

    private TokenCredential deviceCode(Consumer<DeviceCode> prompt) {
        var builder = new DeviceCodeCredentialBuilder()
                .authorityHost(Clouds.authority(cloud))
                .pipeline(pipelines.directory())
                .executorService(executor)
                .challengeConsumer(info -> prompt.accept(code(info)));
        tenant.ifPresent(builder::tenantId);
        if (remembering.isEmpty()) {
            return new OnePrompt(builder.build());
        }
        remembering.get().known().ifPresent(builder::authenticationRecord);
        var credential = builder.tokenCachePersistenceOptions(TokenCache.options())
                .disableAutomaticAuthentication()
                .build();
        return remembered(credential, credential::authenticate);
    }

    private TokenCredential remembered(
            TokenCredential silent, Function<TokenRequestContext, Mono<AuthenticationRecord>> prompt) {
        return new RememberedCredential(silent, prompt, remembering.get().remember(), new BlockingWork(executor));
    }

    private TokenCredential cli() {
        var builder =
                new AzureCliCredentialBuilder().httpClient(pipelines.client()).processTimeout(CLI_TIMEOUT);
        tenant.ifPresent(builder::tenantId);
        return builder.build();
    }

    private static DeviceCode code(DeviceCodeInfo info) {
        return new DeviceCode(info.getUserCode(), URI.create(info.getVerificationUrl()), info.getMessage());
    }
}
