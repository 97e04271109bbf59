package io.keylesspull.setup.session;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.event.RunEvent.RunResult;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A request that is being carried out. */
public interface SetupRun {

    /** Interrupts it; returns at once. */
    void cancel();

    /** Completes normally, with how it ended. */
    CompletableFuture<RunResult> result();

    /**
     * After a failure or a cancellation: goes on from what was established. Each event comes on a worker's thread.
     *
     * @throws Failure where the run's folder cannot be worked on any more
     */
    SetupRun tryAgain(Consumer<RunEvent> events) throws Failure;

    /** The run's id, by which it can be gone on with and undone later. */
    String id();

    /** In the request's order; all machines only where the run succeeded. */
    List<ProvenMachine> proven();
}
