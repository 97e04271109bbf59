package io.keylesspull.ui.log;

import io.keylesspull.engine.event.StepId;
import java.util.Optional;

/**
 * Which lines are shown. Lines about the whole run are shown unless a step is given.
 *
 * @param machine only this machine's lines and those of shared steps; empty for all
 * @param step only this step's; empty for all
 * @param details also ids of resources, and exit statuses
 */
public record LogFilter(Optional<String> machine, Optional<StepId> step, boolean details) {

    public static final LogFilter ALL = new LogFilter(Optional.empty(), Optional.empty(), true);

    public LogFilter of(Optional<StepId> only) {
        return new LogFilter(machine, only, details);
    }

    public LogFilter ofTarget(Optional<String> only) {
        return new LogFilter(only, step, details);
    }

    LogFilter withDetails(boolean wanted) {
        return new LogFilter(machine, step, wanted);
    }

    /** The same without a machine or a step. */
    public LogFilter everything() {
        return new LogFilter(Optional.empty(), Optional.empty(), details);
    }

    boolean shows(LogLine line) {
        if (!details && line.kind().detail()) {
            return false;
        }
        if (step.isPresent()) {
            return step.equals(line.source().step());
        }
        return machine.isEmpty()
                || line.source().machine().isEmpty()
                || machine.equals(line.source().machine());
    }
}
