package io.keylesspull.app.cli;

import io.keylesspull.azure.cluster.ClusterInfo;
import io.keylesspull.azure.model.Account;
import io.keylesspull.azure.model.IdentityInfo;
import io.keylesspull.azure.model.Location;
import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.model.NameAvailability;
import io.keylesspull.azure.model.NetworkInfo;
import io.keylesspull.azure.model.RegistryInfo;
import io.keylesspull.azure.model.ResourceGroupInfo;
import io.keylesspull.azure.model.SizeInfo;
import io.keylesspull.azure.model.Subscription;
import io.keylesspull.azure.model.Tenant;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.event.RunEvent.RunResult;
import io.keylesspull.paging.Pages;
import io.keylesspull.setup.cost.CostEstimate;
import io.keylesspull.setup.export.Exports;
import io.keylesspull.setup.plan.Durations;
import io.keylesspull.setup.plan.Review;
import io.keylesspull.setup.plan.UndoList;
import io.keylesspull.setup.report.Report;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.session.ImageLists;
import io.keylesspull.setup.session.ProvenCluster;
import io.keylesspull.setup.session.ProvenMachine;
import io.keylesspull.setup.session.ProvenScaleSet;
import io.keylesspull.setup.session.Session;
import io.keylesspull.setup.session.SetupRun;
import io.keylesspull.setup.session.StoredRun;
import io.keylesspull.setup.step.Check;
import io.keylesspull.setup.step.Script;
import io.keylesspull.setup.step.UndoChoice;
import io.keylesspull.setup.template.Template;
import io.keylesspull.text.Text;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A session whose answers a test sets, and whose run publishes the events set and ends as set. */
final class ScriptedSession implements Session {

    List<Review.Entry> changes = List.of();
    List<Check> checks = List.of();
    List<Script.Line> byHand =
            List.of(new Script.Line(true, "Sign in"), new Script.Line(false, "az login\naz group list"));
    List<RunEvent> events = List.of();
    List<ProvenMachine> proven = List.of();
    List<ProvenCluster> provenClusters = List.of();
    /** Empty: the run goes on until it is cancelled. */
    Optional<RunResult> result = Optional.of(RunResult.SUCCEEDED);
    /** What is done once the run has published its events. */
    Runnable running = () -> {};

    Optional<Failure> failure = Optional.empty();
    boolean interrupted;

    final List<SetupRequest> started = new ArrayList<>();
    boolean cancelled;

    @Override
    public List<Path> lockedKeys(SetupRequest request) {
        return List.of();
    }

    @Override
    public boolean unlock(Path key, char[] passphrase) {
        throw new IllegalStateException("no key is locked");
    }

    @Override
    public List<Check> check(SetupRequest request) throws Failure, InterruptedException {
        return review(request).checks();
    }

    @Override
    public Review review(SetupRequest request) throws Failure, InterruptedException {
        if (failure.isPresent()) {
            throw failure.get();
        }
        if (interrupted) {
            throw new InterruptedException();
        }
        return new Review(
                changes,
                checks,
                new Exports(new Template("myResourceGroup", "japaneast"), byHand, List.of(), Map.of()));
    }

    @Override
    public CostEstimate cost(Review review, String currency) {
        return new CostEstimate(List.of(), currency);
    }

    @Override
    public Duration expected(SetupRequest request) {
        return Duration.ofMinutes(4);
    }

    @Override
    public SetupRun start(SetupRequest request, Consumer<RunEvent> listener) {
        started.add(request);
        events.forEach(listener);
        CompletableFuture<RunResult> end = new CompletableFuture<>();
        result.ifPresent(end::complete);
        running.run();
        return new SetupRun() {
            @Override
            public void cancel() {
                cancelled = true;
                end.complete(RunResult.CANCELLED);
            }

            @Override
            public CompletableFuture<RunResult> result() {
                return end;
            }

            @Override
            public SetupRun tryAgain(Consumer<RunEvent> again) {
                return this;
            }

            @Override
            public SetupRequest request() {
                return request;
            }

            @Override
            public Optional<URI> portalPage(String resourceId) {
                return Optional.empty();
            }

            @Override
            public Durations durations() {
                return Durations.inAzure();
            }

            @Override
            public String id() {
                return "20260102-030405-0a1b2";
            }

            @Override
            public Report report() {
                return new Report(id(), true, request, events);
            }

            @Override
            public List<ProvenMachine> proven() {
                return proven;
            }

            @Override
            public Optional<ProvenScaleSet> provenScaleSet() {
                return Optional.empty();
            }

            @Override
            public List<ProvenCluster> provenClusters() {
                return provenClusters;
            }
        };
    }

    @Override
    public SetupRun resume(StoredRun run, Consumer<RunEvent> events) throws InterruptedException {
        if (interrupted) {
            throw new InterruptedException();
        }
        return start(run.request().orElseThrow(), events);
    }

    @Override
    public Optional<Text> notice() {
        return Optional.empty();
    }

    @Override
    public UndoList undoList(StoredRun run) throws InterruptedException {
        if (interrupted) {
            throw new InterruptedException();
        }
        return new UndoList(List.of(), List.of(), List.of());
    }

    @Override
    public SetupRun undo(StoredRun run, Set<UndoChoice> choices, Consumer<RunEvent> events) {
        return start(run.request().orElseThrow(), events);
    }

    static Check check(Check.Verdict verdict) {
        return new Check(
                Text.of("engine.doneBefore"),
                verdict,
                verdict == Check.Verdict.GOOD
                        ? Optional.empty()
                        : Optional.of(Failure.of("engine.unexpected", "the cause", verdict.name())
                                .problem()));
    }

    @Override
    public boolean practice() {
        return true;
    }

    @Override
    public Account account() {
        return new Account("someone@example.com", "tenant", "object");
    }

    @Override
    public List<Tenant> tenants() {
        return List.of();
    }

    @Override
    public Pages<Subscription, Failure> subscriptions() {
        return Pages.of(List.of());
    }

    @Override
    public Pages<ResourceGroupInfo, Failure> resourceGroups(String subscriptionId) {
        return Pages.of(List.of());
    }

    @Override
    public Pages<RegistryInfo, Failure> registries(String subscriptionId) {
        return Pages.of(List.of());
    }

    @Override
    public NameAvailability registryName(String subscriptionId, String name) {
        return new NameAvailability(true, "");
    }

    @Override
    public ImageLists images(String subscriptionId, RegistryInfo registry, Optional<MachineInfo> by) {
        throw new IllegalStateException("the command line lists no images");
    }

    @Override
    public Pages<MachineInfo, Failure> machines(String subscriptionId) {
        return Pages.of(List.of());
    }

    @Override
    public Pages<IdentityInfo, Failure> identities(String subscriptionId) {
        return Pages.of(List.of());
    }

    @Override
    public Pages<ClusterInfo, Failure> clusters(String subscriptionId) {
        return Pages.of(List.of());
    }

    @Override
    public Pages<NetworkInfo.Subnet, Failure> subnets(String subscriptionId, String location) {
        return Pages.of(List.of());
    }

    @Override
    public List<Location> locations(String subscriptionId) {
        return List.of();
    }

    @Override
    public List<SizeInfo> sizes(String subscriptionId, String location) {
        return List.of();
    }

    @Override
    public Optional<String> practiceKeyPath() {
        return Optional.empty();
    }

    @Override
    public Optional<String> callerAddress() {
        return Optional.empty();
    }
}
