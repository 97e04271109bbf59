package io.keylesspull.ui.run;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.setup.session.SetupRun;
import java.util.function.Consumer;

/** Begins the run that the page shows. */
@FunctionalInterface
public interface Starter {

    /**
     * Called in the background, never on the JavaFX thread.
     *
     * @param events to be told of everything, on any thread, one at a time
     */
    SetupRun start(Consumer<RunEvent> events) throws Failure, InterruptedException;
}
