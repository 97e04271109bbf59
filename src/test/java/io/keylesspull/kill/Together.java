package io.keylesspull.kill;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/** Things that are tried side by side, each to its end whatever becomes of the others. */
final class Together {

    /** One of them. @param name tells which it was where it fails */
    record Try(String name, Act act) {}

    /** What is tried. */
    @FunctionalInterface
    interface Act {
        void run() throws Exception;
    }

    private Together() {}

    /** @throws AssertionError where some failed, with what is wrong with each */
    static void all(int atOnce, List<Try> tries) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(atOnce);
        List<AssertionError> failures = new ArrayList<>();
        try {
            List<Future<?>> running = new ArrayList<>();
            for (Try each : tries) {
                running.add(threads.submit(() -> {
                    each.act().run();
                    return null;
                }));
            }
            for (int i = 0; i < running.size(); i++) {
                try {
                    running.get(i).get();
                } catch (ExecutionException failed) {
                    failures.add(new AssertionError(
                            tries.get(i).name() + ": " + failed.getCause().getMessage(), failed.getCause()));
                }
            }
        } finally {
            threads.shutdownNow();
        }
        if (!failures.isEmpty()) {
            AssertionError all = new AssertionError(failures.size() + " of " + tries.size() + " failed:\n"
                    + failures.stream().map(Throwable::getMessage).collect(Collectors.joining("\n\n")));
            failures.forEach(all::addSuppressed);
            throw all;
        }
    }
}
