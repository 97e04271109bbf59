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

/** The docker daemon of one machine, and the images it has. */
public final class DockerEngine {

    /**
     * @param id       digest of the configuration
     * @param manifest the bytes whose digest is the image's
     * @param blobs    by digest
     */
    public record Image(String id, String mediaType, byte[] manifest, Map<String, byte[]> blobs, List<String> layers) {

        public long size() {
            return blobs.values().stream().mapToLong(b -> b.length).sum();
        }
    }

    /** @param secret never shown. @param identityToken whether it is a refresh token rather than a password */
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

    /** The service needs its socket, so both are there afterwards. */
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

    /** The service cannot be without its socket. */
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

    /** @return whether it was not there before under this name. @param digest of what the registry calls the image */
    public synchronized boolean add(ImageName reference, Image image, String digest) {
        Image old = images.put(reference.toString(), image);
        digests.put(reference.name() + "@" + digest, image.id());
        return old == null || !old.id().equals(image.id());
    }

    public synchronized void tag(ImageName reference, Image image) {
        images.put(reference.toString(), image);
    }

    /** By name, by name and digest, or by the beginning of its id. */
    public synchronized Optional<Image> find(String name) {
        Optional<String> reference = ImageName.parse(name).map(ImageName::toString);
        if (reference.isPresent() && images.containsKey(reference.get())) {
            return Optional.of(images.get(reference.get()));
        }
        String id = reference.map(digests::get).orElse(name.startsWith("sha256:") ? name : "sha256:" + name);
        return images.values().stream().filter(i -> id.length() > 12 && i.id().startsWith(id)).findFirst();
    }

    public synchronized List<String> repoDigests(Image image) {
        return digests.entrySet().stream().filter(e -> e.getValue().equals(image.id())).map(Map.Entry::getKey).toList();
    }

    public synchronized List<String> repoTags(Image image) {
        return images.entrySet().stream().filter(e -> e.getValue().id().equals(image.id())).map(Map.Entry::getKey)
                .filter(r -> !r.contains("@")).toList();
    }

    public synchronized void addDigest(ImageName reference, Image image, String digest) {
        digests.put(reference.name() + "@" + digest, image.id());
    }

    /** Takes the name away, and the image with its last name. @return the lines docker says */
    public synchronized List<String> remove(ImageName reference) {
        Image image = images.remove(reference.toString());
        List<String> lines = new ArrayList<>(List.of("Untagged: " + reference));
        boolean named = images.keySet().stream().map(ImageName::parse).flatMap(Optional::stream)
                .anyMatch(r -> r.name().equals(reference.name()));
        if (!named) {
            for (String digest : repoDigests(image)) {
                if (digest.startsWith(reference.name() + "@")) {
                    digests.remove(digest);
                    lines.add("Untagged: " + digest);
                }
            }
        }
        if (images.values().stream().noneMatch(i -> i.id().equals(image.id()))) {
            digests.values().removeIf(image.id()::equals);
            lines.add("Deleted: " + image.id());
            Set<String> used = images.values().stream().flatMap(i -> i.layers().stream()).collect(Collectors.toSet());
            List<String> layers = new ArrayList<>(image.layers());
            Collections.reverse(layers);
            layers.stream().filter(l -> !used.contains(l)).forEach(l -> lines.add("Deleted: " + l));
        }
        return lines;
    }

    /** Every name of the image that this name or this beginning of an id stands for. */
    public synchronized List<ImageName> names(String nameOrId) {
        Optional<ImageName> reference = ImageName.parse(nameOrId);
        if (reference.filter(r -> images.containsKey(r.toString())).isPresent()) {
            return List.of(reference.get());
        }
        return find(nameOrId).map(image -> images.entrySet().stream()
                .filter(e -> e.getValue().id().equals(image.id()))
                .flatMap(e -> ImageName.parse(e.getKey()).stream()).toList()).orElse(List.of());
    }

    public synchronized Map<String, Image> images() {
        return new LinkedHashMap<>(images);
    }

    public synchronized long bytes() {
        return images.values().stream().mapToLong(Image::size).sum();
    }

    /** Everything it has, a line each. */
    public synchronized void inventory(Consumer<String> line) {
        line.accept("docker" + (running ? " running" : "") + (enabled ? " enabled" : "")
                + (socketOpen ? " socket-open" : "") + (socketEnabled ? " socket-enabled" : ""));
        images.forEach((name, image) -> line.accept("image " + name + " " + image.id()));
        digests.forEach((name, id) -> line.accept("digest " + name + " " + id));
    }
}
