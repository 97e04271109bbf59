package io.keylesspull.practice.arm.core;

import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.ArmError;
import java.time.Duration;
import java.util.Optional;

/**
 * Lets tests make the control plane refuse, fail or wait. In the product everything is as in Azure: {@link #NONE}.
 * Called by many threads.
 */
public interface ArmHook {

    ArmHook NONE = new ArmHook() {};

    /** Called before a call is answered. @throws ArmError to refuse it */
    default void check(ArmCall call) {}

    /** Called when a call is refused for any reason. */
    default void refused(ArmCall call, ArmError error) {}

    /** How the long-running operation that this call starts fails; empty if it succeeds. */
    default Optional<OperationFailure> failure(ArmCall call) {
        return Optional.empty();
    }

    /** How many cores a subscription may have in a region. */
    default int regionalCores(int usual) {
        return usual;
    }

    /** How many public addresses a subscription may have in a region. */
    default int publicAddresses(int usual) {
        return usual;
    }

    /** How long a new principal is not known to role assignments. */
    default Duration principalUnknown(Duration usual) {
        return usual;
    }

    /** How long after its assignment a role has no effect. */
    default Duration roleWithoutEffect(Duration usual) {
        return usual;
    }

    /** How long a resource group's list of resources does not show what was made, and show what was deleted. */
    default Duration listLag(Duration usual) {
        return usual;
    }

    /** How long a network interface is kept for a machine that could not be made with it. */
    default Duration interfaceReserved(Duration usual) {
        return usual;
    }

    /** Whether the agents of machines do not run, so that they report nothing and run no script. */
    default boolean areAgentsDead() {
        return false;
    }

    /** Whether somebody outside the practice cloud has a registry's name. @param label in lower case */
    default boolean isRegistryNameTaken(String label) {
        return false;
    }
}
