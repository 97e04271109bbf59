package io.keylesspull.setup.step.batch;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.MachineInfo;
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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Before an undo: finds out what a script changed whose result was never read, because the run was killed or cancelled,
 * or the result was lost.
 */
public final class ReadScriptStep extends AzureStep {

    /** Shows what may have been changed: packages, and the credential helper. */
    private static final String LOOK = "tail -n 40 /var/log/apt/history.log; ls -l /usr/local/bin";

    private final SetupRequest request;
    private final SetupRequest.Machine machine;
    private final String label;
    private final Inquiry inquiry;

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
        this.inquiry = new Inquiry(request, machine);
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
        boolean lost = false;
        if (found.isPresent()) {
            SentScripts sent = new SentScripts(label, found.get(), azure, new Pacer());
            for (UnreadScript script : sent.unread(context.state())) {
                Inquiry.Answer answer = inquiry.into(context, sent, script);
                if (answer instanceof Inquiry.Unknown) {
                    throw Failure.of(
                            "setup.batch.unread", "", label, found.get().id());
                }
                if (answer instanceof Inquiry.Lost) {
                    sent.read(context, script);
                    context.deleted(ManagedRunCommands.id(found.get(), script.name()));
                    lost = true;
                }
                changes += answer instanceof Inquiry.Told told
                        ? told.report().changes().size()
                        : 0;
            }
        }
        if (lost) {
            // Once: asking again would not help, and must not keep the rest from being undone.
            throw Failure.of("setup.batch.lost", "", label, found.orElseThrow().id(), LOOK);
        }
        context.establish(read(label), label);
        return new Result(Outcome.CHECKED, Text.of("setup.batch.read", changes));
    }
}
