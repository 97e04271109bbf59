package io.keylesspull.practice.arm.identity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.Base;
import io.keylesspull.practice.arm.core.Principals;
import io.keylesspull.practice.arm.core.ResourceType;
import io.keylesspull.practice.arm.core.Resources;
import io.keylesspull.practice.arm.core.Store;
import io.keylesspull.practice.arm.protocol.AzureError;
import io.keylesspull.practice.arm.protocol.Call;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.Kind;
import io.keylesspull.practice.arm.protocol.Reply;
import java.util.Optional;

/** {@code Microsoft.ManagedIdentity/userAssignedIdentities}: made and deleted at once, as in Azure. */
final class UserAssignedIdentities implements ResourceType {

    private final Base base;

    UserAssignedIdentities(Base base) {
        this.base = base;
    }

    @Override
    public Kind kind() {
        return Kind.IDENTITY;
    }

    @Override
    public Reply put(Call call, String id, Optional<ObjectNode> existing) {
        String name = Store.nameOf(id);
        if (!name.matches("[A-Za-z0-9][-\\w]{2,127}")) {
            throw AzureError.badRequest("InvalidResourceName", "The identity name '" + name + "' is not valid: 3 to "
                    + "128 letters, digits, '-' and '_', starting with a letter or digit.");
        }
        ObjectNode identity = existing.orElseGet(() -> create(call, id));
        Resources.tags(identity, call.body());
        return Reply.put(existing.isPresent(), identity.deepCopy());
    }

    @Override
    public Reply patch(Call call, ObjectNode existing) {
        Resources.tags(existing, call.body());
        return Reply.ok(existing.deepCopy());
    }

    @Override
    public Reply delete(Call call, ObjectNode existing) {
        drop(existing);
        return Reply.ok();
    }

    @Override
    public void drop(ObjectNode existing) {
        base.principals().remove(Json.known(existing, "/properties/principalId"));
        base.store().remove(Json.id(existing));
        base.access().forget(Json.id(existing));
    }

    private ObjectNode create(Call call, String id) {
        ObjectNode identity = Resources.make(Kind.IDENTITY, id, base.locations().required(call.body(), Kind.IDENTITY));
        String principalId = base.guids().next();
        String clientId = base.guids().next();
        Json.properties(identity).put("tenantId", base.tenantId()).put("principalId", principalId)
                .put("clientId", clientId);
        base.principals().add(new Principals.Principal(principalId, clientId, "ServicePrincipal", id,
                base.clock().now()));
        base.store().put(identity);
        return identity;
    }
}
