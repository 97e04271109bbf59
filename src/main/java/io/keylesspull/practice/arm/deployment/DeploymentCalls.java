package io.keylesspull.practice.arm.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.ArmReply;
import io.keylesspull.practice.arm.protocol.CallResult;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.RequestPath;
import io.keylesspull.practice.directory.Caller;
import java.util.Map;
import java.util.function.Function;

/**
 * What deployments and what-if ask of the providers, as whoever deploys. Each method throws
 * {@link io.keylesspull.practice.arm.protocol.ArmError} where the provider refuses.
 *
 * @param azure answers calls under the state's lock
 */
record DeploymentCalls(Caller caller, Function<ArmCall, CallResult> azure) {

    ArmReply put(String id, String apiVersion, ObjectNode body) {
        return ask("PUT", id, Map.of("api-version", apiVersion), body);
    }

    ObjectNode get(String id, String apiVersion) {
        return (ObjectNode) get(id, Map.of("api-version", apiVersion));
    }

    JsonNode get(String path, Map<String, String> query) {
        return ask("GET", path, query, Json.object()).body();
    }

    private ArmReply ask(String method, String path, Map<String, String> query, ObjectNode body) {
        CallResult answer = azure.apply(new ArmCall(method, RequestPath.of(path), query, body, caller));
        // Of work outside the lock, such as a script's, only the beginning counts here: its operation tells its end.
        return answer instanceof CallResult.Work work ? work.locked().apply(ArmReply.ok()) : (ArmReply) answer;
    }
}
