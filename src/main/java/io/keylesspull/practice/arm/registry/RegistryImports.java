package io.keylesspull.practice.arm.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.ArmContext;
import io.keylesspull.practice.arm.core.ResourceStore;
import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.ArmReply;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.OperationLinks;
import io.keylesspull.practice.arm.protocol.ResourceKind;
import io.keylesspull.practice.registry.ImageStore;
import io.keylesspull.practice.registry.RegistryImage;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code importImage}: a registry copies an image from another one, without a Docker client. */
final class RegistryImports {

    private static final Duration TAKES = Duration.ofSeconds(15);

    private final ArmContext context;
    private final ImageStore images;

    RegistryImports(ArmContext context, ImageStore images) {
        this.context = context;
        this.images = images;
    }

    /** @param reference a tag; of a source, it may be a digest */
    private record Image(String repository, String reference) {

        private static final Pattern DIGESTED = Pattern.compile("(?<repository>[^@:]+)@(?<digest>sha256:[0-9a-f]{64})");

        static Image source(String text) {
            Matcher digested = DIGESTED.matcher(text);
            return digested.matches()
                    ? new Image(digested.group("repository"), digested.group("digest"))
                    : tagged(text, "latest");
        }

        /** @param defaultTag where none is named */
        static Image tagged(String text, String defaultTag) {
            int colon = text.lastIndexOf(':');
            if (text.isBlank() || colon == 0 || colon == text.length() - 1 || text.contains("@")) {
                throw ArmError.badRequest(
                        "InvalidParameters", "The image '" + text + "' is not valid: it must be REPOSITORY:TAG.");
            }
            return colon < 0
                    ? new Image(text, defaultTag)
                    : new Image(text.substring(0, colon), text.substring(colon + 1));
        }

        boolean isTagged() {
            return !reference.contains(":");
        }

        RegistryImage in(String loginServer) {
            return new RegistryImage(loginServer, repository, reference);
        }

        @Override
        public String toString() {
            return repository + (isTagged() ? ":" : "@") + reference;
        }
    }

    ArmReply start(ArmCall call, ObjectNode registry) {
        ObjectNode body = call.body();
        String from = source(call, body.path("source"));
        Image image = Image.source(required(body, "/source/sourceImage"));
        String defaultTag = image.isTagged() ? image.reference() : "latest";
        List<Image> targets = body.path("targetTags").isEmpty()
                ? List.of(new Image(image.repository(), defaultTag))
                : Json.items(body.path("targetTags"))
                        .map(JsonNode::asText)
                        .map(target -> Image.tagged(target, defaultTag))
                        .toList();
        boolean force = switch (Json.text(body, "/mode").orElse("NoForce")) {
            case "Force" -> true;
            case "NoForce" -> false;
            default -> throw ArmError.badRequest("InvalidParameters", "The mode must be Force or NoForce.");
        };
        String to = Json.known(registry, "/properties/loginServer");
        return context.operations()
                .accepted(
                        call,
                        context.operations()
                                .begin(call, TAKES, () -> copy(Json.id(registry), from, image, to, targets, force)),
                        OperationLinks.registryImport(Json.id(registry), Json.location(registry)),
                        NullNode.getInstance());
    }

    private void copy(String registryId, String from, Image image, String to, List<Image> targets, boolean force) {
        for (Image target : targets) {
            if (!force && images.digest(target.in(to)).isPresent()) {
                // The text is recorded (Azure/azure-cli PR 10938), the code is not.
                throw ArmError.badRequest(
                        "InvalidParameters",
                        "Import failed. Resource " + registryId + " " + target + " Tag " + target
                                + " already exists in target registry.");
            }
        }
        for (Image target : targets) {
            try {
                images.copy(image.in(from), target.in(to));
            } catch (NoSuchElementException missing) {
                throw ArmError.badRequest(
                        "InvalidParameters",
                        "The import failed: " + from + "/" + image
                                + " could not be read. Response status code does not indicate success: 404 (Not "
                                + "Found).");
            }
        }
    }

    /** The login server of the source. */
    private String source(ArmCall call, JsonNode source) {
        Optional<String> id = Json.text(source, "/resourceId");
        if (id.isEmpty()) {
            return required(source, "/registryUri")
                    .replaceFirst("^https://", "")
                    .replaceFirst("/+$", "");
        }
        ObjectNode registry = context.store()
                .find(ResourceKind.REGISTRY, id.get())
                .orElseThrow(() -> ArmError.badRequest(
                        "InvalidParameters", "The source registry " + id.get() + " was not found."));
        context.access()
                .require(call.caller(), ResourceKind.REGISTRY.type() + "/importImage/action", Json.id(registry));
        return Json.known(registry, "/properties/loginServer");
    }

    private static String required(JsonNode node, String path) {
        return Json.text(node, path)
                .orElseThrow(() -> ArmError.badRequest(
                        "InvalidParameters", "The request has no '" + ResourceStore.nameOf(path) + "'."));
    }
}
