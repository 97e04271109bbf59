package io.keylesspull.engine.event;

import io.keylesspull.text.Text;
import org.jspecify.annotations.Nullable;

/** Something could not be done, with the problem to show. An immediate retry would not help. */
public final class Failure extends Exception {

    private static final long serialVersionUID = 1;
    private final transient Problem problem;

    public Failure(Problem problem) {
        this(problem, null);
    }

    public Failure(Problem problem, @Nullable Throwable cause) {
        super(problem.what().key(), cause);
        this.problem = problem;
    }

    /**
     * A problem whose three sentences follow one naming rule: {@code key.what}, {@code key.meaning} and
     * {@code key.remedy}, each filled with the same arguments.
     */
    public static Failure of(String key, String details, Object... arguments) {
        return new Failure(new Problem(
                Text.of(key + ".what", arguments),
                Text.of(key + ".meaning", arguments),
                Text.of(key + ".remedy", arguments),
                details));
    }

    public Problem problem() {
        return problem;
    }
}
