package io.keylesspull.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThreadsAtWorkTest {

    private long nanos;

    /** @param takes each look */
    private boolean atWork(Duration takes, Boolean... seen) {
        Iterator<Boolean> looks = List.of(seen).iterator();
        return new ThreadsAtWork(
                        () -> {
                            nanos += takes.toNanos();
                            return looks.next();
                        },
                        () -> nanos)
                .getAsBoolean();
    }

    @Test
    void aLookThatWasHeldUpIsTakenAgain() {
        assertThat(atWork(Duration.ofMillis(20), false, true)).isTrue();
        assertThat(atWork(Duration.ofMillis(20), false, false)).isFalse();
    }

    @Test
    void oneThatWasNotOrThatSawSomebodyIsEnough() {
        assertThat(atWork(Duration.ofMillis(2), false)).isFalse();
        assertThat(atWork(Duration.ofMillis(20), true)).isTrue();
    }
}
