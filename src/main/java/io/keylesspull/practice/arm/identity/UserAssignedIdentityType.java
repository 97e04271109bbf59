package io.keylesspull.practice.arm.identity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.ArmContext;
import io.keylesspull.practice.arm.core.Principals;
import io.keylesspull.practice.arm.core.ResourceEnvelope;
import io.keylesspull.practice.arm.core.ResourceStore;
import io.keylesspull.practice.arm.core.ResourceType;
import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.ArmReply;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.ResourceKind;
import java.util.Map;
import java.util.Optional;

/**
 * {@code Microsoft.ManagedIdentity/userAssignedIdentities}: created and deleted at once, as in Azure. Source: the
 * recording identity/test_identity_management of Azure/azure-cli.
 */
final class UserAssignedIdentityType implements ResourceType {

    private final ArmContext context;

    UserAssignedIdentityType(ArmContext context) {
        this.context = context;
    }

    @Override
    public ResourceKind kind() {
        return ResourceKind.IDENTITY;
    }

    @Override
    public ArmReply put(ArmCall call, String id, Optional<ObjectNode> existing) {
        String name = ResourceStore.nameOf(id);
        if (!name.matches("[A-Za-z0-9][-\\w]{2,127}")) {
            throw ArmError.badRequest(
                    "InvalidResourceName",
                    "The identity name '" + name + "' is not valid: 3 to "
                            + "128 letters, digits, '-' and '_', starting with a letter or digit.");
        }
        ObjectNode identity = existing.orElseGet(() -> create(call, id));
        ResourceEnvelope.tags(identity, call.body());
        ArmReply reply = ArmReply.put(existing.isPresent(), identity.deepCopy());
        return existing.isPresent() ? reply : reply.with(Map.of("Location", Json.id(identity)));
    }

    @Override
    public ArmReply delete(ArmCall call, ObjectNode existing) {
        drop(existing);
        return ArmReply.ok();
    }

    @Override
    public void drop(ObjectNode existing) {
        context.principals().remove(Json.known(existing, "/properties/principalId"));
        context.remove(existing);
    }

    private ObjectNode create(ArmCall call, String id) {
        // This provider spells the word for groups in lower case.
        String spelled = id.replace("/resourceGroups/", "/resourcegroups/");
        ObjectNode identity = ResourceEnvelope.make(
                ResourceKind.IDENTITY, spelled, context.locations().required(call.body(), ResourceKind.IDENTITY));
        String principalId = context.guids().next();
        String clientId = context.guids().next();
        Json.properties(identity)
                .put("tenantId", context.tenants().of(id))
                .put("principalId", principalId)
                .put("clientId", clientId);
        context.principals()
                .add(new Principals.Principal(
                        principalId,
                        clientId,
                        "ServicePrincipal",
                        spelled,
                        context.clock().now()));
        context.store().put(identity);
        return identity;
    }
}
