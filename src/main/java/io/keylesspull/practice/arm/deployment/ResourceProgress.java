package io.keylesspull.practice.arm.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.ArmReply;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.template.TemplateError;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How far one resource of a deployment is: it is sent to its provider, whose long-running operation is looked after.
 */
final class ResourceProgress {

    private static final int THROTTLED = 429;
    /** For how long a role is assigned again to a principal that is too new. */
    private static final int MOST_TRIES = 30;

    private final TemplateResource resource;
    private final DeploymentCalls calls;
    private final Supplier<Instant> clock;
    private final Instant begunAt;
    private Optional<Instant> endedAt = Optional.empty();
    private String state = "Running";
    private String operation = "";
    private int httpStatus;
    private int tries;
    private Optional<ObjectNode> error = Optional.empty();

    ResourceProgress(TemplateResource resource, DeploymentCalls calls, Supplier<Instant> clock) {
        this.resource = resource;
        this.calls = calls;
        this.clock = clock;
        this.begunAt = clock.get();
    }

    boolean isRunning() {
        return state.equals("Running");
    }

    boolean hasSucceeded() {
        return state.equals("Succeeded");
    }

    /** As ARM shows it. */
    String state() {
        return state;
    }

    /** What its provider answered, in the word for that status; empty before any answer that counts. */
    String answered() {
        return httpStatus == 0 ? "" : word(httpStatus);
    }

    Instant begunAt() {
        return begunAt;
    }

    /** Empty while it is under way. */
    Optional<Instant> endedAt() {
        return endedAt;
    }

    Optional<ObjectNode> error() {
        return error;
    }

    /** Sends it if its provider has not taken it yet. */
    void send(TemplateScope scope) {
        if (!isRunning() || !operation.isEmpty()) {
            return;
        }
        try {
            ArmReply reply = calls.put(resource.id(), resource.apiVersion(), body(scope));
            httpStatus = reply.status();
            operation = reply.headers().getOrDefault("Azure-AsyncOperation", "");
            if (operation.isEmpty()) {
                end("Succeeded");
            }
        } catch (ArmError refused) {
            // Azure's advice for templates that make an identity and assign it a role is to say its principal type;
            // then the assignment waits for the directory.
            boolean waits = refused.code().equals("PrincipalNotFound")
                    && !resource.raw().at("/properties/principalType").isMissingNode();
            ArmReply reply = refused.reply();
            // A provider that has had too many requests gets this one again until it takes it.
            if (reply.status() != THROTTLED && (!waits || ++tries > MOST_TRIES)) {
                fail(reply);
            }
        }
    }

    private ObjectNode body(TemplateScope scope) {
        try {
            return resource.body(scope, false);
        } catch (TemplateError invalid) {
            throw invalid.refusal(resource.id());
        }
    }

    /** Asks for the end of its operation. @return whether it has ended by that */
    boolean look() {
        if (!isRunning() || operation.isEmpty()) {
            return false;
        }
        try {
            String[] address = operation.substring(ArmCall.HOST.length()).split("\\?", 2);
            Map<String, String> query = new LinkedHashMap<>();
            for (String pair : address[1].split("&")) {
                query.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
            }
            JsonNode status = calls.get(address[0], query);
            String said = status.path("status").asText();
            if (said.equals("Succeeded")) {
                end("Succeeded");
            } else if (said.equals("Failed") || said.equals("Canceled")) {
                ObjectNode body = Json.object();
                body.set("error", status.path("error"));
                fail(new ArmReply(409, body, Map.of()));
            }
        } catch (ArmError gone) {
            fail(gone.reply());
        }
        return !isRunning();
    }

    /** The provider's own answer becomes the text of the error, as ARM passes it on. */
    private void fail(ArmReply refusal) {
        end("Failed");
        httpStatus = refusal.status();
        error = Optional.of(Json.object()
                .put("code", answered())
                .put("message", refusal.body().toPrettyString()));
    }

    private void end(String how) {
        state = how;
        endedAt = Optional.of(clock.get());
    }

    private static String word(int status) {
        return switch (status) {
            case 200 -> "OK";
            case 201 -> "Created";
            case 202 -> "Accepted";
            case 400 -> "BadRequest";
            case 403 -> "Forbidden";
            case 404 -> "NotFound";
            case 409 -> "Conflict";
            default -> "HttpStatus" + status;
        };
    }
}
