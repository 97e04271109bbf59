package io.keylesspull.azure.http;

import io.keylesspull.time.Time;
import java.time.Duration;
import java.time.Instant;
import reactor.core.publisher.Mono;

/** Waits between two requests without blocking Reactor's threads. */
public record Waits(Time time, BlockingWork blocking) {

    Instant now() {
        return time.now();
    }

    /** Completes, without a value, when the time is over. */
    Mono<Void> of(Duration duration) {
        return blocking.run(() -> {
            time.sleep(duration);
            return null;
        });
    }
}
