package io.keylesspull.ui.log;

import io.keylesspull.engine.event.StepId;
import java.util.Optional;

/**
 * Which lines are shown. Lines about the whole run are shown unless a step is given.
 *
 * @param machine only this machine's lines and those of shared steps; empty for all
 * @param step only this step's; empty for all
 */
public record LogFilter(Optional<String> machine, Optional<StepId> step) {

    public static final LogFilter ALL = new LogFilter(Optional.empty(), Optional.empty());

    boolean shows(LogLine line) {
        if (step.isPresent()) {
            return step.equals(line.source().step());
        }
        return machine.isEmpty()
                || line.source().machine().isEmpty()
                || machine.equals(line.source().machine());
    }
}
