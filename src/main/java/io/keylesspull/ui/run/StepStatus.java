package io.keylesspull.ui.run;

/** The state of a step of a run. */
enum StepStatus {
    PENDING,
    RUNNING,
    WAITING,
    DONE,
    FAILED,
    BLOCKED,
    CANCELLED;

    boolean active() {
        return this == RUNNING || this == WAITING;
    }
}
