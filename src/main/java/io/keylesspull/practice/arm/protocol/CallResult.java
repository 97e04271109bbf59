package io.keylesspull.practice.arm.protocol;

import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** What comes of a call: a reply, or work that must go on without holding up the other calls. */
public sealed interface CallResult permits ArmReply, CallResult.Work {

    /**
     * @param unlocked runs outside the state's lock; may throw {@link ArmError}
     * @param locked   makes the reply of what that came to, under the lock again: so that it may begin an operation
     */
    record Work(Supplier<ArmReply> unlocked, UnaryOperator<ArmReply> locked) implements CallResult {

        Work(Supplier<ArmReply> unlocked) {
            this(unlocked, UnaryOperator.identity());
        }
    }
}
