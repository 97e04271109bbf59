package io.keylesspull.ui.component;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Problem;
import io.keylesspull.text.Text;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/**
 * One piece of blocking work at a time, whose state a page can show. Starting it anew interrupts and forgets what ran
 * before. Every method is called, and the state changes, on the screen's thread.
 */
public final class BackgroundTask<T> {

    /** The work; blocks, and ends soon after an interrupt. */
    @FunctionalInterface
    public interface Call<T> {
        T call() throws Failure, InterruptedException;
    }

    /** How the work stands. */
    public sealed interface State<T> {
        record Idle<T>() implements State<T> {
        }

        record Running<T>() implements State<T> {
        }

        record Done<T>(T value) implements State<T> {
        }

        record Failed<T>(Problem problem) implements State<T> {
        }
    }

    private final Workers workers;
    private final Consumer<T> unwanted;
    private final ReadOnlyObjectWrapper<State<T>> state = new ReadOnlyObjectWrapper<>(new State.Idle<>());
    private Call<T> last;
    private Future<?> future;
    private Object current;

    public BackgroundTask(Workers workers) {
        this(workers, value -> { });
    }

    /** @param unwanted given a result that came after it was superseded, to close it; on the screen's thread */
    public BackgroundTask(Workers workers, Consumer<T> unwanted) {
        this.workers = workers;
        this.unwanted = unwanted;
    }

    public ReadOnlyObjectProperty<State<T>> stateProperty() {
        return state.getReadOnlyProperty();
    }

    public State<T> state() {
        return state.get();
    }

    public boolean isRunning() {
        return state.get() instanceof State.Running;
    }

    public void start(Call<T> call) {
        stop();
        last = call;
        Object mine = new Object();
        current = mine;
        state.set(new State.Running<>());
        future = workers.background().submit(() -> perform(call, mine));
    }

    /** Does the same work once more. */
    public void again() {
        if (last != null) {
            start(last);
        }
    }

    /** Interrupts the work and forgets what came of it. */
    public void stop() {
        current = null;
        if (future != null) {
            future.cancel(true);
            future = null;
        }
        state.set(new State.Idle<>());
    }

    /** Tells of every result from now on. */
    public void onDone(Consumer<T> listener) {
        state.addListener((property, before, now) -> {
            if (now instanceof State.Done<T> done) {
                listener.accept(done.value());
            }
        });
    }

    private void perform(Call<T> call, Object mine) {
        State<T> end;
        try {
            end = new State.Done<>(call.call());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end = new State.Idle<>();
        } catch (Failure e) {
            end = new State.Failed<>(e.problem());
        } catch (RuntimeException e) {
            end = new State.Failed<>(new Problem(Text.of("ui.unexpected.what"), Text.of("ui.unexpected.meaning"),
                    Text.of("ui.unexpected.remedy"), String.valueOf(e)));
        }
        State<T> how = end;
        workers.fxThread().execute(() -> {
            if (current == mine) {
                state.set(how);
            } else if (how instanceof State.Done<T> done) {
                unwanted.accept(done.value());
            }
        });
    }
}
