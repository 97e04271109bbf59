package io.keylesspull.practice.arm;

import java.util.function.Supplier;

/** What comes of a call: a reply, or work that must go on without holding up the other calls. */
sealed interface Answer permits Reply, Answer.Work {

    /** @param unlocked runs outside the state's lock; may throw {@link AzureError} */
    record Work(Supplier<Reply> unlocked) implements Answer {
    }
}
