package io.keylesspull.azure.http;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import reactor.core.publisher.Mono;

/**
 * Runs what blocks where it may. Whoever no longer wants its result cancels, which interrupts it.
 *
 * @param executor must not be bounded: Reactor's own threads are few, and fifty machines may have to wait at once
 */
public record BlockingWork(ExecutorService executor) {

    /** @param work may return null, which is an empty result */
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
