package io.keylesspull.azure.resource;

import com.azure.containers.containerregistry.ContainerRegistryAsyncClient;
import com.azure.containers.containerregistry.ContainerRegistryClientBuilder;
import com.azure.containers.containerregistry.RegistryArtifactAsync;
import com.azure.containers.containerregistry.models.ArtifactManifestOrder;
import com.azure.containers.containerregistry.models.ArtifactManifestProperties;
import com.azure.containers.containerregistry.models.ArtifactTagProperties;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.core.http.policy.RetryOptions;
import com.azure.core.http.rest.PagedFlux;
import io.keylesspull.azure.http.AzureErrors;
import io.keylesspull.azure.http.SdkCall;
import io.keylesspull.azure.http.SdkValues;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.AzureException.Kind;
import io.keylesspull.azure.model.RegistryInfo;
import io.keylesspull.paging.Pages;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * The images in registries, read from the registries with the administrator's rights.
 *
 * <p>Every method throws FORBIDDEN if the account may not read images there, NETWORK_DENIED if the registry's firewall
 * refuses this computer, UNREACHABLE or UNAVAILABLE if the registry does not respond.
 */
public final class RegistryImages {

    private static final String SCOPE = "https://containerregistry.azure.net/.default";
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final RetryOptions NO_RETRIES = new RetryOptions(new FixedDelayOptions(0, Duration.ofMillis(1)));

    private final HttpClient client;
    private final TokenCredential credential;
    private final HttpPipelinePolicy retries;

    RegistryImages(HttpClient client, TokenCredential credential, HttpPipelinePolicy retries) {
        this.client = client;
        this.credential = credential;
        this.retries = retries;
    }

    /** All repositories' names. */
    public Pages<String, AzureException> repositories(String loginServer) {
        return pages(loginServer, ContainerRegistryAsyncClient::listRepositoryNames);
    }

    /** A repository's tags, those of the image that was changed last first; none if it does not exist. */
    public Pages<RegistryInfo.Tag, AzureException> tags(String loginServer, String repository) {
        // The SDK lists only the tags of a manifest, so this collects the tags of all manifests. One that no tag names
        // has no such list (github.com/MicrosoftDocs/azure-docs/issues/98288).
        Pages<ArtifactManifestProperties, AzureException> manifests = pages(
                loginServer,
                registry -> registry.getRepository(repository)
                        .listManifestProperties(ArtifactManifestOrder.LAST_UPDATED_ON_DESCENDING));
        return wantsMore -> {
            try {
                manifests.read(page -> wantsMore.test(page.stream()
                        .flatMap(manifest -> SdkValues.listOf(manifest.getTags()).stream()
                                .sorted()
                                .map(tag -> new RegistryInfo.Tag(tag, manifest.getDigest())))
                        .toList()));
            } catch (AzureException e) {
                if (e.kind() != Kind.NOT_FOUND) {
                    throw e;
                }
            }
        };
    }

