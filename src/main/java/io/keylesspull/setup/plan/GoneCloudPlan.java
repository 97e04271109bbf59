package io.keylesspull.setup.plan;

import io.keylesspull.engine.event.Change;
import io.keylesspull.engine.event.Purpose;
import io.keylesspull.engine.event.RunState;
import io.keylesspull.engine.event.RunState.Changed;
import io.keylesspull.engine.plan.Plan;
import io.keylesspull.setup.step.SetupStep;
import io.keylesspull.setup.step.cloud.GoneCloudStep;
import io.keylesspull.setup.step.cloud.GoneMachineStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The undo of a run whose practice cloud has ended: it deletes nothing, and records that nothing is left. */
public final class GoneCloudPlan {

    private GoneCloudPlan() {}

    public static Plan of(RunState left) {
        List<SetupStep> steps = new ArrayList<>();
        left.changes().stream()
                .flatMap(changed -> changed.machine().stream())
                .distinct()
                .forEach(machine -> steps.add(new GoneMachineStep(machine, changes(left, Optional.of(machine)))));
        steps.add(new GoneCloudStep(
                left.resources().stream().map(RunState.Resource::id).toList(), changes(left, Optional.empty())));
        return Plan.of(Purpose.UNDO, steps);
    }

    private static List<Change> changes(RunState left, Optional<String> machine) {
        return left.changes().stream()
                .filter(changed -> changed.machine().equals(machine))
                .map(Changed::change)
                .toList();
    }
}
