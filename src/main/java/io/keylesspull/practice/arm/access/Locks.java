package io.keylesspull.practice.arm.access;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.Access;
import io.keylesspull.practice.arm.core.ResourceStore;
import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.ArmPages;
import io.keylesspull.practice.arm.protocol.ArmReply;
import io.keylesspull.practice.arm.protocol.Json;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * {@code Microsoft.Authorization/locks}: forbid deleting, or any change, at a scope and below it. Used under the
 * state's lock only. Source: learn.microsoft.com/azure/azure-resource-manager/management/lock-resources.
 */
public final class Locks {

    private static final String TYPE = "Microsoft.Authorization/locks";
    private static final String CAN_NOT_DELETE = "CanNotDelete";
    private static final String READ_ONLY = "ReadOnly";

    private final Map<String, Lock> byId = new TreeMap<>();

    private record Lock(String id, String scope, String level, String notes) {

        /** A deletion includes everything below, so that locks there count, too. */
        boolean forbids(ArmCall call) {
            String path = call.target().path();
            boolean covers = Access.isAtOrAbove(scope, path);
            return switch (call.method()) {
                case "GET", "HEAD" -> false;
                case "DELETE" -> covers || ResourceStore.isUnder(scope, path);
                default -> covers && level.equals(READ_ONLY);
            };
        }

        ObjectNode json() {
            ObjectNode json = Json.object().put("id", id).put("type", TYPE).put("name", ResourceStore.nameOf(id));
            json.putObject("properties").put("level", level).put("notes", notes);
            return json;
        }
    }

    /** @param level {@code CanNotDelete} or {@code ReadOnly} */
    public void add(String scope, String name, String level, String notes) {
        if (!level.equals(CAN_NOT_DELETE) && !level.equals(READ_ONLY)) {
            throw ArmError.badRequest(
                    "InvalidLockLevel",
                    "The lock level '" + level + "' is not one of " + CAN_NOT_DELETE + " and " + READ_ONLY + ".");
        }
        String id = id(scope, name);
        byId.put(key(id), new Lock(id, scope, level, notes));
    }

    public void remove(String scope, String name) {
        byId.remove(key(id(scope, name)));
    }

    /** Refuses what a lock forbids. Locks do not protect locks. */
    public void require(ArmCall call) {
        if (isForLocks(call)) {
            return;
        }
        byId.values().stream()
                .filter(lock -> lock.forbids(call))
                .min(Comparator.comparingInt((Lock lock) -> lock.scope.length()))
                .ifPresent(lock -> {
                    throw ArmError.conflict(
                            "ScopeLocked",
                            "The scope '" + call.target().path()
                                    + "' cannot perform " + (call.is("DELETE") ? "delete" : "write")
                                    + " operation because following scope(s) are locked: '" + lock.scope
                                    + "'. Please remove the lock and try again.");
                });
    }

    static boolean isForLocks(ArmCall call) {
        return call.target().isPart(0, "locks")
                && call.target()
                        .namespace()
                        .filter("Microsoft.Authorization"::equalsIgnoreCase)
                        .isPresent();
    }

    /** Answers {@code SCOPE/providers/Microsoft.Authorization/locks} and {@code …/locks/NAME}. */
    public ArmReply handle(ArmCall call, Access access) {
        String scope = call.target().scope();
        String name = call.target().part(1);
        access.require(
                call.caller(),
                TYPE + "/" + Map.of("PUT", "write", "DELETE", "delete").getOrDefault(call.method(), "read"),
                scope);
        if (name.isEmpty()) {
            return ArmPages.of(call, touching(scope).map(Lock::json).toList());
        }
        Optional<Lock> existing = Optional.ofNullable(byId.get(key(id(scope, name))));
        return switch (call.method()) {
            case "GET" ->
                ArmReply.ok(existing.map(Lock::json)
                        .orElseThrow(
                                () -> ArmError.of(404, "LockNotFound", "The lock '" + name + "' could not be found.")));
            case "PUT" -> {
                add(
                        scope,
                        name,
                        call.body().at("/properties/level").asText(),
                        call.body().at("/properties/notes").asText());
                yield ArmReply.put(
                        existing.isPresent(),
                        Objects.requireNonNull(byId.get(key(id(scope, name)))).json());
            }
            case "DELETE" -> {
                remove(scope, name);
                yield ArmReply.empty(existing.isPresent() ? 200 : 204);
            }
            default -> throw ArmError.methodNotAllowed(call.method());
        };
    }

    private Stream<Lock> touching(String scope) {
        return byId.values().stream()
                .filter(lock -> Access.isAtOrAbove(lock.scope, scope) || ResourceStore.isUnder(lock.scope, scope));
    }

    private static String id(String scope, String name) {
        return scope + "/providers/" + TYPE + "/" + name;
    }

    private static String key(String id) {
        return id.toLowerCase(Locale.ROOT);
    }
}
