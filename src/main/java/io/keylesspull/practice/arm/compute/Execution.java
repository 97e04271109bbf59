package io.keylesspull.practice.arm.compute;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.clock.PracticeClock;
import io.keylesspull.practice.machine.Hypervisor.CommandOutput;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** A script of a managed Run Command, which runs in a thread of its own. Safe for use by many threads. */
final class Execution {

    /** @param output empty if the script was stopped, or the machine was off */
    private record End(Instant at, Optional<CommandOutput> output) {}

    private final PracticeClock clock;
    private final Instant startedAt;
    private final Runnable atEnd;
    private final FutureTask<CommandOutput> task;
    private @Nullable End end;

    private Execution(Callable<CommandOutput> script, PracticeClock clock, Runnable atEnd) {
        this.clock = clock;
        this.startedAt = clock.now();
        this.atEnd = atEnd;
        this.task = new FutureTask<>(script);
    }

    /** @param atEnd called once, as soon as it ends in any way */
    static Execution begin(Callable<CommandOutput> script, PracticeClock clock, Runnable atEnd) {
        Execution execution = new Execution(script, clock, atEnd);
        Thread thread = new Thread(execution::run, "practice-run-command");
        thread.setDaemon(true);
        thread.start();
        return execution;
    }

    private void run() {
        task.run();
        end();
    }

    /** Stops the script, if it runs. */
    void stop() {
        task.cancel(true);
        end();
    }

    private synchronized void end() {
        if (end == null) {
            end = new End(clock.now(), output());
            atEnd.run();
            notifyAll();
        }
    }

    private Optional<CommandOutput> output() {
        try {
            return Optional.of(task.get());
        } catch (CancellationException | ExecutionException | InterruptedException stopped) {
            return Optional.empty();
        }
    }

    synchronized boolean hasEnded() {
        return end != null;
    }

    /** Waits for its end. An interrupt ends the wait. */
    synchronized void await() {
        try {
            while (end == null) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    synchronized boolean failed() {
        return end != null && end.output().map(CommandOutput::exitStatus).orElse(-1) != 0;
    }

    /** What {@code $expand=instanceView} shows. */
    synchronized ObjectNode view() {
        ObjectNode view = Json.object().put("startTime", startedAt.toString());
        if (end == null) {
            return view.put("executionState", "Running").put("output", "").put("error", "");
        }
        view.put("endTime", end.at().toString());
        if (end.output().isEmpty()) {
            return view.put("executionState", "Canceled").put("output", "").put("error", "");
        }
        CommandOutput output = end.output().get();
        boolean ok = output.exitStatus() == 0;
        return view.put("executionState", ok ? "Succeeded" : "Failed")
                .put(
                        "executionMessage",
                        ok ? "" : "Execution failed: command terminated with exit status=" + output.exitStatus())
                .put("exitCode", output.exitStatus())
                .put("output", RunCommands.last(output.stdout()))
                .put("error", RunCommands.last(output.stderr()));
    }
}
