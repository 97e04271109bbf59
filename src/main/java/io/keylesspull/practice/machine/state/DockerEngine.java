package io.keylesspull.practice.machine.state;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The Docker daemon of one machine and its images. */
public final class DockerEngine {

    /**
     * @param id digest of the configuration
     * @param manifest the bytes whose digest is the image's
     * @param blobs by digest
     */
    public record Image(String id, String mediaType, byte[] manifest, Map<String, byte[]> blobs, List<String> layers) {

        public long size() {
            return blobs.values().stream().mapToLong(b -> b.length).sum();
        }
    }

    /** @param secret never printed. @param identityToken whether it is a refresh token, not a password */
    public record Login(String username, String secret, boolean identityToken) {

        @Override
        public String toString() {
            return "Login[" + username + "]";
        }
    }

    private final Map<String, Image> images = new LinkedHashMap<>();
    private final Map<String, String> digests = new LinkedHashMap<>();
    private boolean running;
    private boolean enabled;
    private boolean socketOpen;
    private boolean socketEnabled;
    private boolean masked;
    private boolean fromSnap;
    private String rootlessUser = "";

    public synchronized boolean running() {
        return running;
    }

    /** Whether systemd refuses to start its service: {@code systemctl mask}. */
    public synchronized boolean masked() {
        return masked;
    }

    public synchronized void masked(boolean now) {
        masked = now;
    }

    /** Whether it came as a snap: then its commands are in {@code /snap/bin}, and its service is another one. */
    public synchronized boolean fromSnap() {
        return fromSnap;
    }

    /** Installs the snap: there is no group whose members may use it. */
    public synchronized void installSnap() {
        fromSnap = true;
        start();
    }

    /** Whether a daemon runs as this user and for nobody else. */
    public synchronized boolean rootlessOf(String user) {
        return rootlessUser.equals(user);
    }

    public synchronized void rootless(String user) {
        rootlessUser = user;
    }

    /** Whether {@code docker.socket} listens: then the first client starts the daemon. */
    public synchronized boolean socketOpen() {
        return socketOpen;
    }

    /** The service needs its socket: both run afterwards. */
    public synchronized void start() {
        running = true;
        socketOpen = true;
    }

    public synchronized void stop() {
        running = false;
    }

    public synchronized void openSocket() {
        socketOpen = true;
    }

    /** The service needs its socket: both are stopped afterwards. */
    public synchronized void closeSocket() {
        socketOpen = false;
        running = false;
    }

    synchronized void boot() {
        running = enabled;
        socketOpen = enabled || socketEnabled;
    }

    public synchronized boolean enabled() {
        return enabled;
    }

    public synchronized void enabled(boolean now) {
        enabled = now;
    }

    public synchronized boolean socketEnabled() {
        return socketEnabled;
    }

    public synchronized void socketEnabled(boolean now) {
        socketEnabled = now;
    }

    synchronized void forgetImages() {
        images.clear();
        digests.clear();
    }

    /** @param digest of the image in the registry. @return whether the name was new or had another image */
    public synchronized boolean add(DockerReference reference, Image image, String digest) {
        Image old = images.put(reference.toString(), image);
        digests.put(reference.name() + "@" + digest, image.id());
        return old == null || !old.id().equals(image.id());
    }

    public synchronized void tag(DockerReference reference, Image image) {
        images.put(reference.toString(), image);
    }

    /** Finds an image by name, by name and digest, or by the beginning of its id. */
    public synchronized Optional<Image> find(String name) {
        Optional<String> reference = DockerReference.parse(name).map(DockerReference::toString);
        if (reference.isPresent() && images.containsKey(reference.get())) {
            return Optional.of(images.get(reference.get()));
        }
        String id = reference.map(digests::get).orElse(name.startsWith("sha256:") ? name : "sha256:" + name);
        return images.values().stream()
                .filter(i -> id.length() > 12 && i.id().startsWith(id))
                .findFirst();
    }

    /** Whether it has the digest that a reference names, from the same repository. False for a tag. */
    public synchronized boolean hasDigest(DockerReference reference) {
        return reference.digest() != null && digests.containsKey(reference.toString());
    }

    public synchronized List<String> repoDigests(Image image) {
        return digests.entrySet().stream()
                .filter(e -> e.getValue().equals(image.id()))
                .map(Map.Entry::getKey)
                .toList();
    }

    public synchronized List<String> repoTags(Image image) {
        return images.entrySet().stream()
                .filter(e -> e.getValue().id().equals(image.id()))
                .map(Map.Entry::getKey)
                .filter(r -> !r.contains("@"))
                .toList();
    }

    public synchronized void addDigest(DockerReference reference, Image image, String digest) {
        digests.put(reference.name() + "@" + digest, image.id());
    }

    /** Removes a name, and with its last name the image. @return the lines that docker prints */
    public synchronized List<String> remove(DockerReference reference) {
        Image image = images.remove(reference.toString());
        List<String> lines = new ArrayList<>(List.of("Untagged: " + reference));
        boolean named = images.keySet().stream()
                .map(DockerReference::parse)
                .flatMap(Optional::stream)
                .anyMatch(r -> r.name().equals(reference.name()));
        if (!named) {
            for (String digest : repoDigests(image)) {
                if (digest.startsWith(reference.name() + "@")) {
                    digests.remove(digest);
                    if (!digest.equals(reference.toString())) {
                        lines.add("Untagged: " + digest);
                    }
                }
            }
        }
        if (images.values().stream().noneMatch(i -> i.id().equals(image.id()))) {
            digests.values().removeIf(image.id()::equals);
            lines.add("Deleted: " + image.id());
            Set<String> used =
                    images.values().stream().flatMap(i -> i.layers().stream()).collect(Collectors.toSet());
            List<String> layers = new ArrayList<>(image.layers());
            Collections.reverse(layers);
            layers.stream().filter(l -> !used.contains(l)).forEach(l -> lines.add("Deleted: " + l));
        }
        return lines;
    }

    /** All names of the image with this name or beginning of an id. */
    public synchronized List<DockerReference> names(String nameOrId) {
        Optional<DockerReference> reference = DockerReference.parse(nameOrId);
        if (reference.filter(r -> images.containsKey(r.toString())).isPresent()) {
            return List.of(reference.get());
        }
        return find(nameOrId)
                .map(image -> images.entrySet().stream()
                        .filter(e -> e.getValue().id().equals(image.id()))
                        .flatMap(e -> DockerReference.parse(e.getKey()).stream())
                        .toList())
                .orElse(List.of());
    }

    public synchronized Map<String, Image> images() {
        return new LinkedHashMap<>(images);
    }

    public synchronized long bytes() {
        return images.values().stream().mapToLong(Image::size).sum();
    }

    /** Everything it has, one line each. */
    public synchronized void inventory(Consumer<String> line) {
        line.accept("docker" + (running ? " running" : "") + (enabled ? " enabled" : "")
                + (socketOpen ? " socket-open" : "") + (socketEnabled ? " socket-enabled" : ""));
        images.forEach((name, image) -> line.accept("image " + name + " " + image.id()));
        digests.forEach((name, id) -> line.accept("digest " + name + " " + id));
    }
}
