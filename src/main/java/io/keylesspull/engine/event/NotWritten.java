package io.keylesspull.engine.event;

/** An event is not in the journal, so the step must not continue. Caught by the run itself. */
public final class NotWritten extends RuntimeException {

    private static final long serialVersionUID = 1;
    private final transient Problem problem;

    NotWritten(Failure cause) {
        super(cause);
        this.problem = cause.problem();
    }

    public Problem problem() {
        return problem;
    }
}
