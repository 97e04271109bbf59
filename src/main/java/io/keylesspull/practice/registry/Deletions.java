package io.keylesspull.practice.registry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.registry.Repository.Tag;
import io.keylesspull.practice.wire.Request;
import io.keylesspull.practice.wire.Response;
import java.util.Map;

/**
 * Deletes repositories, images and tags. As in Azure, deleting an image deletes all its tags, while deleting a tag
 * keeps the image (Microsoft's “Delete container images in Azure Container Registry”).
 */
final class Deletions {

    private final BearerChallenge challenge;

    Deletions(BearerChallenge challenge) {
        this.challenge = challenge;
    }

    Response repository(Registry registry, Request request, String name) {
        challenge.require(registry, request, Scope.repository(name, "delete"));
        Repository gone = registry.removeRepository(name).orElseThrow(() -> RegistryError.unknownName(name));
        ObjectNode body = RegistryResponses.object();
        ArrayNode manifests = body.putArray("manifestsDeleted");
        gone.manifests().stream().map(Manifest::digest).forEach(manifests::add);
        ArrayNode tags = body.putArray("tagsDeleted");
        gone.tags().stream().map(Tag::name).forEach(tags::add);
        return RegistryResponses.json(202, body);
    }

    /** @param reference a digest: an image is not deleted by tag (OCI distribution specification, “Deleting”) */
    Response manifest(Registry registry, Request request, String name, String reference) {
        challenge.require(registry, request, Scope.repository(name, "delete"));
        if (!reference.startsWith("sha256:")) {
            throw new RegistryError(405, "UNSUPPORTED", "The operation is unsupported.");
        }
        if (!registry.repository(name).removeManifest(reference)) {
            throw RegistryError.unknownManifest(reference);
        }
        return RegistryResponses.empty(202, Map.of());
    }

    Response tag(Registry registry, Request request, String name, String tag) {
        challenge.require(registry, request, Scope.repository(name, "delete"));
        if (!registry.repository(name).removeTag(tag)) {
            throw RegistryError.unknownTag(tag);
        }
        return RegistryResponses.empty(202, Map.of());
    }
}
