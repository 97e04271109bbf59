package io.keylesspull.setup.step.machine;

import io.keylesspull.engine.event.Change;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.RunState.Changed;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.setup.step.ChangeKind;
import io.keylesspull.setup.step.Known;
import io.keylesspull.setup.step.Preview;
import io.keylesspull.setup.step.UndoChoice;
import io.keylesspull.setup.step.apt.Apt;
import io.keylesspull.setup.step.connection.MachineConnection;
import io.keylesspull.text.Text;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Undoes the run's changes on a machine that existed before, each by its {@link Reversal}. */
public final class RestoreMachineStep extends RemoteStep {

    private final Set<UndoChoice> choices;

    /** @param choices what is undone: of the run's changes by its journal, at the time that the step runs */
    public RestoreMachineStep(String machine, Set<UndoChoice> choices) {
        super(machine, "restore", Text.of("setup.step.restore"), Set.of(RemoteFacts.CONNECTION), RemoteFacts.RESTORED);
        this.choices = Set.copyOf(choices);
    }

    /** What is taken back on the machine is asked for by {@link UndoChoice}s. */
    @Override
    public Preview preview(Known known) {
        return Preview.nothing();
    }

    @Override
    Result work(StepContext context) throws Failure, InterruptedException {
        MachineConnection connection = context.get(RemoteFacts.CONNECTION);
        int changes = chosen(context).size();
        revert(context, connection, Reversal.BEFORE_PACKAGES);
        packages(context, connection);
        context.establish(RemoteFacts.RESTORED, machine());
        return new Result(Outcome.CHANGED, Text.of("setup.undo.restored", changes));
    }

    private List<Change> chosen(StepContext context) {
        return context.state().changes().stream()
                .filter(changed -> changed.machine().equals(Optional.of(machine())))
                .map(Changed::change)
                .filter(change -> !ChangeKind.STARTED.is(change))
                .filter(change -> ChangeKind.of(change)
                        .flatMap(kind -> kind.choice(machine()))
                        .filter(choices::contains)
                        .isPresent())
                .toList();
    }

    /** The changes that are still to be undone: after a lost connection, some are undone already. */
    private List<Change> of(ChangeKind kind, StepContext context) {
        return chosen(context).stream().filter(kind::is).toList();
    }

    private void revert(StepContext context, MachineConnection connection, List<Reversal> reversals)
            throws Failure, InterruptedException {
        for (Reversal reversal : reversals) {
            for (Change change : of(reversal.kind(), context)) {
                reversal.act().revert(context, connection, change);
                context.reverted(change);
            }
        }
    }

    private void packages(StepContext context, MachineConnection connection) throws Failure, InterruptedException {
        List<Change> packages = of(ChangeKind.PACKAGE, context);
        if (packages.isEmpty()) {
            return;
        }
        List<String> needing = new Apt(connection, context)
                .remove(packages.stream().map(Change::subject).toList());
        if (!needing.isEmpty()) {
            throw Failure.of(
                    "setup.undo.packagesNeeded", String.join(" ", needing), machine(), String.join(", ", needing));
        }
        packages.forEach(context::reverted);
    }
}
