package io.keylesspull.practice.arm.core;

import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.ArmError;

/** Checks the permissions that a change needs on other resources that it names. */
public final class LinkedScopes {

    private LinkedScopes() {}

    public static void require(ArmContext context, ArmCall call, String onId, String action, String linkedId) {
        String who = call.caller().objectId();
        if (!context.access().allows(who, action, linkedId)) {
            throw ArmError.of(
                    403,
                    "LinkedAuthorizationFailed",
                    "The client '" + who + "' with object id '" + who
                            + "' has permission to perform action 'Microsoft.Compute/virtualMachines/write' on scope '"
                            + onId
                            + "'; however, it does not have permission to perform action(s) '" + action
                            + "' on the linked scope(s) '" + linkedId
                            + "' (respectively) or the linked scope(s) are invalid.");
        }
    }
}
