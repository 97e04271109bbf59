package io.keylesspull.engine.plan;

import io.keylesspull.engine.event.Problem;
import io.keylesspull.text.Text;

/** What was looked for is not so yet, and there is a reason to believe that it will be. */
public final class NotYet extends Exception {

    private static final long serialVersionUID = 1;
    private final transient Text reason;
    private final transient Problem ifNever;

    /**
     * @param reason  why, in words
     * @param ifNever what to tell when the bound is reached
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
