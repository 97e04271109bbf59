package io.keylesspull.setup.session;

import io.keylesspull.azure.cluster.ClusterInfo;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.event.RunEvent.RunResult;
import io.keylesspull.engine.event.RunEvent.StepWaiting;
import io.keylesspull.engine.plan.Facts;
import io.keylesspull.engine.plan.Plan;
import io.keylesspull.engine.run.Run;
import io.keylesspull.engine.run.Runner;
import io.keylesspull.remote.Command;
import io.keylesspull.setup.plan.Durations;
import io.keylesspull.setup.report.Report;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.step.cloud.CloudFacts;
import io.keylesspull.setup.step.cluster.ClusterFacts;
import io.keylesspull.setup.step.connect.ConnectStep;
import io.keylesspull.setup.step.connection.MachineConnection;
import io.keylesspull.setup.step.connection.OfferedKeys;
import io.keylesspull.setup.step.connection.RunCommandWay;
import io.keylesspull.setup.step.fleet.FleetFacts;
import io.keylesspull.setup.step.machine.RemoteFacts;
import io.keylesspull.text.Text;
import io.keylesspull.text.Texts;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A plan that runs, with the facts that it has established, so that it can continue after a failure. */
final class SetupExecution implements SetupRun {

    /**
     * A plan, and the files where its progress is recorded.
     *
     * @param texts the language of the log
     * @param durations how long its steps take, as far as is known
     * @param practice whether it runs in the practice cloud
     */
    record Job(SetupRequest request, RunFolder folder, Plan plan, Texts texts, Durations durations, boolean practice) {}

    private final Job job;
    private final Runner runner;
    private final Facts facts;
    private final List<StepWaiting> waits = Collections.synchronizedList(new ArrayList<>());
    private final Run run;
    private final CompletableFuture<RunResult> result;

    /** @throws Failure if the run's folder cannot be used */
    static SetupRun start(Job job, Runner runner, Facts facts, Consumer<RunEvent> events) throws Failure {
        return new SetupExecution(job, runner, facts, job.folder().open(job.texts()), events);
    }

    private SetupExecution(Job job, Runner runner, Facts facts, RunFolder.Open folder, Consumer<RunEvent> events) {
        this.job = job;
        this.runner = runner;
        this.facts = facts;
        this.run = runner.start(job.plan(), facts, folder.journal(), event -> {
            folder.log().write(event);
            if (event instanceof StepWaiting waiting) {
                waits.add(waiting);
            }
            events.accept(event);
        });
        this.result = run.result().whenComplete((how, impossible) -> {
            keepSessions();
            hangUp();
            folder.close();
        });
    }

    @Override
    public void cancel() {
        run.cancel();
    }

    @Override
    public CompletableFuture<RunResult> result() {
        return result.copy();
    }

    @Override
    public SetupRun tryAgain(Consumer<RunEvent> events) throws Failure {
        if (!result.isDone()) {
            throw new IllegalStateException("a run can be tried again only when it has ended");
        }
        return start(job, runner, facts, events);
    }

    @Override
    public Durations durations() {
        return job.durations();
    }

    @Override
    public SetupRequest request() {
        return job.request();
    }

    @Override
    public Optional<URI> portalPage(String resourceId) {
        return job.practice()
                ? Optional.empty()
                : Optional.of(URI.create(job.request().signIn().portalPage(resourceId)));
    }

    @Override
    public String id() {
        return job.folder().id();
    }

    @Override
    public Report report() throws Failure {
        return job.folder().report(job.request(), job.practice()).with(List.copyOf(waits));
    }

    @Override
    public List<ProvenMachine> proven() {
        return job.request().machines().stream()
                .flatMap(machine -> proven(machine).stream())
                .toList();
    }

    @Override
    public List<ProvenCluster> provenClusters() {
        return job.request().clusters().stream()
                .flatMap(cluster -> proven(cluster).stream())
                .toList();
    }

    @Override
    public Optional<ProvenScaleSet> provenScaleSet() {
        return job.request().scaleSet().flatMap(set -> {
            Optional<String> label = Optional.of(job.request().label(set));
            return facts.find(RemoteFacts.PROVEN_DIGEST, label)
                    .flatMap(digest -> facts.find(CloudFacts.IMAGE, label)
                            .flatMap(image -> facts.find(FleetFacts.SAMPLE, label)
                                    .map(asked -> new ProvenScaleSet(
                                            label.get(), image, digest, asked.asked(), asked.of()))));
        });
    }

    private Optional<ProvenCluster> proven(SetupRequest.Cluster cluster) {
        Optional<String> label = Optional.of(job.request().label(cluster));
        return facts.find(RemoteFacts.PROVEN_DIGEST, label)
                .flatMap(digest -> facts.find(CloudFacts.IMAGE, label)
                        .flatMap(image -> facts.find(ClusterFacts.CLUSTER, label)
                                .map(found -> new ProvenCluster(
                                        label.get(),
                                        image,
                                        digest,
                                        found.linuxPools().stream()
                                                .map(ClusterInfo.NodePool::name)
                                                .toList()))));
    }

    private Optional<ProvenMachine> proven(SetupRequest.Machine machine) {
        Optional<String> label = Optional.of(job.request().label(machine));
        return facts.find(RemoteFacts.PROVEN_DIGEST, label)
                .flatMap(digest -> facts.find(RemoteFacts.CONNECTION, label)
                        .flatMap(connection -> facts.find(CloudFacts.IMAGE, label)
                                .map(image -> proven(machine, connection, image, digest))));
    }

    private ProvenMachine proven(
            SetupRequest.Machine machine, MachineConnection connection, String image, String digest) {
        String label = job.request().label(machine);
        Optional<String> key = machine.sshKey()
                .or(() -> Optional.of(job.folder().newKey().toString()).filter(made -> machine.create()));
        boolean runCommand = connection.way() instanceof RunCommandWay;
        Command session =
                connection.way().sessionCommand(key, job.folder().knownHosts().toString());
        return new ProvenMachine(
                label,
                connection.way().shown(),
                session.shown(),
                runCommand ? List.of() : session.argv(),
                notes(Optional.of(label), key, runCommand),
                image,
                digest,
                connection.pullCommand(image));
    }

    /** Why the command does not work as it is, and what it is if it is not SSH. */
    private List<Text> notes(Optional<String> machine, Optional<String> key, boolean runCommand) {
        List<Text> notes = new ArrayList<>();
        if (runCommand) {
            notes.add(Text.of("setup.runCommand.reached"));
        }
        if (job.practice()) {
            notes.add(Text.of(runCommand ? "setup.runCommand.practice" : "setup.ssh.practice"));
        }
        if (!runCommand
                && facts.find(CloudFacts.SSH_KEY, machine)
                        .filter(OfferedKeys::isPutty)
                        .isPresent()) {
            key.ifPresent(file -> notes.add(Text.of("setup.ssh.putty", ConnectStep.converting(file))));
        }
        return notes;
    }

    private void keepSessions() {
        try {
            MachineSessions.keep(job.folder().path(), proven());
        } catch (IOException notKept) {
            // The run is what it is; its end shows the command too.
        }
    }

    /** Connections open by themselves when they are needed again. */
    private void hangUp() {
        job.request().machines().stream()
                .flatMap(machine ->
                        facts
                                .find(
                                        RemoteFacts.CONNECTION,
                                        Optional.of(job.request().label(machine)))
                                .stream())
                .forEach(MachineConnection::close);
    }
}
