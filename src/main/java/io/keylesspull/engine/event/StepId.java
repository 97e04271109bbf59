package io.keylesspull.engine.event;

import java.util.Optional;

/**
 * Which step of a plan.
 *
 * @param name what it does, the same for each machine
 * @param machine what the machine it does it for is called in the run; empty for a step that all machines share
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
