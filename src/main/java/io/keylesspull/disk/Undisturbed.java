package io.keylesspull.disk;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Work on files that no interrupt of the caller reaches: an interrupt closes a {@link java.nio.channels.FileChannel} in
 * the middle of whatever is done with it, which looks like a full or broken disk.
 */
public final class Undisturbed {

    private Undisturbed() {}

    /**
     * Does the work to its end on a thread of its own. If the caller is interrupted before or meanwhile, it still is
     * afterwards.
     *
     * @param failure what the work throws besides IOException
     */
    public static <T, E extends Exception> T run(Class<E> failure, Callable<T> work) throws IOException, E {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "files");
        thread.setDaemon(true);
        thread.start();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException later) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException thrown) {
            throw unwrapped(Objects.requireNonNullElse(thrown.getCause(), thrown), failure);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static <E extends Exception> E unwrapped(Throwable cause, Class<E> failure) throws IOException {
        if (failure.isInstance(cause)) {
            return failure.cast(cause);
        }
        if (cause instanceof IOException io) {
            throw io;
        }
        if (cause instanceof RuntimeException defect) {
            throw defect;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        throw new IllegalStateException(cause);
    }
}
