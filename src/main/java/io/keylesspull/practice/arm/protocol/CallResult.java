package io.keylesspull.practice.arm.protocol;

import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The result of a call: a reply, or work that must not hold up other calls. */
public sealed interface CallResult permits ArmReply, CallResult.Work {

    /**
     * @param unlocked runs outside the state's lock; may throw {@link ArmError}
     * @param locked turns its reply into the final one, under the lock again, so that it may start an operation
     */
    record Work(Supplier<ArmReply> unlocked, UnaryOperator<ArmReply> locked) implements CallResult {}
}