    /**
     * The digest of a manifest; empty if there is no such tag or digest.
     *
     * @param reference a tag, or the digest itself
     */
    public Optional<String> digest(String loginServer, String repository, String reference)
            throws AzureException, InterruptedException {
        try {
            return Optional.of(ask(loginServer, registry -> {
                RegistryArtifactAsync artifact = registry.getArtifact(repository, reference);
                return reference.contains(":")
                        ? artifact.getManifestProperties().map(ArtifactManifestProperties::getDigest)
                        : artifact.getTagProperties(reference).map(ArtifactTagProperties::getDigest);
            }));
        } catch (AzureException e) {
            if (e.kind() == Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Deletes a tag, and its manifest if no other tag names it.
     *
     * @return whether there was such a tag
     */
    public boolean delete(String loginServer, String repository, String tag)
            throws AzureException, InterruptedException {
        Optional<String> digest = digest(loginServer, repository, tag);
        if (digest.isEmpty()) {
            return false;
        }
        List<String> tags = ask(
                loginServer,
                registry -> registry.getArtifact(repository, digest.get())
                        .getManifestProperties()
                        .map(manifest -> SdkValues.listOf(manifest.getTags())));
        ask(
                loginServer,
                registry -> tags.size() == 1
                        ? registry.getArtifact(repository, digest.get())
                                .delete()
                                .thenReturn(true)
                        : registry.getArtifact(repository, tag).deleteTag(tag).thenReturn(true));
        return true;
    }

    /** How far a sign-in to a registry gets from this computer, in this order. */
    public enum Stage {
        /** Its name is resolved. */
        NAME,
        /** It is connected to, and its certificate is trusted. */
        CONNECTION,
        /** It tells how to sign in. */
        CHALLENGE,
        /** It gives a token for one of the account's. */
        TOKEN
    }

    /** @param stopped at the stage that failed; empty if all are good */
    public record SignIn(Optional<Stage> failed, Optional<AzureException> stopped) {}

    /** Tries to sign in to a registry and reads nothing. */
    public SignIn trySignIn(String loginServer) throws InterruptedException {
        Stage stage = Stage.CHALLENGE;
        try {
            send(new HttpRequest(HttpMethod.GET, "https://" + loginServer + "/v2/"), UNAUTHORIZED);
            stage = Stage.TOKEN;
            String token = SdkCall.get(() -> credential.getToken(new TokenRequestContext().addScopes(SCOPE)))
                    .getToken();
            send(
                    new HttpRequest(HttpMethod.POST, "https://" + loginServer + "/oauth2/exchange")
                            .setHeader(HttpHeaderName.CONTENT_TYPE, "application/x-www-form-urlencoded")
                            .setBody("grant_type=access_token&service=" + loginServer + "&access_token="
                                    + URLEncoder.encode(token, StandardCharsets.UTF_8)),
                    OK);
            return new SignIn(Optional.empty(), Optional.empty());
        } catch (AzureException e) {
            boolean unknown = AzureErrors.cause(e, UnknownHostException.class).isPresent();
            Stage failed = stage != Stage.CHALLENGE || e.kind() != Kind.UNREACHABLE
                    ? stage
                    : unknown ? Stage.NAME : Stage.CONNECTION;
            return new SignIn(Optional.of(failed), Optional.of(stage == Stage.TOKEN ? refusal(e) : e));
        }
    }

    /** @throws AzureException if the status is neither 200 nor the other */
    private void send(HttpRequest request, int alsoGood) throws AzureException, InterruptedException {
        SdkCall.get(() -> client.send(request)
                .flatMap(response -> response.getBodyAsString()
                        .defaultIfEmpty("")
                        .flatMap(body -> response.getStatusCode() == OK || response.getStatusCode() == alsoGood
                                ? Mono.just(true)
                                : Mono.error(new HttpResponseException(
                                        "Status code " + response.getStatusCode() + ", " + body, response)))));
    }

    private <T> T ask(String loginServer, Function<ContainerRegistryAsyncClient, Mono<T>> request)
            throws AzureException, InterruptedException {
        try {
            return SdkCall.get(() -> request.apply(registry(loginServer)));
        } catch (AzureException e) {
            throw refusal(e);
        }
    }

    private <T> Pages<T, AzureException> pages(
            String loginServer, Function<ContainerRegistryAsyncClient, PagedFlux<T>> list) {
        return wantsMore -> {
            try {
                SdkCall.pages(() -> list.apply(registry(loginServer))).read(wantsMore);
            } catch (AzureException e) {
                throw refusal(e);
            }
        };
    }

    /** The registry responds with 401 also if the account is known and has no role there. */
    private static AzureException refusal(AzureException e) {
        return e.kind() == Kind.NOT_SIGNED_IN && e.status() == 401
                ? new AzureException(Kind.FORBIDDEN, e.code(), e.status(), e.getMessage(), e)
                : e;
    }

    /**
     * A client for one request: a client remembers a refusal for 30 s and delays its next request that long. Our
     * retries come after the SDK's own, which are switched off, and after its authentication, so that each HTTP request
     * is retried by itself.
     */
    private ContainerRegistryAsyncClient registry(String loginServer) {
        return new ContainerRegistryClientBuilder()
                .endpoint("https://" + loginServer)
                .credential(credential)
                .httpClient(client)
                .addPolicy(retries)
                .retryOptions(NO_RETRIES)
                .buildAsyncClient();
    }
}
