package io.keylesspull.practice.registry;

import io.keylesspull.practice.directory.AccessCheck;
import io.keylesspull.practice.directory.JwtSigner;
import io.keylesspull.practice.directory.Tokens;
import io.keylesspull.practice.wire.Request;
import io.keylesspull.practice.wire.Response;
import io.keylesspull.time.Time;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * All registries of the practice cloud and Microsoft's public one, {@code mcr.microsoft.com}: what is in them, and the data
 * plane that answers at their login servers. Safe for use by many threads.
 */
public final class PracticeRegistries implements ImageStore {

    private static final String MICROSOFT = "mcr.microsoft.com";
    // Microsoft's images are as old as that, whenever the practice cloud was started.
    private static final Instant RELEASED = Instant.parse("2024-03-01T00:00:00Z");

    private final Map<String, Registry> registries = new ConcurrentHashMap<>();
    private final Time time;
    private final Routes routes;

    public PracticeRegistries(AccessCheck permissions, Tokens tokens, Time time, RandomGenerator random) {
        this.time = time;
        ScopePolicy policy = new ScopePolicy(permissions);
        RegistryTokens registryTokens = new RegistryTokens(new JwtSigner(random, time));
        BearerChallenge challenge = new BearerChallenge(registryTokens);
        this.routes = new Routes(challenge, new TokenExchange(tokens, policy, registryTokens),
                new TokenEndpoint(policy, registryTokens), new Catalog(challenge), new Manifests(challenge, time),
                new Uploads(challenge, time, random), new Deletions(challenge));
        Registry microsoft = Registry.open(MICROSOFT);
        SampleImages.put(microsoft.repositoryToWrite("azuredocs/aci-helloworld", RELEASED), "latest",
                List.of("base", "node", "Welcome to Azure Container Instances!"), RELEASED);
        SampleImages.put(microsoft.repositoryToWrite("hello-world", RELEASED), "latest", List.of("Hello from Docker!"),
                RELEASED);
        registries.put(MICROSOFT, microsoft);
    }

    /** Whether a registry answers at this host; for others, a name look-up fails in the real world. */
    public boolean serves(String host) {
        return registries.containsKey(key(host));
    }

    /** The data plane. A host where no registry is gets a 404. */
    public Response handle(Request request) {
        Response response;
        try {
            Registry registry = Optional.ofNullable(request.uri().getHost()).flatMap(this::find)
                    .orElseThrow(() -> new RegistryError(404, "NOT_FOUND", "no registry has this login server"));
            if (!registry.publicAccess()) {
                throw RegistryError.locked();
            }
            response = routes.answer(registry, request);
        } catch (RegistryError refused) {
            response = refused.toResponse();
        }
        return RegistryResponses.finish(response, request.method().equals("HEAD"));
    }

    @Override
    public void addRegistry(String resourceId, String loginServer, PermissionMode mode) {
        registries.putIfAbsent(key(loginServer), Registry.of(resourceId, key(loginServer), mode));
    }

    @Override
    public void removeRegistry(String loginServer) {
        registries.remove(key(loginServer));
    }

    @Override
    public Optional<String> digest(String loginServer, String repository, String tag) {
        return find(loginServer).flatMap(registry -> registry.find(repository))
                .flatMap(found -> found.manifest(tag)).map(Manifest::digest);
    }

    @Override
    public void copy(String fromLoginServer, String fromRepository, String fromTag,
                     String toLoginServer, String toRepository, String toTag) {
        Repository source = existing(fromLoginServer).find(fromRepository)
                .orElseThrow(() -> new NoSuchElementException("No repository " + fromLoginServer + "/"
                        + fromRepository));
        Manifest manifest = source.manifest(fromTag).orElseThrow(() -> new NoSuchElementException(
                "No image " + fromLoginServer + "/" + fromRepository + ":" + fromTag));
        Instant now = time.now();
        Repository target = existing(toLoginServer).repositoryToWrite(toRepository, now);
        manifest.blobs().forEach(digest -> source.blob(digest).ifPresent(blob -> target.putBlob(digest, blob)));
        target.put(manifest, Optional.of(toTag), now);
    }

    @Override
    public void seed(String loginServer, String repository, String tag) {
        String reference = key(loginServer) + "/" + repository + ":" + tag;
        Instant now = time.now();
        SampleImages.put(existing(loginServer).repositoryToWrite(repository, now), tag,
                List.of("base", "This is " + reference), now);
    }

    @Override
    public void setPublicAccess(String loginServer, boolean allowed) {
        existing(loginServer).setPublicAccess(allowed);
    }

    /** What is in them, a line for each manifest and each tag. For comparing one moment with another. */
    public Stream<String> inventory() {
        return new TreeMap<>(registries).values().stream().flatMap(registry -> registry.repositories().stream()
                .flatMap(repository -> Stream.concat(
                        repository.manifests().stream().map(manifest -> "@" + manifest.digest()),
                        repository.tags().stream().map(tag -> ":" + tag.name() + " " + tag.digest()))
                        .map(what -> registry.loginServer() + "/" + repository.name() + what)));
    }

    private Optional<Registry> find(String host) {
        return Optional.ofNullable(registries.get(key(host)));
    }

    private Registry existing(String loginServer) {
        return find(loginServer).orElseThrow(() -> new NoSuchElementException("No registry " + loginServer));
    }

    private static String key(String host) {
        return host.toLowerCase(Locale.ROOT);
    }
}
