package io.keylesspull.practice.arm.identity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.ArmContext;
import io.keylesspull.practice.arm.core.Principals;
import io.keylesspull.practice.arm.core.ResourceEnvelope;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.ResourceKind;

/** Makes user-assigned identities, which people ask for and other resources need. */
public final class UserAssignedIdentities {

    private UserAssignedIdentities() {}

    /**
     * Creates one with its principal and stores it.
     *
     * @param location canonical
     */
    public static ObjectNode create(ArmContext context, String id, String location) {
        // This provider spells the word for groups in lower case.
        String spelled = id.replace("/resourceGroups/", "/resourcegroups/");
        ObjectNode identity = ResourceEnvelope.make(ResourceKind.IDENTITY, spelled, location);
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
