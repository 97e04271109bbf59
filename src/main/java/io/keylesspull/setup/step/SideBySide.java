package io.keylesspull.setup.step;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;

/**
 * Looks at many things at once, of which each mostly waits for Azure.
 *
 * @param workers runs each look on a thread that it blocks
 * @param most how many at once; at least 1. Azure allows 250 reads at once and 25 more each second (Microsoft Learn,
 *     "Understand how Azure Resource Manager throttles requests"); what it throttles all the same is asked again later
 */
public record SideBySide(Executor workers, int most) {

    /**
     * The results in the order of the looks. An interrupt interrupts every look, and no other begins.
     *
     * @throws IllegalStateException if a look throws anything but an {@link InterruptedException}
     */
    public <T> List<T> all(List<Callable<T>> looks) throws InterruptedException {
        Semaphore free = new Semaphore(most);
        List<FutureTask<T>> begun = new ArrayList<>();
        boolean done = false;
        try {
            for (Callable<T> look : looks) {
                free.acquire();
                FutureTask<T> task = new FutureTask<>(look) {
                    @Override
                    protected void done() {
                        free.release();
                    }
                };
                begun.add(task);
                workers.execute(task);
            }
            List<T> results = new ArrayList<>();
            for (FutureTask<T> task : begun) {
                results.add(task.get());
            }
            done = true;
            return results;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            if (!done) {
                begun.forEach(task -> task.cancel(true));
            }
        }
    }
}
