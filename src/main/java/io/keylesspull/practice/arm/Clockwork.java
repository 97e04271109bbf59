package io.keylesspull.practice.arm;

import io.keylesspull.practice.Pace;
import io.keylesspull.time.Time;
import java.time.Duration;
import java.time.Instant;

/** When things that begin now will be done. */
record Clockwork(Pace pace, Time time) {

    Instant now() {
        return time.now();
    }

    Instant after(Duration inAzure) {
        return time.now().plus(pace.of(inAzure));
    }
}
