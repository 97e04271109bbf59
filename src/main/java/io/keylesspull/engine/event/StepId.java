package io.keylesspull.engine.event;

import java.util.Optional;

/**
 * The id of a step in a plan.
 *
 * @param name what the step does; the same for every machine
 * @param machine what the run calls the machine that the step works for; empty for a step that all machines share
 */
public record StepId(String name, Optional<String> machine) {

    public static StepId shared(String name) {
        return new StepId(name, Optional.empty());
    }

    public static StepId on(String machine, String name) {
        return new StepId(name, Optional.of(machine));
    }

    @Override
    public String toString() {
        return machine.map(m -> name + "@" + m).orElse(name);
    }
}
