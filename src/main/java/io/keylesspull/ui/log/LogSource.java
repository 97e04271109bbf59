package io.keylesspull.ui.log;

import io.keylesspull.engine.event.StepId;
import java.util.Optional;

/**
 * Whose line it is.
 *
 * @param step  empty for the run as a whole
 * @param title the step's title in the reader's language
 */
public record LogSource(Optional<StepId> step, String title) {

    public static final LogSource RUN = new LogSource(Optional.empty(), "");

    public Optional<String> machine() {
        return step.flatMap(StepId::machine);
    }
}
