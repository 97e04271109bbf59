package io.keylesspull.practice.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.containers.containerregistry.ContainerRegistryClient;
import com.azure.containers.containerregistry.ContainerRegistryClientBuilder;
import com.azure.containers.containerregistry.models.ArtifactTagProperties;
import com.azure.containers.containerregistry.models.ContainerRegistryAudience;
import com.azure.core.credential.AccessToken;
import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.RetryOptions;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keylesspull.practice.InMemoryHttpClient;
import io.keylesspull.practice.directory.Caller;
import io.keylesspull.practice.directory.TokenHook;
import io.keylesspull.practice.directory.Tokens;
import io.keylesspull.practice.registry.ImageStore.PermissionMode;
import io.keylesspull.practice.wire.Request;
import io.keylesspull.practice.wire.Response;
import io.keylesspull.time.Time;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class PracticeRegistriesTest {

    private static final String HOST = "myreg-abc123.azurecr.io";
    private static final String ID =
            "/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerRegistry/registries/r";
    private static final String ACR = "Microsoft.ContainerRegistry/registries/";

    private final Tokens tokens = new Tokens(new Random(1), Time.system(), TokenHook.NONE);
    private final Set<String> allowed = ConcurrentHashMap.newKeySet();
    private Optional<String> refused = Optional.empty();
    private final PracticeRegistries registries = new PracticeRegistries(
            (principal, action, scope) -> principal.equals("me") && scope.equals(ID) && allowed.contains(action),
            (registry, request) -> refused,
            tokens,
            Time.system(),
            new Random(2));

    @BeforeEach
    void aRegistryWithTwoImages() {
        registries.addRegistry(ID, HOST, PermissionMode.LEGACY_REGISTRY_PERMISSIONS);
        registries.copy(
                new RegistryImage("mcr.microsoft.com", "azuredocs/aci-helloworld", "latest"),
                new RegistryImage(HOST, "aci-helloworld", "v1"));
        registries.seed(new RegistryImage(HOST, "team/web", "2.0"));
    }

    @Test
    void theSdkListsRepositoriesTagsAndDigests() {
        allowed.add(ACR + "pull/read");
        ContainerRegistryClient client = client();
        assertThat(client.listRepositoryNames()).containsExactly("aci-helloworld", "team/web");
        assertThat(client.getRepository("team/web").getProperties().getTagCount())
                .isEqualTo(1);
        assertThat(client.getArtifact("team/web", "2.0").getManifestProperties().getDigest())
                .isEqualTo(registries
                        .digest(new RegistryImage(HOST, "team/web", "2.0"))
                        .orElseThrow());
        assertThat(client.getArtifact("aci-helloworld", "v1").listTagProperties().stream()
                        .map(ArtifactTagProperties::getName))
                .containsExactly("v1");
        assertThat(client.getRepository("aci-helloworld").listManifestProperties())
                .hasSize(1);
        assertThatThrownBy(() -> client.getRepository("nonesuch").getProperties())
                .isInstanceOf(HttpResponseException.class)
                .hasMessageContaining("NAME_UNKNOWN");
    }

    @Test
    void withoutARoleTheSdkIsRefusedAtTheExchange() {
        assertThatThrownBy(() -> client().listRepositoryNames().stream().toList())
                .hasMessageContaining("UNAUTHORIZED");
    }

    @Test
    void withAnonymousPullEverybodyGetsATokenForAPullAndNothingElse() throws Exception {
        String ask = "/oauth2/token?service=" + HOST + "&scope=repository:team/web:pull,push";
        assertThat(send("GET", ask, "", null).status()).isEqualTo(401);

        registries.anonymousPull(HOST, true);

        String token = new ObjectMapper()
                .readTree(send("GET", ask, "", null).body())
                .path("access_token")
                .asText();
        assertThat(send("GET", "/v2/team/web/manifests/2.0", "", token).status())
                .isEqualTo(200);
        assertThat(send("POST", "/v2/team/web/blobs/uploads/", "", token).status())
                .isEqualTo(401);
    }

    @Test
    void theChallengeNamesTheScope() {
        assertThat(send("GET", "/v2/", "", null).headers().get("WWW-Authenticate"))
                .isEqualTo("Bearer realm=\"https://" + HOST + "/oauth2/token\",service=\"" + HOST + "\"");
        Response answer = send("GET", "/v2/team/web/manifests/2.0", "", null);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.headers().get("WWW-Authenticate")).endsWith(",scope=\"repository:team/web:pull\"");
    }

    @Test
    void aPullReadsAManifestAndBlobsWhoseDigestsAreTrue() throws Exception {
        allowed.add(ACR + "pull/read");
        String pull = accessToken("repository:aci-helloworld:pull");
        Response manifest = send("GET", "/v2/aci-helloworld/manifests/v1", "", pull);
        String digest = manifest.headers().get("Docker-Content-Digest");
        assertThat(digest)
                .isEqualTo(Digests.of(manifest.body()))
                .isEqualTo(registries
                        .digest(new RegistryImage("mcr.microsoft.com", "azuredocs/aci-helloworld", "latest"))
                        .orElseThrow());
        for (JsonNode layer : json(manifest).get("layers")) {
            Response blob = send(
                    "GET", "/v2/aci-helloworld/blobs/" + layer.get("digest").asText(), "", pull);
            assertThat(Digests.of(blob.body())).isEqualTo(layer.get("digest").asText());
            assertThat(blob.body()).hasSize(layer.get("size").asInt());
        }
        Response head = send("HEAD", "/v2/aci-helloworld/manifests/" + digest, "", pull);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers()).containsEntry("Content-Length", Integer.toString(manifest.body().length));
        assertThat(send("GET", "/v2/aci-helloworld/manifests/v9", "", pull).status())
                .isEqualTo(404);
        assertThat(send("GET", "/v2/team/web/manifests/2.0", "", pull).status()).isEqualTo(401);
    }

    @Test
    void aPushIsCutOffFromThoseWhoMayOnlyPull() throws Exception {
        allowed.add(ACR + "pull/read");
        Response answer = send("POST", "/v2/new/blobs/uploads/", "", accessToken("repository:new:pull,push"));
        assertUnauthorized(answer, "{\"Type\":\"repository\",\"Name\":\"new\",\"Action\":\"push\"}");
    }

    @Test
    void withoutTheRightThereIsNoAccessToken() throws Exception {
        allowed.add(ACR + "push/write");
        assertUnauthorized(
                exchanged("repository:team/web:pull"),
                "{\"Type\":\"repository\",\"Name\":\"team/web\",\"Action\":\"pull\"}");
        assertThat(exchanged("repository:team/web:pull,push").status()).isEqualTo(200);
    }

    /** Azure/acr#841. */
    private static void assertUnauthorized(Response answer, String detail) {
        assertThat(answer.status()).isEqualTo(401);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo("{\"errors\":[{\"code\":\"UNAUTHORIZED\",\"message\":\"authentication required, visit "
                        + "https://aka.ms/acr/authorization for more information.\",\"detail\":[" + detail + "]}]}");
    }

    @Test
    void aPushInPiecesCanBePulled() throws Exception {
        allowed.addAll(List.of(ACR + "pull/read", ACR + "push/write"));
        String token = accessToken("repository:new/app:pull,push");
        byte[] config = "{\"os\":\"linux\"}".getBytes(StandardCharsets.UTF_8);
        String digest = Digests.of(config);
        String manifest = "{\"schemaVersion\":2,\"config\":{\"size\":14,\"digest\":\"" + digest + "\"},\"layers\":[]}";
        assertThat(send("PUT", "/v2/new/app/manifests/1", manifest, token).status())
                .isEqualTo(400);

        String location =
                send("POST", "/v2/new/app/blobs/uploads/", "", token).headers().get("Location");
        assertThat(send("PATCH", location, "{\"os\":", token).status()).isEqualTo(202);
        assertThat(send("PUT", location + "?digest=" + digest, "\"linux\"}", token)
                        .status())
                .isEqualTo(201);
        assertThat(send("PUT", "/v2/new/app/manifests/1", manifest, token).status())
                .isEqualTo(201);
        assertThat(send("GET", "/v2/new/app/manifests/1", "", token).body())
                .isEqualTo(manifest.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theSdkDeletesATagThenAnImageThenARepository() {
        allowed.addAll(List.of(ACR + "pull/read", ACR + "artifacts/delete"));
        ContainerRegistryClient client = client();
        String digest =
                registries.digest(new RegistryImage(HOST, "team/web", "2.0")).orElseThrow();
        client.getArtifact("team/web", "2.0").deleteTag("2.0");
        assertThat(registries.digest(new RegistryImage(HOST, "team/web", "2.0")))
                .isEmpty();
        assertThat(client.getRepository("team/web").listManifestProperties()).hasSize(1);
        client.getArtifact("team/web", digest).delete();
        assertThat(client.listRepositoryNames()).containsExactly("aci-helloworld");
        client.getRepository("aci-helloworld").delete();
        assertThat(client.listRepositoryNames()).isEmpty();
    }

    @Test
    void anImageGoesWithItsTagsAndTheAnswerToADeletedRepositoryNamesBoth() throws Exception {
        allowed.addAll(List.of(ACR + "pull/read", ACR + "artifacts/delete"));
        String digest = registries
                .digest(new RegistryImage(HOST, "aci-helloworld", "v1"))
                .orElseThrow();
        registries.copy(
                new RegistryImage(HOST, "aci-helloworld", "v1"), new RegistryImage(HOST, "aci-helloworld", "latest"));
        Response gone = send("DELETE", "/acr/v1/aci-helloworld", "", accessToken("repository:aci-helloworld:delete"));
        assertThat(gone.status()).isEqualTo(202);
        assertThat(json(gone))
                .isEqualTo(new ObjectMapper()
                        .readTree("{\"manifestsDeleted\":[\"" + digest + "\"],\"tagsDeleted\":[\"latest\",\"v1\"]}"));
        String web = accessToken("repository:team/web:delete,pull");
        assertThat(send("DELETE", "/v2/team/web/manifests/2.0", "", web).status())
                .isEqualTo(405);
        String digestOfWeb =
                registries.digest(new RegistryImage(HOST, "team/web", "2.0")).orElseThrow();
        assertThat(send("DELETE", "/v2/team/web/manifests/" + digestOfWeb, "", web)
                        .status())
                .isEqualTo(202);
        assertThat(registries.digest(new RegistryImage(HOST, "team/web", "2.0")))
                .isEmpty();
        assertThat(send("DELETE", "/acr/v1/team/web/_tags/2.0", "", web).status())
                .isEqualTo(404);
    }

    @Test
    void whoMayOnlyPullOrPushDeletesNothing() throws Exception {
        allowed.addAll(List.of(ACR + "pull/read", ACR + "push/write"));
        String token = accessToken("repository:team/web:pull,push,delete");
        for (String path :
                List.of("/acr/v1/team/web", "/acr/v1/team/web/_tags/2.0", "/v2/team/web/manifests/sha256:0")) {
            assertThat(send("DELETE", path, "", token).status()).isEqualTo(401);
        }
        assertThat(registries
                        .handle(new Request(
                                "DELETE",
                                URI.create("https://mcr.microsoft.com/acr/v1/hello-world"),
                                Map.of(),
                                new byte[0]))
                        .status())
                .isEqualTo(401);
        assertThat(registries.digest(new RegistryImage("mcr.microsoft.com", "hello-world", "latest")))
                .isPresent();
    }

    @Test
    void anAbacRegistryHonoursRepositoryRolesOnly() throws Exception {
        registries.removeRegistry(HOST);
        registries.addRegistry(ID, HOST, PermissionMode.ABAC_REPOSITORY_PERMISSIONS);
        registries.seed(new RegistryImage(HOST, "app", "1"));
        allowed.add(ACR + "pull/read");
        assertThat(exchange().status()).isEqualTo(401);
        allowed.add(ACR + "repositories/content/read");
        assertThat(send("GET", "/v2/app/manifests/1", "", accessToken("repository:app:pull"))
                        .status())
                .isEqualTo(200);
        assertUnauthorized(
                exchanged("registry:catalog:*"), "{\"Type\":\"registry\",\"Name\":\"catalog\",\"Action\":\"*\"}");
        allowed.add(ACR + "catalog/read");
        assertThat(send("GET", "/v2/_catalog", "", accessToken("registry:catalog:*"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void dockerSignsInWithTheRefreshTokenAsPassword() throws Exception {
        allowed.add(ACR + "pull/read");
        String refresh = json(exchange()).get("refresh_token").asText();
        assertThat(basic(refresh).status()).isEqualTo(200);
        assertThat(basic("wrong").status()).isEqualTo(401);
        String access = json(basic(refresh)).get("access_token").asText();
        assertThat(send("GET", "/v2/", "", access).status()).isEqualTo(200);
    }

    @Test
    void aLongCatalogComesInPages() throws Exception {
        allowed.add(ACR + "pull/read");
        String token = accessToken("registry:catalog:*");
        Response first = send("GET", "/acr/v1/_catalog?n=1", "", token);
        assertThat(json(first).get("repositories").toString()).isEqualTo("[\"aci-helloworld\"]");
        String next = first.headers().get("Link").replaceAll("<(.*)>; rel=\"next\"", "$1");
        Response second = send("GET", next, "", token);
        assertThat(json(second).get("repositories").toString()).isEqualTo("[\"team/web\"]");
        assertThat(second.headers()).doesNotContainKey("Link");
    }

    @Test
    void aLockedRegistryAnswersNobody() {
        refused = Optional.of("203.0.113.10");
        Response answer = send("GET", "/v2/", "", null);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("DENIED", "is not allowed access");
    }

    @Test
    void microsoftsImagesAreForEverybody() {
        for (String image : List.of("azuredocs/aci-helloworld", "hello-world")) {
            Request pull = new Request(
                    "GET",
                    URI.create("https://mcr.microsoft.com/v2/" + image + "/manifests/latest"),
                    Map.of(),
                    new byte[0]);
            assertThat(registries.handle(pull).status()).isEqualTo(200);
        }
    }

    @Test
    void copyingWhatIsNotThereFails() {
        assertThatThrownBy(() -> registries.copy(
                        new RegistryImage("mcr.microsoft.com", "nonesuch", "latest"),
                        new RegistryImage(HOST, "x", "y")))
                .isInstanceOf(NoSuchElementException.class);
        assertThat(registries.digest(new RegistryImage(HOST, "x", "y"))).isEmpty();
    }

    private ContainerRegistryClient client() {
        return new ContainerRegistryClientBuilder()
                .endpoint("https://" + HOST)
                .audience(ContainerRegistryAudience.AZURE_RESOURCE_MANAGER_PUBLIC_CLOUD)
                .credential(context -> Mono.just(
                        new AccessToken(armToken(), OffsetDateTime.now().plusHours(1))))
                .retryOptions(new RetryOptions(new FixedDelayOptions(0, Duration.ofMillis(1))))
                .httpClient(new InMemoryHttpClient(registries::handle))
                .buildClient();
    }

    private String armToken() {
        return tokens.issue(new Caller("me", "t", Tokens.ARM, ""), Duration.ofHours(1));
    }

    private Response exchange() {
        return send(
                "POST",
                "/oauth2/exchange",
                "grant_type=access_token&service=" + HOST + "&tenant=t&access_token=" + armToken(),
                null);
    }

    private String accessToken(String scope) throws Exception {
        return json(exchanged(scope)).get("access_token").asText();
    }

    private Response exchanged(String scope) throws Exception {
        String refresh = json(exchange()).get("refresh_token").asText();
        return send(
                "POST",
                "/oauth2/token",
                "grant_type=refresh_token&service=" + HOST + "&scope=" + scope + "&refresh_token=" + refresh,
                null);
    }

    private Response basic(String password) {
        String pair = "00000000-0000-0000-0000-000000000000:" + password;
        return registries.handle(new Request(
                "GET",
                URI.create(
                        "https://" + HOST + "/oauth2/token?service=" + HOST + "&scope=repository:aci-helloworld:pull"),
                Map.of(
                        "authorization",
                        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8))),
                new byte[0]));
    }

    private Response send(String method, String path, String body, String bearer) {
        Map<String, String> headers = new HashMap<>();
        if (bearer != null) {
            headers.put("authorization", "Bearer " + bearer);
        }
        return registries.handle(new Request(
                method, URI.create("https://" + HOST + path), headers, body.getBytes(StandardCharsets.UTF_8)));
    }

    private static JsonNode json(Response answer) throws Exception {
        return new ObjectMapper().readTree(answer.body());
    }
}
