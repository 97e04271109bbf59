package io.keylesspull.practice.registry;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The images of one repository. Safe for use by many threads. */
final class Repository {

    private final String name;
    private final Instant createdAt;
    private final Map<String, byte[]> blobs = new HashMap<>();
    private final Map<String, Manifest> manifests = new LinkedHashMap<>();
    private final TreeMap<String, Tag> tags = new TreeMap<>();

    Repository(String name, Instant createdAt) {
        this.name = name;
        this.createdAt = createdAt;
    }

    String name() {
        return name;
    }

    Instant createdAt() {
        return createdAt;
    }

    synchronized Instant updatedAt() {
        return tags.values().stream()
                .map(Tag::updatedAt)
                .max(Instant::compareTo)
                .orElse(createdAt);
    }

    /** Whether it is listed: not while it has only blobs of an unfinished push. */
    synchronized boolean visible() {
        return !manifests.isEmpty();
    }

    synchronized void putBlob(String digest, byte[] content) {
        blobs.put(digest, content);
    }

    synchronized Optional<byte[]> blob(String digest) {
        return Optional.ofNullable(blobs.get(digest));
    }

    /** @param tag empty for a manifest without one. @throws RegistryError if it names blobs that are missing */
    synchronized void put(Manifest manifest, Optional<String> tag, Instant now) {
        for (String blob : manifest.blobs()) {
            if (!blobs.containsKey(blob)) {
                throw new RegistryError(400, "MANIFEST_BLOB_UNKNOWN", "blob unknown to registry: " + blob);
            }
        }
        manifests.putIfAbsent(manifest.digest(), manifest);
        tag.ifPresent(named -> tags.put(
                named,
                new Tag(
                        named,
                        manifest.digest(),
                        Optional.ofNullable(tags.get(named)).map(Tag::createdAt).orElse(now),
                        now)));
    }

    /** @param reference a digest or a tag */
    synchronized Optional<Manifest> manifest(String reference) {
        return Optional.ofNullable(manifests.get(tag(reference).map(Tag::digest).orElse(reference)));
    }

    synchronized Optional<Tag> tag(String tag) {
        return Optional.ofNullable(tags.get(tag));
    }

    /** Removes it with all its tags. @return whether it was there */
    synchronized boolean removeManifest(String digest) {
        tags.values().removeIf(tag -> tag.digest().equals(digest));
        return manifests.remove(digest) != null;
    }

    /** @return whether it was there */
    synchronized boolean removeTag(String tag) {
        return tags.remove(tag) != null;
    }

    /** In the order of their names. */
    synchronized List<Tag> tags() {
        return List.copyOf(tags.values());
    }

    synchronized List<Manifest> manifests() {
        return new ArrayList<>(manifests.values());
    }

    record Tag(String name, String digest, Instant createdAt, Instant updatedAt) {}
}
