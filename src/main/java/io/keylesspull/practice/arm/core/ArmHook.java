package io.keylesspull.practice.arm.core;

import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.ArmError;
import java.time.Duration;
import java.util.Optional;

/**
 * Where tests make the control plane refuse, fail or wait. In the product everything is as in Azure: {@link #NONE}.
 * Called by many threads.
 */
public interface ArmHook {

    ArmHook NONE = new ArmHook() { };

    /** Called before a call is answered. @throws ArmError to refuse it */
    default void check(ArmCall call) {
    }

    /** Called when a call is refused, whatever for. */
    default void refused(ArmCall call, ArmError error) {
    }

    /** How the long-running operation fails that this call begins; empty if it succeeds. */
    default Optional<OperationFailure> failure(ArmCall call) {
        return Optional.empty();
    }

    /** How many cores a subscription may have in a region. */
    default int regionalCores(int usual) {
        return usual;
    }

    /** How long a new principal is not known to role assignments. */
    default Duration principalUnknown(Duration usual) {
        return usual;
    }

    /** How long a role that is being assigned has no effect. */
    default Duration roleWithoutEffect(Duration usual) {
        return usual;
    }

    /** Whether somebody outside the practice cloud has a registry's name. @param label in lower case */
    default boolean isRegistryNameTaken(String label) {
        return false;
    }
}
