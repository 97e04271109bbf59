package io.keylesspull.engine;

import io.keylesspull.text.Text;

/** A step could not do its work, and trying again at once would not help. */
public final class StepFailure extends Exception {

    private static final long serialVersionUID = 1;
    private final transient Problem problem;

    public StepFailure(Problem problem) {
        this(problem, null);
    }

    public StepFailure(Problem problem, Throwable cause) {
        super(problem.what().key(), cause);
        this.problem = problem;
    }

    /**
     * A problem whose three sentences follow one naming rule: {@code key.what}, {@code key.meaning} and
     * {@code key.remedy}, each filled with the same arguments.
     */
    public static StepFailure of(String key, String details, Object... arguments) {
        return new StepFailure(new Problem(Text.of(key + ".what", arguments), Text.of(key + ".meaning", arguments),
                Text.of(key + ".remedy", arguments), details));
    }

    public Problem problem() {
        return problem;
    }
}
