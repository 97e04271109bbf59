package io.keylesspull.practice.arm.core;

import io.keylesspull.practice.arm.access.Access;
import io.keylesspull.practice.arm.access.Locks;
import io.keylesspull.practice.arm.access.Policies;
import io.keylesspull.practice.clock.Clockwork;

/** What nearly every part of the control plane works on. */
public record Base(Store store, Access access, Principals principals, Operations operations, Effects effects,
            Locations locations, Circumstances circumstances, Locks locks, Policies policies, Guids guids,
            Clockwork clock, String tenantId) {
}
