package io.keylesspull.setup.step.batch;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.azure.resource.ManagedRunCommands;
import io.keylesspull.azure.resource.ManagedRunCommands.Result;
import io.keylesspull.engine.event.Change;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.RunState;
import io.keylesspull.engine.plan.NotYet;
import io.keylesspull.engine.plan.Retry;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.setup.fleet.ControlPlaneLimits;
import io.keylesspull.setup.fleet.Pacer;
import io.keylesspull.setup.step.AzureFailures;
import io.keylesspull.setup.step.ChangeKind;
import io.keylesspull.text.Text;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What became of the scripts that were sent to one machine: read from Azure, written to the journal, and taken away.
 *
 * @param label what the run calls the machine
 */
record SentScripts(String label, MachineInfo machine, AzureSubscription azure, Pacer pacer) {

    private static final Retry UNTIL_ENDED = new Retry(
            RunCommandTemplate.TIMEOUT,
            List.of(Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(30)));

    /** The scripts of which the journal does not know what they changed. */
    List<UnreadScript> unread(RunState state) {
        return state.changes().stream()
                .filter(changed -> changed.machine().equals(Optional.of(label)))
                .map(RunState.Changed::change)
                .filter(ChangeKind.UNREAD_SCRIPT::is)
                .map(UnreadScript::of)
                .toList();
    }

    /** How far a script is; empty if Azure has no such script. */
    Optional<Result> now(StepContext context, String name) throws Failure, InterruptedException {
        pacer.await(context.time(), ControlPlaneLimits.READS, "", 1);
        try {
            return azure.runCommands().find(machine, name);
        } catch (AzureException e) {
            throw AzureFailures.failure(subject(), e);
        }
    }

    /** How a script ended; empty if Azure has no such script. @throws Failure if it does not end */
    Optional<Result> ended(StepContext context, String name) throws Failure, InterruptedException {
        return context.retry(UNTIL_ENDED, () -> {
            Optional<Result> found = now(context, name);
            if (found.filter(result -> !result.hasEnded()).isPresent()) {
                throw new NotYet(
                        Text.of("setup.batch.scriptRuns"),
                        Failure.of("setup.runCommand.lost", found.get().state(), label, machine.id())
                                .problem());
            }
            return found;
        });
    }

    /** Writes down what a script changed, and that this is known. */
    void journal(StepContext context, UnreadScript script, MachineReport report) throws Failure, InterruptedException {
        List<Change> changes = report.changes().stream()
                .filter(change -> !context.changed(change))
                .toList();
        context.change(changes, () -> script);
        read(context, script);
    }

    /** Nothing of a script is unknown any more. */
    void read(StepContext context, UnreadScript script) {
        context.reverted(script.change());
    }

    /** Waits until one more script may be made, changed or deleted. */
    void awaitChange(StepContext context) throws InterruptedException {
        pacer.await(context.time(), ControlPlaneLimits.MACHINE_UPDATES, machine.location(), 1);
    }

    /**
     * Takes a script away, of which a machine can have only 25 (run-command-managed, "Limitations").
     *
     * @return whether it is gone
     */
    boolean delete(StepContext context, String name) throws InterruptedException {
        awaitChange(context);
        pacer.await(context.time(), ControlPlaneLimits.DELETES, "", 1);
        // Its end is looked for.
        pacer.await(context.time(), ControlPlaneLimits.READS, "", 1);
        try {
            azure.runCommands().deleteUnhurried(machine, name);
            context.deleted(ManagedRunCommands.id(machine, name));
            return true;
        } catch (AzureException left) {
            // It is in the journal, and undo deletes it.
            context.progress(Text.of("setup.batch.scriptStays", name));
            return false;
        }
    }

    Text subject() {
        return Text.of("setup.subject.machine", label);
    }
}
