package io.keylesspull.practice.registry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.registry.Repository.Tag;
import io.keylesspull.practice.wire.Parameters;
import io.keylesspull.practice.wire.Request;
import io.keylesspull.practice.wire.Response;
import java.util.Comparator;
import java.util.List;

/** Lists repositories, tags and manifests with their properties (Azure's own API beside the standard one). */
final class Catalog {

    private final BearerChallenge challenge;

    Catalog(BearerChallenge challenge) {
        this.challenge = challenge;
    }

    Response repositories(Registry registry, Request request) {
        challenge.require(registry, request, Scope.catalog());
        ListPage<Repository> page = ListPage.of(registry.repositories(), Repository::name, request);
        ObjectNode body = RegistryResponses.object();
        ArrayNode names = body.putArray("repositories");
        page.items().forEach(repository -> names.add(repository.name()));
        return RegistryResponses.json(200, body, page.headers());
    }

    Response tagNames(Registry registry, Request request, String name) {
        challenge.require(registry, request, Scope.repository(name, "metadata_read", "pull"));
        ListPage<Tag> page = ListPage.of(registry.repository(name).tags(), Tag::name, request);
        ObjectNode body = RegistryResponses.object().put("name", name);
        ArrayNode tags = body.putArray("tags");
        page.items().forEach(tag -> tags.add(tag.name()));
        return RegistryResponses.json(200, body, page.headers());
    }

    Response repository(Registry registry, Request request, String name) {
        Repository repository = readable(registry, request, name);
        ObjectNode body = image(registry, name)
                .put("createdTime", repository.createdAt().toString())
                .put("lastUpdateTime", repository.updatedAt().toString())
                .put("manifestCount", repository.manifests().size())
                .put("tagCount", repository.tags().size());
        body.set("changeableAttributes", changeable());
        return RegistryResponses.json(200, body);
    }

    Response tags(Registry registry, Request request, String name) {
        Repository repository = readable(registry, request, name);
        Parameters query = Parameters.ofQuery(request);
        List<Tag> wanted = repository.tags().stream()
                .filter(tag -> query.get("digest").map(tag.digest()::equals).orElse(true))
                .toList();
        ListPage<Tag> page = ListPage.of(wanted, Tag::name, Tag::updatedAt, request);
        ObjectNode body = image(registry, name);
        ArrayNode tags = body.putArray("tags");
        page.items().forEach(tag -> tags.add(json(tag)));
        return RegistryResponses.json(200, body, page.headers());
    }

    Response tag(Registry registry, Request request, String name, String tag) {
        Tag found = readable(registry, request, name).tag(tag).orElseThrow(() -> RegistryError.unknownTag(tag));
        ObjectNode body = image(registry, name);
        body.set("tag", json(found));
        return RegistryResponses.json(200, body);
    }

    Response manifests(Registry registry, Request request, String name) {
        Repository repository = readable(registry, request, name);
        List<Manifest> all = repository.manifests().stream()
                .sorted(Comparator.comparing(Manifest::digest))
                .toList();
        ListPage<Manifest> page = ListPage.of(all, Manifest::digest, Manifest::createdAt, request);
        ObjectNode body = image(registry, name);
        ArrayNode manifests = body.putArray("manifests");
        page.items().forEach(manifest -> manifests.add(json(repository, manifest)));
        return RegistryResponses.json(200, body, page.headers());
    }

    Response manifest(Registry registry, Request request, String name, String digest) {
        Repository repository = readable(registry, request, name);
        Manifest found = repository.manifest(digest).orElseThrow(() -> RegistryError.unknownManifest(digest));
        ObjectNode body = image(registry, name);
        body.set("manifest", json(repository, found));
        return RegistryResponses.json(200, body);
    }

    private Repository readable(Registry registry, Request request, String name) {
        challenge.require(registry, request, Scope.repository(name, "metadata_read"));
        return registry.repository(name);
    }

    private static ObjectNode image(Registry registry, String name) {
        return RegistryResponses.object()
                .put("registry", registry.loginServer())
                .put("imageName", name);
    }

    private static ObjectNode json(Tag tag) {
        ObjectNode node = RegistryResponses.object()
                .put("name", tag.name())
                .put("digest", tag.digest())
                .put("createdTime", tag.createdAt().toString())
                .put("lastUpdateTime", tag.updatedAt().toString())
                .put("signed", false);
        node.set("changeableAttributes", changeable());
        return node;
    }

    private static ObjectNode json(Repository repository, Manifest manifest) {
        ObjectNode node = RegistryResponses.object()
                .put("digest", manifest.digest())
                .put("imageSize", manifest.imageSize())
                .put("createdTime", manifest.createdAt().toString())
                .put("lastUpdateTime", manifest.createdAt().toString())
                .put("mediaType", manifest.mediaType());
        if (manifest.platforms().isEmpty()) {
            node.put("architecture", "amd64").put("os", "linux");
        } else {
            ArrayNode references = node.putArray("references");
            manifest.platforms()
                    .forEach(platform -> references
                            .addObject()
                            .put("digest", platform.path("digest").asText())
                            .put(
                                    "architecture",
                                    platform.at("/platform/architecture").asText())
                            .put("os", platform.at("/platform/os").asText()));
        }
        List<String> tags = repository.tags().stream()
                .filter(tag -> tag.digest().equals(manifest.digest()))
                .map(Tag::name)
                .toList();
        // A manifest that no tag names any more has no such key (github.com/MicrosoftDocs/azure-docs/issues/98288).
        if (!tags.isEmpty()) {
            ArrayNode names = node.putArray("tags");
            tags.forEach(names::add);
        }
        node.set("changeableAttributes", changeable());
        return node;
    }

    private static ObjectNode changeable() {
        return RegistryResponses.object()
                .put("deleteEnabled", true)
                .put("writeEnabled", true)
                .put("readEnabled", true)
                .put("listEnabled", true);
    }
}
