package io.keylesspull.setup.step.connect;

import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.Fact;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.request.SetupRequest.Machine;
import io.keylesspull.setup.step.Check;
import io.keylesspull.setup.step.Known;
import io.keylesspull.setup.step.MachineAnswers;
import io.keylesspull.setup.step.MachineQuestion;
import io.keylesspull.setup.step.Preflight;
import io.keylesspull.setup.step.Preview;
import io.keylesspull.setup.step.Script;
import io.keylesspull.setup.step.SetupStep;
import io.keylesspull.setup.step.cloud.CloudFacts;
import io.keylesspull.setup.step.connection.MachineConnection;
import io.keylesspull.setup.step.connection.RunCommandAccess;
import io.keylesspull.setup.step.machine.RemoteFacts;
import io.keylesspull.text.Text;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The first command on a machine that is reached by Run Command. */
public final class RunCommandStep extends SetupStep {

    private final SetupRequest request;
    private final Machine machine;
    private final RunCommandAccess runCommand;

    /** @param before what must be done before: while a machine is being updated, Azure refuses Run Command */
    public RunCommandStep(SetupRequest request, Machine machine, Set<Fact<?>> before, AzureSubscription azure) {
        super(
                StepId.on(request.label(machine), "connect"),
                Text.of("setup.step.runCommand"),
                needs(before),
                Set.of(RemoteFacts.CONNECTION));
        this.request = request;
        this.machine = machine;
        this.runCommand = new RunCommandAccess(request, machine, azure);
    }

    private static Set<Fact<?>> needs(Set<Fact<?>> before) {
        Set<Fact<?>> needs = new HashSet<>(before);
        needs.add(CloudFacts.MACHINE);
        return needs;
    }

    @Override
    public Preview preview(Known known) {
        return Preview.nothing();
    }

    @Override
    public List<Preflight> checks(Known known) {
        return runCommand.checks(known.find(CloudFacts.MACHINE));
    }

    @Override
    public List<MachineQuestion> questions(Known known) {
        return List.of(runCommand.user());
    }

    @Override
    public List<Check> probe(Known known, MachineAnswers answers) {
        return runCommand.probe(known.find(CloudFacts.MACHINE), answers);
    }

    @Override
    public void byHand(Script script, Known known) {
        script.comment("On " + request.label(machine));
        runCommand.byHand(script);
    }

    @Override
    public Result run(StepContext context) throws Failure, InterruptedException {
        MachineConnection connection = runCommand.connect(context, context.get(CloudFacts.MACHINE));
        context.establish(RemoteFacts.CONNECTION, connection);
        return new Result(
                Outcome.CHECKED, Text.of("setup.connected", connection.way().shown()));
    }
}
