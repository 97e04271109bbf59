package io.keylesspull.practice.arm.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.ArmContext;
import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.ArmReply;
import io.keylesspull.practice.arm.protocol.CallResult;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.cluster.Clusters;
import io.keylesspull.practice.directory.Caller;
import io.keylesspull.practice.directory.Tokens;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * {@code runCommand} and {@code commandResults} of a cluster: answered by 202 until the command has ended, never by 200
 * at once. Sources: the REST references "Managed Clusters - Run Command" and "- Get Command Result";
 * learn.microsoft.com/azure/aks/access-private-cluster.
 */
final class ClusterCommands {

    private static final Duration TAKES = Duration.ofSeconds(6);
    /** Azure keeps that much of what is printed. */
    private static final int KEPT_CHARACTERS = 512 * 1024;

    private final ArmContext context;
    private final Clusters clusters;
    private final Tokens tokens;
    private final Map<String, Ended> results = new HashMap<>();

    ClusterCommands(ArmContext context, Clusters clusters, Tokens tokens) {
        this.context = context;
        this.clusters = clusters;
        this.tokens = tokens;
    }

    /** @param at when Azure reports the result */
    private record Ended(Instant at, ObjectNode body) {}

    CallResult run(ArmCall call, ObjectNode cluster) {
        String command = Json.text(call.body(), "/command")
                .orElseThrow(() -> ArmError.badRequest("InvalidParameter", "The command is empty."));
        if (cluster.at("/properties/apiServerAccessProfile/disableRunCommand").asBoolean()) {
            throw ArmError.badRequest(
                    "RunCommandDisabled",
                    "Run command is disabled for the managed cluster " + Json.name(cluster) + ".");
        }
        if (!cluster.at("/properties/powerState/code").asText().equals("Running")) {
            throw ArmError.conflict(
                    "OperationNotAllowed",
                    "Operation is not allowed: the managed cluster " + Json.name(cluster) + " is stopped.");
        }
        Clusters.User user = user(call, cluster);
        Map<String, byte[]> files = files(Json.text(call.body(), "/context"));
        String id = context.guids().next().replace("-", "");
        Instant started = context.clock().now();
        Instant finished = context.clock().after(TAKES);
        return new CallResult.Work(
                () -> ArmReply.ok(result(id, started, finished, clusters.run(Json.id(cluster), user, command, files))),
                done -> {
                    results.put(id, new Ended(finished, (ObjectNode) done.body()));
                    return running(call, cluster, id);
                });
    }

    ArmReply result(ArmCall call) {
        String id = call.target().part(3);
        Ended ended =
                Optional.ofNullable(results.get(id)).orElseThrow(() -> ArmError.notFound("The command '" + id + "'"));
        return ended.at.isAfter(context.clock().now())
                ? ArmReply.empty(202)
                        .with(Map.of(
                                "Location", ArmCall.HOST + call.target().path() + "?api-version=" + call.apiVersion()))
                : ArmReply.ok(ended.body);
    }

    private static ArmReply running(ArmCall call, ObjectNode cluster, String id) {
        return ArmReply.empty(202)
                .with(Map.of(
                        "Location",
                        ArmCall.HOST + Json.id(cluster) + "/commandResults/" + id + "?api-version="
                                + call.apiVersion()));
    }

    private static ObjectNode result(String id, Instant started, Instant finished, Clusters.Output output) {
        ObjectNode result = Json.object().put("id", id);
        String logs = output.logs();
        result.putObject("properties")
                .put("provisioningState", "Succeeded")
                .put("exitCode", output.exitStatus())
                .put("startedAt", started.toString())
                .put("finishedAt", finished.toString())
                .put("logs", logs.substring(0, Math.min(logs.length(), KEPT_CHARACTERS)));
        return result;
    }

    /**
     * Without Microsoft Entra whoever may send commands is the cluster's administrator; with it the token counts, and
     * the roles for Kubernetes.
     */
    private Clusters.User user(ArmCall call, ObjectNode cluster) {
        if (!cluster.at("/properties/aadProfile").isObject()) {
            return new Clusters.User("masterclient", true);
        }
        Caller caller = Json.text(call.body(), "/clusterToken")
                .flatMap(tokens::read)
                .filter(token -> token.audience().equals(Tokens.KUBERNETES))
                .orElseThrow(() -> ArmError.badRequest(
                        "ClusterTokenRequired",
                        "Operation failed with a client error: clusterToken is required for an AAD enabled cluster."));
        return new Clusters.User(
                caller.objectId(),
                context.access()
                        .allows(
                                caller.objectId(),
                                "Microsoft.ContainerService/managedClusters/namespaces/write",
                                Json.id(cluster)));
    }

    private static Map<String, byte[]> files(Optional<String> zipped) {
        Map<String, byte[]> files = new HashMap<>();
        if (zipped.isEmpty()) {
            return files;
        }
        try (ZipInputStream zip =
                new ZipInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(zipped.get())))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        } catch (IllegalArgumentException e) {
            throw ArmError.badRequest("InvalidParameter", "The context is no base64 text.");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }
}
