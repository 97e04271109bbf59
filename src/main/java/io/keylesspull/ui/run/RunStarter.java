package io.keylesspull.ui.run;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.setup.session.SetupRun;
import java.util.function.Consumer;

/** Starts the run that the Run page shows. */
@FunctionalInterface
public interface RunStarter {

    /**
     * Called in the background, never on the JavaFX thread.
     *
     * @param events gets every event, on any thread, one at a time
     * @throws Failure if the run cannot start
     */
    SetupRun start(Consumer<RunEvent> events) throws Failure, InterruptedException;
}
