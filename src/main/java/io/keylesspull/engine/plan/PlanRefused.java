package io.keylesspull.engine.plan;

/** The plan is invalid: it has a cycle, or a needed fact that no step or more than one step establishes. */
public final class PlanRefused extends RuntimeException {

    private static final long serialVersionUID = 1;

    PlanRefused(String message) {
        super(message);
    }
}
