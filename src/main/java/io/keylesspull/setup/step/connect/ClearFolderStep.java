package io.keylesspull.setup.step.connect;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.model.MachineInfo.PowerState;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.azure.resource.Resources;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.RunState;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.Fact;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.step.ChangeKind;
import io.keylesspull.setup.step.Known;
import io.keylesspull.setup.step.Preview;
import io.keylesspull.setup.step.cloud.AzureStep;
import io.keylesspull.setup.step.cloud.CloudFacts;
import io.keylesspull.setup.step.connection.MachineConnection;
import io.keylesspull.setup.step.connection.RunCommandAccess;
import io.keylesspull.text.Text;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Removes what a script by Run Command left that was cut off, on a machine that was there before the run. */
public final class ClearFolderStep extends AzureStep {

    private final SetupRequest.Machine machine;
    private final String label;
    private final String group;
    private final RunCommandAccess runCommand;

    /** @param after what must be undone before */
    public ClearFolderStep(
            SetupRequest request, SetupRequest.Machine machine, Set<Fact<?>> after, AzureSubscription azure) {
        super(
                StepId.on(request.label(machine), "clear-folder"),
                Text.of("setup.step.clearFolder"),
                Text.of("setup.subject.machine", request.label(machine)),
                after,
                Set.of(cleared(request.label(machine))),
                azure);
        this.machine = machine;
        this.label = request.label(machine);
        this.group = request.machineGroup(machine);
        this.runCommand = new RunCommandAccess(request, machine, azure);
    }

    /** Nothing of it is there any more. @param label what the run calls the machine */
    public static Fact<String> cleared(String label) {
        return CloudFacts.gone("folder on " + label);
    }

    /** Whether a run that ended so may have left something on a machine. @param label what the run calls it */
    public static boolean isNeeded(RunState left, String label) {
        Optional<String> on = Optional.of(label);
        return left.changes().stream()
                        .anyMatch(changed ->
                                changed.machine().equals(on) && ChangeKind.SCRIPT_FOLDER.is(changed.change()))
                || left.resources().stream()
                        .anyMatch(resource -> resource.machine().equals(on)
                                && Resources.type(resource.id()).equals(RunCommandAccess.TYPE));
    }

    /** What a script left. @param machine what the run calls it */
    public static Text words(String machine) {
        return Text.of("setup.undo.scriptFolder", machine);
    }

    @Override
    public Preview preview(Known known) {
        return Preview.delete(words(label));
    }

    @Override
    protected Result ensure(StepContext context, AzureSubscription azure)
            throws AzureException, Failure, InterruptedException {
        Optional<MachineInfo> running =
                azure.machines().find(group, machine.name()).filter(found -> found.power() == PowerState.RUNNING);
        if (running.isPresent()) {
            // The first command of a connection empties the folder, and removes it.
            try (MachineConnection connection =
                    new MachineConnection(label, List.of(runCommand.way(running.get())), false, context.time())) {
                runCommand.begin(context, running.get(), connection);
            }
        }
        context.state().changes().stream()
                .filter(changed -> changed.machine().equals(Optional.of(label)))
                .map(RunState.Changed::change)
                .filter(ChangeKind.SCRIPT_FOLDER::is)
                .forEach(context::reverted);
        context.establish(cleared(label), label);
        return running.isPresent()
                ? new Result(Outcome.CHANGED, Text.of("setup.undo.folderCleared"))
                : new Result(Outcome.CHECKED, Text.of("setup.undo.wasGone"));
    }
}
