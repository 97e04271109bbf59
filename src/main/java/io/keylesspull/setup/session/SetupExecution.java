package io.keylesspull.setup.session;

import io.keylesspull.engine.Facts;
import io.keylesspull.engine.Plan;
import io.keylesspull.engine.Run;
import io.keylesspull.engine.RunEvent;
import io.keylesspull.engine.RunEvent.RunResult;
import io.keylesspull.engine.Runner;
import io.keylesspull.setup.ProvenMachine;
import io.keylesspull.setup.SetupRequest;
import io.keylesspull.setup.SetupRun;
import io.keylesspull.setup.step.MachineConnection;
import io.keylesspull.setup.step.SetupFacts;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A plan under way, with what it has established, so that it can go on after a failure. */
final class SetupExecution implements SetupRun {

    private final SetupRequest request;
    private final Path newKey;
    private final Plan plan;
    private final Runner runner;
    private final Facts facts;
    private final Run run;
    private final CompletableFuture<RunResult> result;

    /** @param newKey the private key of machines for which the request names none */
    SetupExecution(SetupRequest request, Path newKey, Plan plan, Runner runner, Facts facts,
                   Consumer<RunEvent> events) {
        this.request = request;
        this.newKey = newKey;
        this.plan = plan;
        this.runner = runner;
        this.facts = facts;
        this.run = runner.start(plan, facts, events);
        this.result = run.result().whenComplete((how, impossible) -> hangUp());
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
    public SetupRun tryAgain(Consumer<RunEvent> events) {
        if (!result.isDone()) {
            throw new IllegalStateException("a run can be tried again only when it has ended");
        }
        return new SetupExecution(request, newKey, plan, runner, facts, events);
    }

    @Override
    public List<ProvenMachine> proven() {
        return request.machines().stream().flatMap(machine -> proven(machine).stream()).toList();
    }

    private Optional<ProvenMachine> proven(SetupRequest.Machine machine) {
        Optional<String> name = Optional.of(machine.name());
        return facts.find(SetupFacts.PROVEN_DIGEST, name).flatMap(digest ->
                facts.find(SetupFacts.CONNECTION, name).flatMap(connection ->
                        facts.find(SetupFacts.IMAGE, name).map(image -> new ProvenMachine(machine.name(),
                                connection.sshCommand(machine.sshKey().orElse(newKey.toString())), image, digest,
                                "docker pull " + image))));
    }

    /** Connections open by themselves when they are needed again. */
    private void hangUp() {
        request.machines().stream()
                .flatMap(machine -> facts.find(SetupFacts.CONNECTION, Optional.of(machine.name())).stream())
                .forEach(MachineConnection::close);
    }
}
