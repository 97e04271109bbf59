package io.keylesspull.practice.arm;

import io.keylesspull.practice.arm.core.DenyPolicy;
import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.fault.Fault;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Policies with the effect {@code deny}: which types of resource must not be made or changed at a scope. */
final class Policies {

    private record Policy(DenyPolicy rule, Fault fault) {}

    private final List<Policy> policies = new CopyOnWriteArrayList<>();

    /** @param type such as {@code Microsoft.Compute/virtualMachines}; without case */
    Fault deny(String scope, String type, String name) {
        Fault fault = Fault.always(gone -> policies.removeIf(policy -> policy.fault == gone));
        policies.add(new Policy(new DenyPolicy(scope, type, name), fault));
        return fault;
    }

    void require(ArmCall call) {
        policies.stream()
                .filter(policy -> policy.rule.denies(call) && policy.fault.strikes())
                .findFirst()
                .ifPresent(policy -> {
                    throw policy.rule.refusal(call);
                });
    }
}
