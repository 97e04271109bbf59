package io.keylesspull.practice.arm;

/** {@code roleDefinitions} and {@code permissions}, at any scope. */
final class RoleDefinitions {

    private final Base base;

    RoleDefinitions(Base base) {
        this.base = base;
    }

    Reply handle(Call call) {
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
    Reply permissions(Call call) {
        return Pages.of(call, base.access().effective(call.caller().objectId(), call.target().scope())
                .map(assignment -> assignment.role().permission()).toList());
    }
}
