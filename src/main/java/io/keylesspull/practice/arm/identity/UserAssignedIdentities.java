package io.keylesspull.practice.arm.identity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.ArmContext;
import io.keylesspull.practice.arm.core.LinkedScopes;
import io.keylesspull.practice.arm.core.Principals;
import io.keylesspull.practice.arm.core.ResourceEnvelope;
import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.ResourceKind;

/** User-assigned identities, as people and other resources make them and as computers get them. */
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

    /**
     * One that a request assigns to a machine or a scale set.
     *
     * @param onId of that, which may not exist yet
     * @throws ArmError if it does not exist, or the caller may not assign it
     */
    public static ObjectNode assignable(ArmContext context, ArmCall call, String onId, String id) {
        if (!id.matches("(?i)/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft.ManagedIdentity"
                + "/userAssignedIdentities/[^/]+")) {
            throw ArmError.badRequest(
                    "LinkedInvalidPropertyId",
                    "Property id '" + id + "' at path "
                            + "'identity.userAssignedIdentities' is invalid. Expect fully qualified resource Id that "
                            + "start "
                            + "with '/subscriptions/{subscriptionId}' or '/providers/{resourceProviderNamespace}/'.");
        }
        LinkedScopes.require(context, call, onId, "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action", id);
        return context.store()
                .find(ResourceKind.IDENTITY, id)
                .orElseThrow(() -> ArmError.badRequest(
                        "FailedIdentityOperation",
                        "Identity operation for resource '" + onId
                                + "' failed with error 'Failed to perform resource "
                                + "identity operation. Status: 'BadRequest'. Response: "
                                + "'{\"error\":{\"code\":\"BadRequest\","
                                + "\"message\":\"Resource '" + id + "' was not found.\"}}'.'."));
    }
}
