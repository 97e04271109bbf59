package io.keylesspull.practice.arm.access;

import io.keylesspull.practice.arm.core.ArmContext;
import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.ArmPages;
import io.keylesspull.practice.arm.protocol.ArmReply;
import io.keylesspull.practice.arm.protocol.ODataFilter;

/** {@code roleDefinitions} and {@code permissions}, at any scope. */
public final class RoleDefinitionHandler {

    private final ArmContext context;

    public RoleDefinitionHandler(ArmContext context) {
        this.context = context;
    }

    public ArmReply handle(ArmCall call) {
        String subscription = call.target().subscription().orElse("");
        if (!call.is("GET")) {
            throw ArmError.methodNotAllowed(call.method());
        }
        if (call.target().tail().size() > 1) {
            String guid = call.target().part(1);
            return ArmReply.ok(context.access()
                    .role(guid)
                    .map(role -> role.json(subscription))
                    .orElseThrow(() -> ArmError.of(
                            404,
                            "RoleDefinitionDoesNotExist",
                            "The specified role definition with ID '" + guid + "' does not exist.")));
        }
        ODataFilter filter = ODataFilter.of(call);
        return ArmPages.of(
                call,
                context.access().roles().stream()
                        .filter(role -> filter.admits("roleName", role.name()) && filter.admits("type", "BuiltInRole"))
                        .map(role -> role.json(subscription))
                        .toList());
    }

    /** The caller's permissions at the scope. */
    public ArmReply permissions(ArmCall call) {
        return ArmPages.of(
                call,
                context.access()
                        .effective(call.caller().objectId(), call.target().scope())
                        .map(assignment -> assignment.role().permission())
                        .toList());
    }
}
