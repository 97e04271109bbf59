package io.keylesspull.ui.shell;

import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.OutputParser;
import io.keylesspull.engine.event.Purpose;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.event.RunEvent.OutputStream;
import io.keylesspull.engine.event.RunEvent.PlannedStep;
import io.keylesspull.engine.event.RunEvent.RunResult;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.setup.plan.Durations;
import io.keylesspull.setup.report.Report;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.request.SetupRequest.Machine;
import io.keylesspull.setup.session.ProvenCluster;
import io.keylesspull.setup.session.ProvenMachine;
import io.keylesspull.setup.session.ProvenScaleSet;
import io.keylesspull.setup.session.SetupRun;
import io.keylesspull.text.Text;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A run that succeeds at once. */
final class FakeRun implements SetupRun {

    private static final Instant AT = Instant.parse("2026-03-04T10:31:04Z");
    private final SetupRequest request;
    private final List<RunEvent> told = new ArrayList<>();

    FakeRun(SetupRequest request, Consumer<RunEvent> events) {
        this(Purpose.SETUP, request, events);
    }

    /** One that takes things back. */
    static FakeRun undo(SetupRequest request, Consumer<RunEvent> events) {
        return new FakeRun(Purpose.UNDO, request, events);
    }

    private FakeRun(Purpose purpose, SetupRequest request, Consumer<RunEvent> listener) {
        OutputParser events = new OutputParser(event -> {
            told.add(event);
            listener.accept(event);
        });
        this.request = request;
        List<PlannedStep> steps = new ArrayList<>();
        steps.add(planned(
                StepId.shared("Resource group " + request.resourceGroup().name())));
        steps.add(planned(StepId.shared("Registry " + request.registry().name())));
        for (Machine machine : request.machines()) {
            steps.add(planned(StepId.on(machine.name(), "Machine " + machine.name())));
            steps.add(planned(StepId.on(machine.name(), "Docker on " + machine.name())));
        }
        for (SetupRequest.Cluster cluster : request.clusters()) {
            steps.add(planned(StepId.on(cluster.name(), "Cluster " + cluster.name())));
        }
        events.accept(new RunEvent.RunStarted(AT, purpose, steps));
        for (PlannedStep step : steps) {
            events.accept(new RunEvent.StepStarted(AT, step.id()));
            if (step.id().machine().isPresent()) {
                events.accept(new RunEvent.CommandStarted(AT, step.id(), "sudo apt-get update"));
                events.accept(new RunEvent.CommandOutput(
                        AT,
                        step.id(),
                        OutputStream.STDOUT,
                        "Hit:1 http://azure.archive.ubuntu.com/ubuntu jammy InRelease\n"
                                + "Reading package lists... Done\n"));
                events.accept(new RunEvent.CommandEnded(AT, step.id(), 0));
            }
            if (purpose == Purpose.UNDO) {
                events.accept(new RunEvent.ResourceDeleted(AT, step.id(), "/r/" + step.id()));
            }
            events.accept(new RunEvent.StepSucceeded(
                    AT.plusSeconds(12),
                    step.id(),
                    purpose == Purpose.UNDO ? Outcome.DELETED : Outcome.CREATED,
                    FakeSession.words("made")));
        }
        events.accept(new RunEvent.RunEnded(AT.plusSeconds(80), RunResult.SUCCEEDED));
    }

    private static PlannedStep planned(StepId id) {
        return new PlannedStep(id, FakeSession.words(id.name()), Set.of());
    }

    @Override
    public void cancel() {
        // It has ended already.
    }

    @Override
    public CompletableFuture<RunResult> result() {
        return CompletableFuture.completedFuture(RunResult.SUCCEEDED);
    }

    @Override
    public SetupRun tryAgain(Consumer<RunEvent> again) {
        return new FakeRun(request, again);
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
        return new Report(id(), false, request, told);
    }

    @Override
    public Optional<ProvenScaleSet> provenScaleSet() {
        return Optional.empty();
    }

    @Override
    public List<ProvenCluster> provenClusters() {
        String image = request.registry().name() + ".azurecr.io/" + request.image();
        return request.clusters().stream()
                .map(cluster -> new ProvenCluster(
                        cluster.name(),
                        image,
                        "sha256:565dba8ce20ca1a311c2d9485089d7ddc935dd50140510050345a1b0ea4ffa6e",
                        List.of("nodepool1", "apps")))
                .toList();
    }

    @Override
    public List<ProvenMachine> proven() {
        String image = request.registry().name() + ".azurecr.io/" + request.image();
        return request.machines().stream()
                .map(machine -> new ProvenMachine(
                        machine.name(),
                        Text.of("setup.way.public", machine.adminUser() + "@20.78.112.9"),
                        "ssh -i ~/.keyless-pull/keys/" + machine.name() + " " + machine.adminUser() + "@20.78.112.9",
                        List.of("ssh", machine.adminUser() + "@20.78.112.9"),
                        List.of(),
                        image,
                        "sha256:565dba8ce20ca1a311c2d9485089d7ddc935dd50140510050345a1b0ea4ffa6e",
                        "docker pull " + image))
                .toList();
    }
}
