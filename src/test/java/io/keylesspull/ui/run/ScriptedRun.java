package io.keylesspull.ui.run;

import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.OutputParser;
import io.keylesspull.engine.event.Problem;
import io.keylesspull.engine.event.Purpose;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.event.RunEvent.OutputStream;
import io.keylesspull.engine.event.RunEvent.PlannedStep;
import io.keylesspull.engine.event.RunEvent.RunResult;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.setup.plan.Durations;
import io.keylesspull.setup.report.Report;
import io.keylesspull.setup.request.Requests;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.session.ProvenCluster;
import io.keylesspull.setup.session.ProvenMachine;
import io.keylesspull.setup.session.ProvenScaleSet;
import io.keylesspull.setup.session.SetupRun;
import io.keylesspull.text.Text;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A run that a test tells what to say. */
final class ScriptedRun implements SetupRun {

    static final Instant START = Instant.parse("2026-03-04T10:31:04Z");
    private final Consumer<RunEvent> events;
    private final CompletableFuture<RunResult> result = new CompletableFuture<>();
    private Instant at = START;
    volatile ScriptedRun next;
    volatile boolean cancelled;
    private SetupRequest request = Requests.of(Requests.NEW_REGISTRY, Requests.USER_ASSIGNED, Requests.NEW_MACHINE);

    ScriptedRun(Consumer<RunEvent> events) {
        this.events = new OutputParser(events);
    }

    static Text words(String words) {
        return Text.of("scripted.words", words);
    }

    ScriptedRun plan(StepId... steps) {
        return plan(Purpose.SETUP, steps);
    }

    ScriptedRun plan(Purpose purpose, StepId... steps) {
        List<PlannedStep> planned = new ArrayList<>();
        for (StepId step : steps) {
            planned.add(new PlannedStep(step, words(step.name()), Set.of()));
        }
        return tell(new RunEvent.RunStarted(at, purpose, planned));
    }

    /** It carries out another request. */
    ScriptedRun of(SetupRequest other) {
        request = other;
        return this;
    }

    ScriptedRun finds(StepId step, String fact, String value) {
        return tell(new RunEvent.FactEstablished(at, step, fact, value));
    }

    ScriptedRun tell(RunEvent event) {
        events.accept(event);
        return this;
    }

    ScriptedRun after(int seconds) {
        at = at.plusSeconds(seconds);
        return this;
    }

    ScriptedRun starts(StepId step) {
        return tell(new RunEvent.StepStarted(at, step));
    }

    ScriptedRun done(StepId step, Outcome outcome) {
        return tell(new RunEvent.StepSucceeded(
                at, step, outcome, words(outcome.name().toLowerCase(Locale.ROOT))));
    }

    ScriptedRun waits(StepId step, String reason, int attempt, int seconds) {
        return tell(new RunEvent.StepWaiting(
                at, step, words(reason), attempt, Duration.ofSeconds(seconds), Duration.ofMinutes(10)));
    }

    ScriptedRun command(StepId step, String shown, String output, int status) {
        tell(new RunEvent.CommandStarted(at, step, shown));
        tell(new RunEvent.CommandOutput(at, step, OutputStream.STDOUT, output));
        return tell(new RunEvent.CommandEnded(at, step, status));
    }

    ScriptedRun error(StepId step, String output) {
        return tell(new RunEvent.CommandOutput(at, step, OutputStream.STDERR, output));
    }

    ScriptedRun fails(StepId step, Problem problem) {
        return tell(new RunEvent.StepFailed(at, step, problem));
    }

    void ends(RunResult how) {
        tell(new RunEvent.RunEnded(at, how));
        result.complete(how);
    }

    Instant at() {
        return at;
    }

    @Override
    public void cancel() {
        cancelled = true;
    }

    @Override
    public CompletableFuture<RunResult> result() {
        return result;
    }

    @Override
    public SetupRun tryAgain(Consumer<RunEvent> again) {
        next = new ScriptedRun(again);
        return next;
    }

    @Override
    public Durations durations() {
        return Durations.inAzure();
    }

    @Override
    public SetupRequest request() {
        return request;
    }

    @Override
    public Optional<URI> portalPage(String resourceId) {
        return Optional.of(URI.create(request.signIn().portalPage(resourceId)));
    }

    @Override
    public String id() {
        return "20260102-030405-0a1b2";
    }

    @Override
    public Report report() {
        throw new UnsupportedOperationException("a scripted run has no request");
    }

    @Override
    public List<ProvenMachine> proven() {
        return List.of();
    }

    @Override
    public Optional<ProvenScaleSet> provenScaleSet() {
        return Optional.empty();
    }

    @Override
    public List<ProvenCluster> provenClusters() {
        return List.of();
    }
}
