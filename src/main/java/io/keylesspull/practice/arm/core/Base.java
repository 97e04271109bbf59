package io.keylesspull.practice.arm.core;

import io.keylesspull.practice.clock.Clockwork;

/** What nearly every part of the control plane works on. */
public record Base(Store store, Access access, Principals principals, Operations operations, Effects effects,
            Locations locations, ArmHook hook, Guids guids, Clockwork clock, String tenantId) {
}
