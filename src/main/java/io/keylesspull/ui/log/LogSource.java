package io.keylesspull.ui.log;

import io.keylesspull.engine.event.StepId;
import java.util.Optional;

/**
 * What a line is about.
 *
 * @param step empty for the whole run
 * @param title the step's title in the reader's language
 */
public record LogSource(Optional<StepId> step, String title) {

    public static final LogSource RUN = new LogSource(Optional.empty(), "");

    public Optional<String> machine() {
        return step.flatMap(StepId::machine);
    }
}
