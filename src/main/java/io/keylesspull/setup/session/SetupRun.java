package io.keylesspull.setup.session;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.event.RunEvent.RunResult;
import io.keylesspull.setup.plan.Durations;
import io.keylesspull.setup.report.Report;
import io.keylesspull.setup.request.SetupRequest;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A request that is being carried out. */
public interface SetupRun {

    /** Interrupts it; returns at once. */
    void cancel();

    /** Completes normally, with how it ended. */
    CompletableFuture<RunResult> result();

    /**
     * After a failure or a cancellation: continues with the facts that were established. Each event comes on a worker's
     * thread.
     *
     * @throws Failure if the run's folder can no longer be used
     */
    SetupRun tryAgain(Consumer<RunEvent> events) throws Failure;

    /** How long its steps take, as far as is known. */
    Durations durations();

    /** What it carries out, or takes back. */
    SetupRequest request();

    /** The page of a resource in Azure's portal; empty in practice mode, whose resources it does not have. */
    Optional<URI> portalPage(String resourceId);

    /** The run's id, for resuming and undoing it later. */
    String id();

    /** The run to hand on, with all its attempts so far. @throws Failure if its journal cannot be read */
    Report report() throws Failure;

    /** In the request's order; all machines only if the run succeeded. */
    List<ProvenMachine> proven();

    /** In the request's order; all clusters only if the run succeeded. */
    List<ProvenCluster> provenClusters();

    /** Empty if the request has none, or if it is not proven. */
    Optional<ProvenScaleSet> provenScaleSet();
}
