package io.keylesspull.engine.plan;

import io.keylesspull.engine.event.Problem;
import io.keylesspull.text.Text;

/** What a step waits for is not there yet but is expected, so the step will look again. */
public final class NotYet extends Exception {

    private static final long serialVersionUID = 1;
    private final transient Text reason;
    private final transient Problem ifNever;

    /**
     * @param reason the reason, as text
     * @param ifNever the problem to report if the time runs out
     */
    public NotYet(Text reason, Problem ifNever) {
        super(reason.key());
        this.reason = reason;
        this.ifNever = ifNever;
    }

    public Text reason() {
        return reason;
    }

    public Problem ifNever() {
        return ifNever;
    }
}
