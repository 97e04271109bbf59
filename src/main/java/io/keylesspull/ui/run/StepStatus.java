package io.keylesspull.ui.run;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The state of a step of a run. */
enum StepStatus {
    PENDING,
    RUNNING,
    WAITING,
    DONE,
    FAILED,
    BLOCKED,
    CANCELLED;

    private static final List<StepStatus> FIRST = List.of(FAILED, RUNNING, WAITING, CANCELLED, BLOCKED, PENDING);

    /** Of several steps together. */
    static StepStatus of(Collection<StepState> steps) {
        Set<StepStatus> all = steps.stream().map(StepState::status).collect(Collectors.toSet());
        return FIRST.stream().filter(all::contains).findFirst().orElse(DONE);
    }

    boolean active() {
        return this == RUNNING || this == WAITING;
    }
}
