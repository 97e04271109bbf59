package io.keylesspull.practice.arm.core;

import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.RequestPath;

/** Checks the permissions that a change needs on other resources that it names. */
public final class LinkedScopes {

    private LinkedScopes() {}

    public static void require(ArmContext context, ArmCall call, String onId, String action, String linkedId) {
        String who = call.caller().objectId();
        RequestPath on = RequestPath.of(onId);
        if (!context.access().allows(who, action, linkedId)) {
            throw ArmError.of(
                    403,
                    "LinkedAuthorizationFailed",
                    "The client '" + who + "' with object id '" + who
                            + "' has permission to perform action '"
                            + on.namespace().orElse("") + "/" + on.part(0) + "/write' on scope '" + onId
                            + "'; however, it does not have permission to perform action(s) '" + action
                            + "' on the linked scope(s) '" + linkedId
                            + "' (respectively) or the linked scope(s) are invalid.");
        }
    }
}
