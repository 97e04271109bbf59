package io.keylesspull.setup.step;

import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.Fact;
import io.keylesspull.engine.plan.Facts;
import java.util.Optional;

/**
 * What holds before a run, as the steps find it while they are previewed in the plan's order. A fact that only the run
 * will establish is not known.
 */
public final class Known {

    private final Facts facts;
    private final Optional<String> machine;

    /** @param facts what the steps before have found; this step adds to it */
    public Known(Facts facts, StepId step) {
        this.facts = facts;
        this.machine = step.machine();
    }

    public <T> Optional<T> find(Fact<T> fact) {
        return facts.find(fact, machine);
    }

    /** What was found of another machine, once every step was previewed. @param other as its steps name it */
    public <T> Optional<T> findOn(String other, Fact<T> fact) {
        return facts.find(fact, Optional.of(other));
    }

    /** Passes on what holds already to the steps that need it. */
    public <T> void found(Fact<T> fact, T value) {
        facts.put(fact, machine, value);
    }
}
