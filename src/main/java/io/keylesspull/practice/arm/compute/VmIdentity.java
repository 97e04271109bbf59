package io.keylesspull.practice.arm.compute;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.ArmContext;
import io.keylesspull.practice.arm.core.Principals;
import io.keylesspull.practice.arm.core.ResourceStore;
import io.keylesspull.practice.arm.identity.UserAssignedIdentities;
import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.ResourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The {@code identity} property of machines. */
final class VmIdentity {

    private final ArmContext context;

    VmIdentity(ArmContext context) {
        this.context = context;
    }

    /** The identity that a request asks for. */
    private record Wanted(boolean system, List<ObjectNode> users) {}

    /**
     * Checks the identity that a request asks for, without changing anything.
     *
     * @param machineId of the machine, which may not exist yet
     * @param now the machine as it is
     * @param merge for PATCH: identities are added, and those with null removed; otherwise the map replaces the old one
     * @return makes the change
     */
    Consumer<ObjectNode> plan(ArmCall call, String machineId, Optional<ObjectNode> now, boolean merge) {
        JsonNode asked = call.body().path("identity");
        if (!asked.isObject()) {
            return machine -> {};
        }
        Wanted wanted = wanted(
                call, machineId, now.map(machine -> machine.path("identity")).orElse(Json.object()), asked, merge);
        return machine -> apply(machine, wanted);
    }

    /** Called when the machine is deleted. */
    void release(ObjectNode machine) {
        Json.text(machine, "/identity/principalId").ifPresent(context.principals()::remove);
    }

    private Wanted wanted(ArmCall call, String machineId, JsonNode now, JsonNode asked, boolean merge) {
        String type = Json.text(asked, "/type")
                .orElseThrow(() -> ArmError.badRequest(
                        "InvalidParameter", "Required parameter 'identity.type' is missing (null)."));
        List<String> types = List.of(type.split(", *"));
        boolean known = types.stream().allMatch(List.of("None", "SystemAssigned", "UserAssigned")::contains);
        if (!known || types.contains("None") && types.size() > 1) {
            throw ArmError.badRequest(
                    "InvalidIdentityType",
                    "The identity type '" + type + "' is not valid. It is "
                            + "'None', 'SystemAssigned', 'UserAssigned' or 'SystemAssigned, UserAssigned'.");
        }
        JsonNode map = asked.path("userAssignedIdentities");
        boolean user = types.contains("UserAssigned");
        if (!user) {
            if (!merge && map.size() > 0) {
                throw ArmError.badRequest(
                        "InvalidParameter",
                        "Identities are listed, but the identity type '" + type + "' does not contain 'UserAssigned'.");
            }
            return new Wanted(types.contains("SystemAssigned"), List.of());
        }
        List<ObjectNode> users = users(call, machineId, now.path("userAssignedIdentities"), map, merge);
        if (users.isEmpty()) {
            throw ArmError.invalidParameter(
                    "identity.userAssignedIdentities",
                    "The identity type '" + type + "' needs at least one user-assigned identity.");
        }
        return new Wanted(types.contains("SystemAssigned"), users);
    }

    private List<ObjectNode> users(ArmCall call, String machineId, JsonNode now, JsonNode map, boolean merge) {
        List<ObjectNode> users = new ArrayList<>();
        if (merge || !map.isObject()) {
            now.fieldNames()
                    .forEachRemaining(id ->
                            context.store().find(ResourceKind.IDENTITY, id).ifPresent(users::add));
        }
        for (Map.Entry<String, JsonNode> entry : map.properties()) {
            users.removeIf(identity -> ResourceStore.same(Json.id(identity), entry.getKey()));
            if (!entry.getValue().isNull()) {
                users.add(UserAssignedIdentities.assignable(context, call, machineId, entry.getKey()));
            }
        }
        return users;
    }

    private void apply(ObjectNode machine, Wanted wanted) {
        Optional<String> system = system(machine, wanted.system);
        machine.remove("identity");
        if (system.isEmpty() && wanted.users.isEmpty()) {
            return;
        }
        ObjectNode identity = machine.putObject("identity")
                .put(
                        "type",
                        system.isEmpty()
                                ? "UserAssigned"
                                : wanted.users.isEmpty() ? "SystemAssigned" : "SystemAssigned, UserAssigned");
        system.ifPresent(id -> identity.put("principalId", id)
                .put("tenantId", context.tenants().of(Json.id(machine))));
        for (ObjectNode user : wanted.users) {
            identity.withObject("/userAssignedIdentities")
                    .putObject(Json.id(user))
                    .put("principalId", Json.known(user, "/properties/principalId"))
                    .put("clientId", Json.known(user, "/properties/clientId"));
        }
    }

    /** The object id of the system-assigned identity: the existing one, a new one, or none. */
    private Optional<String> system(ObjectNode machine, boolean wanted) {
        Optional<String> now = Json.text(machine, "/identity/principalId");
        if (!wanted) {
            now.ifPresent(context.principals()::remove);
            return Optional.empty();
        }
        return Optional.of(now.orElseGet(() -> {
            String objectId = context.guids().next();
            context.principals()
                    .add(new Principals.Principal(
                            objectId,
                            context.guids().next(),
                            "ServicePrincipal",
                            Json.id(machine),
                            context.clock().now()));
            return objectId;
        }));
    }
}
