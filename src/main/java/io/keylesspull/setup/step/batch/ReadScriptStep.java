package io.keylesspull.setup.step.batch;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.model.MachineInfo.PowerState;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.azure.resource.ManagedRunCommands;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.RunState;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.Fact;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.setup.fleet.Pacer;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.step.ChangeKind;
import io.keylesspull.setup.step.Known;
import io.keylesspull.setup.step.Preview;
import io.keylesspull.setup.step.cloud.AzureStep;
import io.keylesspull.setup.step.cloud.CloudFacts;
import io.keylesspull.text.Text;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Before an undo: finds out what a script changed whose result was never read, because the run was killed or cancelled.
 * Azure still has the result of one that ended; of one that was stopped, the machine tells.
 */
public final class ReadScriptStep extends AzureStep {

    private static final Duration TELLING = Duration.ofMinutes(10);
    private static final int RADIX = 36;

    private final SetupRequest request;
    private final SetupRequest.Machine machine;
    private final String label;

    /** @param deployments ids of those that must have been stopped before */
    public ReadScriptStep(
            SetupRequest request, SetupRequest.Machine machine, List<String> deployments, AzureSubscription azure) {
        super(
                StepId.on(request.label(machine), "read-script"),
                Text.of("setup.step.readScript"),
                Text.of("setup.subject.machine", request.label(machine)),
                needs(deployments),
                Set.of(read(request.label(machine))),
                azure);
        this.request = request;
        this.machine = machine;
        this.label = request.label(machine);
    }

    private static Set<Fact<?>> needs(List<String> deployments) {
        return deployments.stream().<Fact<?>>map(CloudFacts::gone).collect(Collectors.toSet());
    }

    /** Nothing is unknown of the machine. @param label what the run calls it */
    public static Fact<String> read(String label) {
        return CloudFacts.gone("script on " + label);
    }

    /** Whether a run left a script on a machine of which it does not know what it changed. */
    public static boolean isNeeded(RunState left, String label) {
        return left.changes().stream()
                .anyMatch(changed ->
                        changed.machine().equals(Optional.of(label)) && ChangeKind.UNREAD_SCRIPT.is(changed.change()));
    }

    @Override
    public Preview preview(Known known) {
        return Preview.nothing();
    }

    @Override
    protected Result ensure(StepContext context, AzureSubscription azure)
            throws AzureException, Failure, InterruptedException {
        Optional<MachineInfo> found = azure.machines().find(request.machineGroup(machine), machine.name());
        int changes = 0;
        if (found.isPresent()) {
            SentScripts sent = new SentScripts(label, found.get(), azure, new Pacer());
            for (UnreadScript script : sent.unread(context.state())) {
                changes += read(context, sent, found.get(), script);
            }
        }
        context.establish(read(label), label);
        return new Result(Outcome.CHECKED, Text.of("setup.batch.read", changes));
    }

    private int read(StepContext context, SentScripts sent, MachineInfo found, UnreadScript script)
            throws AzureException, Failure, InterruptedException {
        Optional<ManagedRunCommands.Result> ended = sent.ended(context, script.name());
        if (ended.isEmpty()) {
            // Azure has not run it.
            sent.read(context, script);
            context.deleted(ManagedRunCommands.id(found, script.name()));
            return 0;
        }
        Optional<MachineReport> report = MachineReport.parse(ended.get().stdout());
        if (report.isEmpty()) {
            report = told(context, sent.azure(), found, script);
        }
        MachineReport all = report.filter(MachineReport::tells)
                .orElseThrow(() -> Failure.of("setup.batch.unread", "", label, found.id()));
        sent.journal(context, script, all);
        sent.delete(context, script.name());
        return all.changes().size();
    }

    private Optional<MachineReport> told(
            StepContext context, AzureSubscription azure, MachineInfo found, UnreadScript script)
            throws AzureException, Failure, InterruptedException {
        if (found.power() != PowerState.RUNNING) {
            throw Failure.of("setup.batch.unread", "", label, found.id());
        }
        String name = "keyless-pull-" + Long.toString(context.time().now().toEpochMilli(), RADIX);
        ManagedRunCommands.Result told = azure.runCommands()
                .run(
                        found,
                        name,
                        new ManagedRunCommands.Script(MachineScript.telling(values(script)), Map.of(), TELLING),
                        AzureStep.telling(context));
        azure.runCommands().delete(found, name);
        context.deleted(ManagedRunCommands.id(found, name));
        return MachineReport.parse(told.stdout());
    }

    private MachineScript.Values values(UnreadScript script) {
        return new MachineScript.Values(
                machine.adminUser(),
                !request.access().dockerGroup(),
                request.access().azureCli(),
                script.loginServer(),
                script.loginServer() + "/" + request.image(),
                Optional.empty(),
                script.clientId());
    }
}
