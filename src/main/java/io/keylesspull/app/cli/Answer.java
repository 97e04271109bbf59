package io.keylesspull.app.cli;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/** What somebody types. Reading it cannot be interrupted, so a thread does it that does not keep the program alive. */
final class Answer {

    private Answer() {}

    /**
     * @param reading blocks until something is typed; empty if nothing is typed any more
     * @throws InterruptedException if the waiting thread is interrupted; what is typed after that is lost
     */
    static <T> Optional<T> of(Supplier<Optional<T>> reading) throws InterruptedException {
        CompletableFuture<Optional<T>> answer = new CompletableFuture<>();
        Thread reader = new Thread(
                () -> {
                    try {
                        answer.complete(reading.get());
                    } catch (RuntimeException e) {
                        answer.completeExceptionally(e);
                    }
                },
                "answer");
        reader.setDaemon(true);
        reader.start();
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the terminal cannot be read", e);
        }
    }
}
