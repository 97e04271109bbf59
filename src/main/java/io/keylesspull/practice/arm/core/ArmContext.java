package io.keylesspull.practice.arm.core;

import io.keylesspull.practice.clock.PracticeClock;

/** What nearly every part of the control plane works on. */
public record ArmContext(ResourceStore store, Access access, Principals principals, Operations operations,
        DeferredEffects effects,
            Locations locations, ArmHook hook, Guids guids, PracticeClock clock, String tenantId) {
}
