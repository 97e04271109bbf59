package io.keylesspull.practice.arm;

/** What nearly every part of the control plane works on. */
record Base(Store store, Access access, Principals principals, Operations operations, Effects effects,
            Locations locations, Circumstances circumstances, Locks locks, Policies policies, Guids guids,
            Clockwork clock, String tenantId) {
}
