package io.keylesspull.azure.http;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import reactor.core.publisher.Mono;

/**
 * Runs blocking work on threads that may block. Cancelling the subscription interrupts the work.
 *
 * @param executor must be unbounded: Reactor's own threads are few, and fifty machines may have to wait at once
 */
public record BlockingWork(ExecutorService executor) {

    /** @param work may return null, which becomes an empty result */
    public <T> Mono<T> run(Callable<T> work) {
        return Mono.create(sink -> {
            Future<?> running = executor.submit(() -> {
                try {
                    sink.success(work.call());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    sink.error(e);
                } catch (Exception e) {
                    sink.error(e);
                }
            });
            sink.onCancel(() -> running.cancel(true));
        });
    }
}
