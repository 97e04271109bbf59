package io.keylesspull.practice.arm.access;

import io.keylesspull.practice.arm.core.Base;
import io.keylesspull.practice.arm.protocol.AzureError;
import io.keylesspull.practice.arm.protocol.Call;
import io.keylesspull.practice.arm.protocol.Filter;
import io.keylesspull.practice.arm.protocol.Pages;
import io.keylesspull.practice.arm.protocol.Reply;

/** {@code roleDefinitions} and {@code permissions}, at any scope. */
public final class RoleDefinitions {

    private final Base base;

    public RoleDefinitions(Base base) {
        this.base = base;
    }

    public Reply handle(Call call) {
        String subscription = call.target().subscription().orElse("");
        if (!call.is("GET")) {
            throw AzureError.methodNotAllowed(call.method());
        }
        if (call.target().tail().size() > 1) {
            String guid = call.target().part(1);
            return Reply.ok(base.access().role(guid).map(role -> role.json(subscription))
                    .orElseThrow(() -> AzureError.of(404, "RoleDefinitionDoesNotExist",
                            "The specified role definition with ID '" + guid + "' does not exist.")));
        }
        Filter filter = Filter.of(call);
        return Pages.of(call, base.access().roles().stream()
                .filter(role -> filter.admits("roleName", role.name()) && filter.admits("type", "BuiltInRole"))
                .map(role -> role.json(subscription)).toList());
    }

    /** What the caller may do at the scope. */
    public Reply permissions(Call call) {
        return Pages.of(call, base.access().effective(call.caller().objectId(), call.target().scope())
                .map(assignment -> assignment.role().permission()).toList());
    }
}
