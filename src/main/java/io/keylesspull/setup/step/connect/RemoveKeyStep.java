package io.keylesspull.setup.step.connect;

import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.engine.event.Change;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.RunState.Changed;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.Fact;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.step.ChangeKind;
import io.keylesspull.setup.step.Known;
import io.keylesspull.setup.step.Preview;
import io.keylesspull.setup.step.SetupStep;
import io.keylesspull.setup.step.cloud.CloudFacts;
import io.keylesspull.setup.step.connection.RunCommandAccess;
import io.keylesspull.text.Text;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Removes the key that a run added for its user on an existing machine. The undo itself may sign in with it, and may
 * have added it again for that; so this comes after all that is undone over SSH.
 */
public final class RemoveKeyStep extends SetupStep {

    private static final Set<ChangeKind> KINDS =
            EnumSet.of(ChangeKind.AUTHORIZED_KEY, ChangeKind.KEY_FILE, ChangeKind.KEY_FOLDER);

    private final String label;
    private final RunCommandAccess runCommand;

    /** @param after what must be undone before */
    public RemoveKeyStep(
            SetupRequest request, SetupRequest.Machine machine, Set<Fact<?>> after, AzureSubscription azure) {
        super(
                StepId.on(request.label(machine), "remove-key"),
                Text.of("setup.step.removeKey"),
                needs(after),
                Set.of(removed(request.label(machine))));
        this.label = request.label(machine);
        this.runCommand = new RunCommandAccess(request, machine, azure);
    }

    private static Set<Fact<?>> needs(Set<Fact<?>> after) {
        Set<Fact<?>> needs = new HashSet<>(after);
        needs.add(CloudFacts.MACHINE);
        return needs;
    }

    /** The key is not there any more. @param label what the run calls the machine */
    public static Fact<String> removed(String label) {
        return CloudFacts.gone("key on " + label);
    }

    /** Whether this step reverts a change. */
    public static boolean removes(Change change) {
        return ChangeKind.of(change).filter(KINDS::contains).isPresent();
    }

    @Override
    public Preview preview(Known known) {
        return Preview.delete(words(label));
    }

    /** The key that a run added. @param machine what the run calls it */
    public static Text words(String machine) {
        return Text.of("setup.undo.addedKey", machine);
    }

    @Override
    public Result run(StepContext context) throws Failure, InterruptedException {
        List<Change> added = context.state().changes().stream()
                .filter(changed -> changed.machine().equals(Optional.of(label)))
                .map(Changed::change)
                .filter(RemoveKeyStep::removes)
                .toList();
        if (!added.isEmpty()) {
            new AuthorizedKeys(runCommand, context.get(CloudFacts.MACHINE), label).remove(context, added);
        }
        context.establish(removed(label), label);
        return added.isEmpty()
                ? new Result(Outcome.CHECKED, Text.of("setup.undo.wasGone"))
                : new Result(Outcome.CHANGED, Text.of("setup.undo.keyRemoved"));
    }
}
