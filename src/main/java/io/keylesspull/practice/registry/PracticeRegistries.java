package io.keylesspull.practice.registry;

import io.keylesspull.azure.model.PermissionMode;
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
 * All registries of the practice cloud and some public ones: their content, and the data plane at their login servers.
 * Safe for use by many threads.
 */
public final class PracticeRegistries implements ImageStore {

    private final Map<String, Registry> registries = new ConcurrentHashMap<>();
    private final RegistryNetwork network;
    private final Time time;
    private final Routes routes;

    public PracticeRegistries(
            AccessCheck permissions, RegistryNetwork network, Tokens tokens, Time time, RandomGenerator random) {
        this.network = network;
        this.time = time;
        ScopePolicy policy = new ScopePolicy(permissions);
        RegistryTokens registryTokens = new RegistryTokens(new JwtSigner(random, time));
        BearerChallenge challenge = new BearerChallenge(registryTokens);
        this.routes = new Routes(
                challenge,
                new TokenExchange(tokens, policy, registryTokens),
                new TokenEndpoint(policy, registryTokens),
                new Catalog(challenge),
                new Manifests(challenge, time),
                new Uploads(challenge, time, random),
                new Deletions(challenge));
        PublicRegistries.all().forEach(open -> registries.put(open.loginServer(), open));
    }

    /** Whether a registry answers at this host. For other hosts, name resolution fails. */
    public boolean serves(String host) {
        return registries.containsKey(key(host)) || key(host).equals(PublicRegistries.DOCKER_HUB_TOKENS);
    }

    /** Answers a request to the data plane: 404 if the host is no registry. */
    public Response handle(Request request) {
        Response response;
        try {
            if (PublicRegistries.DOCKER_HUB_TOKENS.equalsIgnoreCase(
                    request.uri().getHost())) {
                return RegistryResponses.json(200, RegistryResponses.object().put("token", "for-everybody"));
            }
            Registry registry = Optional.ofNullable(request.uri().getHost())
                    .flatMap(this::find)
                    .orElseThrow(() -> new RegistryError(404, "NOT_FOUND", "no registry has this login server"));
            if (!registry.anonymous()) {
                network.refused(registry.resourceId(), request).ifPresent(address -> {
                    throw RegistryError.refused(address);
                });
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
    public void anonymousPull(String loginServer, boolean allowed) {
        existing(loginServer).anonymousPull(allowed);
    }

    @Override
    public void removeRegistry(String loginServer) {
        registries.remove(key(loginServer));
    }

    @Override
    public Optional<String> digest(RegistryImage image) {
        return find(image.loginServer())
                .flatMap(registry -> registry.find(image.repository()))
                .flatMap(found -> found.manifest(image.tag()))
                .map(Manifest::digest);
    }

    @Override
    public void copy(RegistryImage from, RegistryImage to) {
        Repository source = existing(from.loginServer())
                .find(from.repository())
                .orElseThrow(() -> new NoSuchElementException("No image " + from));
        Manifest manifest =
                source.manifest(from.tag()).orElseThrow(() -> new NoSuchElementException("No image " + from));
        Instant now = time.now();
        Repository target = existing(to.loginServer()).repositoryToWrite(to.repository(), now);
        manifest.platforms().stream()
                .flatMap(platform -> source.manifest(platform.path("digest").asText()).stream())
                .forEach(platform -> copy(source, platform, target, Optional.empty(), now));
        copy(source, manifest, target, Optional.of(to.tag()), now);
    }

    private static void copy(
            Repository source, Manifest manifest, Repository target, Optional<String> tag, Instant now) {
        manifest.blobs().forEach(digest -> source.blob(digest).ifPresent(blob -> target.putBlob(digest, blob)));
        target.put(manifest, tag, now);
    }

    @Override
    public void seed(RegistryImage image) {
        Instant now = time.now();
        SampleImages.put(repository(image, now), image.tag(), layers(image), now);
    }

    @Override
    public void seedFor(String architecture, RegistryImage image) {
        Instant now = time.now();
        SampleImages.putList(repository(image, now), image.tag(), List.of(architecture), layers(image), now);
    }

    private Repository repository(RegistryImage image, Instant now) {
        return existing(image.loginServer()).repositoryToWrite(image.repository(), now);
    }

    private static List<String> layers(RegistryImage image) {
        return List.of("base", "This is " + key(image.loginServer()) + "/" + image.repository() + ":" + image.tag());
    }

    /** The content, one line for each manifest and each tag, so that states can be compared. */
    public Stream<String> inventory() {
        return new TreeMap<>(registries)
                .values().stream()
                        .flatMap(registry -> registry.repositories().stream()
                                .flatMap(repository -> Stream.concat(
                                                repository.manifests().stream()
                                                        .map(manifest -> "@" + manifest.digest()),
                                                repository.tags().stream()
                                                        .map(tag -> ":" + tag.name() + " " + tag.digest()))
                                        .map(what -> registry.loginServer() + "/" + repository.name() + what)));
    }

    private Optional<Registry> find(String host) {
        return Optional.ofNullable(registries.get(key(host)));
    }

    private Registry existing(String loginServer) {
        return find(loginServer).orElseThrow(() -> new NoSuchElementException("No registry " + loginServer));
    }

    private static String key(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals(PublicRegistries.DOCKER_HUB_SERVER) ? PublicRegistries.DOCKER_HUB : name;
    }
}
