package io.keylesspull.setup.report;

import io.keylesspull.engine.event.Problem;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.event.RunEvent.StepBlocked;
import io.keylesspull.engine.event.RunEvent.StepFailed;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.setup.request.SetupRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gathers from the events of one attempt why targets are not proven. Not thread-safe. */
public final class TargetEnds {

    private final Map<StepId, Problem> failed = new HashMap<>();
    /** By target, the step whose failure was the first that stopped it. */
    private final Map<String, StepId> culprits = new HashMap<>();

    /** Adds one event. */
    public void accept(RunEvent event) {
        if (event instanceof StepFailed failure) {
            failed.put(failure.step(), failure.problem());
            failure.step().machine().ifPresent(target -> culprits.putIfAbsent(target, failure.step()));
        } else if (event instanceof StepBlocked blocked) {
            blocked.step().machine().ifPresent(target -> culprits.putIfAbsent(target, blocked.by()));
        }
    }

    /** All targets of the request, in its order. @param proven those of them that are */
    public List<TargetEnd> of(SetupRequest request, List<TargetEnd.Proven> proven) {
        Map<String, TargetEnd> byName = new HashMap<>();
        proven.forEach(one -> byName.put(one.target(), one));
        return request.labels().stream()
                .map(target -> byName.getOrDefault(target, unproven(target)))
                .toList();
    }

    private TargetEnd unproven(String target) {
        return Optional.ofNullable(culprits.get(target))
                .flatMap(step -> Optional.ofNullable(failed.get(step)))
                .<TargetEnd>map(problem -> new TargetEnd.Failed(target, problem))
                .orElseGet(() -> new TargetEnd.Unproven(target));
    }
}
