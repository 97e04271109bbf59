package io.keylesspull.setup.step;

import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.Fact;
import io.keylesspull.engine.plan.Facts;
import java.util.Optional;

/**
 * The facts that are known before a run: what the steps find while they are previewed in the plan's order. A fact that
 * only the run will establish is not known.
 */
public final class Known {

    private final Facts facts;
    private final Optional<String> machine;

    /** @param facts what the steps before have found; this step's are added */
    public Known(Facts facts, StepId step) {
        this.facts = facts;
        this.machine = step.machine();
    }

    public <T> Optional<T> find(Fact<T> fact) {
        return facts.find(fact, machine);
    }

    /** A fact about another machine, after every step was previewed. @param other its name */
    public <T> Optional<T> findOn(String other, Fact<T> fact) {
        return facts.find(fact, Optional.of(other));
    }

    /** Makes a fact known to the steps that need it. */
    public <T> void found(Fact<T> fact, T value) {
        facts.put(fact, machine, value);
    }
}
