package io.keylesspull.engine.plan;

/** A plan that could not run to its end: a cycle, a need that nobody provides, or one thing provided twice. */
public final class PlanRefused extends RuntimeException {

    private static final long serialVersionUID = 1;

    PlanRefused(String message) {
        super(message);
    }
}
