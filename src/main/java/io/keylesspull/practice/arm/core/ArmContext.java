package io.keylesspull.practice.arm.core;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.clock.PracticeClock;

/** What nearly every part of the control plane needs. */
public record ArmContext(
        ResourceStore store,
        Access access,
        Principals principals,
        Operations operations,
        DeferredEffects effects,
        InterfaceReservations reservations,
        Locations locations,
        SubscriptionLimits limits,
        ArmHook hook,
        Guids guids,
        PracticeClock clock,
        Tenants tenants) {

    /** Removes a resource and the roles that are assigned on it. */
    public void remove(ObjectNode resource) {
        store.remove(Json.id(resource));
        access.forget(Json.id(resource));
    }
}
