package io.keylesspull.practice.arm.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.Base;
import io.keylesspull.practice.arm.core.Store;
import io.keylesspull.practice.arm.protocol.AzureError;
import io.keylesspull.practice.arm.protocol.Call;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.Kind;
import io.keylesspull.practice.arm.protocol.OperationLinks;
import io.keylesspull.practice.arm.protocol.Reply;
import io.keylesspull.practice.registry.ImageStore;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** {@code importImage}: a registry fetches an image from another one, without anybody's Docker. */
final class RegistryImports {

    private static final Duration TAKES = Duration.ofSeconds(15);

    private final Base base;
    private final ImageStore images;

    RegistryImports(Base base, ImageStore images) {
        this.base = base;
        this.images = images;
    }

    private record Image(String repository, String tag) {

        static Image of(String text) {
            int colon = text.lastIndexOf(':');
            if (text.isBlank() || colon == 0 || colon == text.length() - 1 || text.contains("@")) {
                throw AzureError.badRequest("InvalidParameters", "The image '" + text
                        + "' is not valid: it must be REPOSITORY:TAG.");
            }
            return colon < 0 ? new Image(text, "latest")
                    : new Image(text.substring(0, colon), text.substring(colon + 1));
        }

        @Override
        public String toString() {
            return repository + ":" + tag;
        }
    }

    Reply start(Call call, ObjectNode registry) {
        ObjectNode body = call.body();
        String from = source(call, body.path("source"));
        Image image = Image.of(required(body, "/source/sourceImage"));
        List<Image> targets = body.path("targetTags").isEmpty() ? List.of(image)
                : Json.items(body.path("targetTags")).map(JsonNode::asText).map(Image::of).toList();
        boolean force = switch (Json.text(body, "/mode").orElse("NoForce")) {
            case "Force" -> true;
            case "NoForce" -> false;
            default -> throw AzureError.badRequest("InvalidParameters", "The mode must be Force or NoForce.");
        };
        String to = Json.known(registry, "/properties/loginServer");
        return base.operations().accepted(call,
                base.operations().begin(call, TAKES, () -> copy(from, image, to, targets, force)),
                OperationLinks.registry(Json.id(registry), Json.location(registry)));
    }

    private void copy(String from, Image image, String to, List<Image> targets, boolean force) {
        for (Image target : targets) {
            if (!force && images.digest(to, target.repository, target.tag).isPresent()) {
                throw AzureError.conflict("Conflict", "Tag " + to + "/" + target
                        + " already exists in the target registry.");
            }
        }
        for (Image target : targets) {
            try {
                images.copy(from, image.repository, image.tag, to, target.repository, target.tag);
            } catch (NoSuchElementException missing) {
                throw AzureError.badRequest("InvalidParameters", "The import failed: " + from + "/" + image
                        + " could not be read. Response status code does not indicate success: 404 (Not Found).");
            }
        }
    }

    /** The login server an image shall come from. */
    private String source(Call call, JsonNode source) {
        Optional<String> id = Json.text(source, "/resourceId");
        if (id.isEmpty()) {
            return required(source, "/registryUri").replaceFirst("^https://", "").replaceFirst("/+$", "");
        }
        ObjectNode registry = base.store().find(Kind.REGISTRY, id.get()).orElseThrow(() ->
                AzureError.badRequest("InvalidParameters", "The source registry " + id.get() + " was not found."));
        base.access().require(call.caller(), Kind.REGISTRY.type() + "/importImage/action", Json.id(registry));
        return Json.known(registry, "/properties/loginServer");
    }

    private static String required(JsonNode node, String path) {
        return Json.text(node, path).orElseThrow(() -> AzureError.badRequest("InvalidParameters",
                "The request has no '" + Store.nameOf(path) + "'."));
    }
}
