package io.keylesspull.azure.http;

import io.keylesspull.time.Time;
import java.time.Duration;
import java.time.Instant;
import reactor.core.publisher.Mono;

/** Lets time go by between two requests. */
public record Waits(Time time, BlockingWork background) {

    Instant now() {
        return time.now();
    }

    /** Ends, without a value, when the time is over. */
    Mono<Void> of(Duration duration) {
        return background.run(() -> {
            time.sleep(duration);
            return null;
        });
    }
}
