package io.keylesspull.ui.run;

/** Where a step of a run stands. */
public enum StepStatus {
    PENDING, RUNNING, WAITING, DONE, FAILED, BLOCKED, CANCELLED;

    boolean active() {
        return this == RUNNING || this == WAITING;
    }
}
