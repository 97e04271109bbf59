package io.keylesspull.azure;

import io.keylesspull.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import reactor.core.publisher.Mono;

/**
 * Lets time go by between two requests. Each wait keeps one thread of the executor, which must not be bounded:
 * Reactor's own threads are few, and fifty machines may have to wait at once.
 */
record Waits(Time time, ExecutorService executor) {

    Instant now() {
        return time.now();
    }

    /** Ends after the time is over. Whoever no longer wants to know cancels, which interrupts the wait. */
    Mono<Void> of(Duration duration) {
        return Mono.create(sink -> {
            Future<?> wait = executor.submit(() -> {
                try {
                    time.sleep(duration);
                    sink.success();
                } catch (InterruptedException e) {
                    // Kept for the pool's own sake; whoever cancelled hears nothing of this any more.
                    Thread.currentThread().interrupt();
                    sink.error(e);
                }
            });
            sink.onCancel(() -> wait.cancel(true));
        });
    }
}
