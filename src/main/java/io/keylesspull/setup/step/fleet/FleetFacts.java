package io.keylesspull.setup.step.fleet;

import io.keylesspull.engine.plan.Fact;

/** What the steps of a scale set establish. */
public final class FleetFacts {

    /** Of the instances on which the pull was proven. */
    public static final Fact<Sample> SAMPLE = Fact.of("SAMPLE", Sample.class, Sample::toString);

    private FleetFacts() {}
}
