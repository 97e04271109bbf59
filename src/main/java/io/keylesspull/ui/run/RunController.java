package io.keylesspull.ui.run;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Problem;
import io.keylesspull.engine.event.Purpose;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.event.RunEvent.CommandOutput;
import io.keylesspull.engine.event.RunEvent.RunResult;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.setup.session.SetupRun;
import io.keylesspull.text.Text;
import io.keylesspull.text.Texts;
import io.keylesspull.ui.component.Workers;
import io.keylesspull.ui.log.LogBuffer;
import io.keylesspull.ui.log.LogWriter;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Starts, cancels and retries the run that the page shows, and brings its events to the JavaFX thread. Output goes
 * straight into the log's buffer; other events are queued and applied together.
 */
final class RunController {

    private final Workers workers;
    private final LogBuffer buffer = new LogBuffer();
    private final LogWriter writer;
    private final RunModel model = new RunModel();
    private final ReadOnlyObjectWrapper<RunResult> result = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyDoubleWrapper progress = new ReadOnlyDoubleWrapper();
    private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean draining = new AtomicBoolean();

    private Runnable onChange = () -> {};
    private Runnable onNewSteps = () -> {};
    private @Nullable RunStarter starter;
    private volatile @Nullable Attempt attempt;
    private @Nullable SetupRun run;
    private @Nullable Problem startProblem;

    RunController(Texts texts, Workers workers) {
        this.workers = workers;
        this.writer = new LogWriter(buffer, texts);
    }

    /**
     * @param onNewSteps called if the list of steps is not the same any more
     * @param onChange called after every change, that one too
     */
    void listen(Runnable onNewSteps, Runnable onChange) {
        this.onNewSteps = onNewSteps;
        this.onChange = onChange;
    }

    LogBuffer buffer() {
        return buffer;
    }

    /** The number of the log's line that tells how a step failed; empty if it did not. */
    OptionalLong failureLine(StepId step) {
        return writer.failure(step);
    }

    RunModel model() {
        return model;
    }

    Instant now() {
        return workers.time().now();
    }

    ReadOnlyObjectProperty<RunResult> resultProperty() {
        return result.getReadOnlyProperty();
    }

    /** How much of the run is done, from 0 to 1. */
    ReadOnlyDoubleProperty progressProperty() {
        return progress.getReadOnlyProperty();
    }

    /** Empty until the run was started. */
    Optional<SetupRun> run() {
        return Optional.ofNullable(run);
    }

    /** The page of a resource in Azure's portal; empty in practice mode. */
    Optional<URI> portalPage(String resourceId) {
        return run().flatMap(known -> known.portalPage(resourceId));
    }

    /** Why the run could not start. */
    Optional<Problem> startProblem() {
        return Optional.ofNullable(startProblem);
    }

    boolean busy() {
        return attempt != null && result.get() == null;
    }

    boolean cancelling() {
        Attempt now = attempt;
        return busy() && now != null && now.cancelled();
    }

    /** @param purpose what the run is for, until its first event says so */
    void start(Purpose purpose, RunStarter with) {
        starter = with;
        attempt = null;
        run = null;
        writer.clear();
        model.clear(purpose);
        progress.set(0);
        onNewSteps.run();
        begin(with);
    }

    /** Continues where the run stopped; starts it if it never started. */
    void tryAgain() {
        SetupRun last = run;
        if (!busy() && starter != null) {
            begin(last == null ? starter : last::tryAgain);
        }
    }

    void cancel() {
        Attempt now = attempt;
        if (busy() && now != null) {
            now.cancel();
            onChange.run();
        }
    }

    private void begin(RunStarter with) {
        startProblem = null;
        result.set(null);
        Attempt next = new Attempt();
        attempt = next;
        workers.background().execute(() -> next.perform(with));
        onChange.run();
    }

    private void later(Attempt from, Runnable task) {
        queue.add(() -> {
            // An earlier attempt may still have had events queued when this one began.
            if (from == attempt) {
                task.run();
            }
        });
        if (draining.compareAndSet(false, true)) {
            workers.fxThread().execute(this::drain);
        }
    }

    private void drain() {
        draining.set(false);
        for (Runnable task = queue.poll(); task != null; task = queue.poll()) {
            task.run();
        }
        progress.set(model.progress());
        onChange.run();
    }

    private void accept(RunEvent event) {
        if (model.accept(event)) {
            onNewSteps.run();
        }
    }

    private void ended(RunResult how, @Nullable Problem problem) {
        startProblem = problem;
        if (problem != null) {
            writer.problem(workers.time().now(), problem);
        }
        result.set(how);
    }

    /** One attempt at the run, from start to end. */
    private final class Attempt {

        private @Nullable Thread starting;
        private @Nullable SetupRun started;
        private boolean cancelled;

        void perform(RunStarter with) {
            try {
                if (!enter()) {
                    throw new InterruptedException();
                }
                SetupRun begun;
                try {
                    begun = with.start(events());
                } finally {
                    leave();
                }
                hold(begun);
                later(this, () -> run = begun);
                begun.result()
                        .whenComplete((how, error) -> later(
                                this,
                                () -> ended(
                                        error == null ? how : RunResult.FAILED,
                                        error == null ? null : unexpected(error))));
            } catch (Failure e) {
                later(this, () -> ended(RunResult.FAILED, e.problem()));
            } catch (InterruptedException e) {
                if (!cancelled()) {
                    Thread.currentThread().interrupt();
                }
                later(this, () -> ended(RunResult.CANCELLED, null));
            } catch (RuntimeException e) {
                later(this, () -> ended(RunResult.FAILED, unexpected(e)));
            }
        }

        private Consumer<RunEvent> events() {
            return event -> {
                if (this != attempt) {
                    return;
                }
                writer.write(event);
                if (!(event instanceof CommandOutput)) {
                    later(this, () -> accept(event));
                }
            };
        }

        private synchronized boolean enter() {
            starting = Thread.currentThread();
            return !cancelled;
        }

        private synchronized void leave() {
            starting = null;
            if (cancelled) {
                Thread.interrupted();
            }
        }

        private synchronized void hold(SetupRun begun) {
            started = begun;
            if (cancelled) {
                begun.cancel();
            }
        }

        synchronized boolean cancelled() {
            return cancelled;
        }

        synchronized void cancel() {
            cancelled = true;
            if (starting != null) {
                starting.interrupt();
            }
            if (started != null) {
                started.cancel();
            }
        }
    }

    private static Problem unexpected(Throwable error) {
        return new Problem(
                Text.of("engine.unexpected.what", Text.of("ui.run.theRun")), Text.of("engine.unexpected.meaning"),
                Text.of("engine.unexpected.remedy"), String.valueOf(error));
    }
}
