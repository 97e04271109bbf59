package io.keylesspull.ui.component;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Problem;
import io.keylesspull.text.Text;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Blocking work in the background, one piece at a time, with a state that a page can show. A new start interrupts what
 * runs and drops its result. Every method is called, and the state changes, on the JavaFX thread.
 */
public final class BackgroundTask<T> {

    /** The work. It may block, and ends soon after an interrupt. */
    @FunctionalInterface
    public interface Call<T> {
        T call() throws Failure, InterruptedException;
    }

    /** The state of the work. */
    public sealed interface State<T> {
        record Idle<T>() implements State<T> {}

        record Running<T>() implements State<T> {}

        record Done<T>(T value) implements State<T> {}

        record Failed<T>(Problem problem) implements State<T> {}
    }

    private final Workers workers;
    private final ReadOnlyObjectWrapper<State<T>> state = new ReadOnlyObjectWrapper<>(new State.Idle<>());
    private @Nullable Call<T> last;
    private @Nullable Future<?> future;
    private @Nullable Object current;

    public BackgroundTask(Workers workers) {
        this.workers = workers;
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

    /** Does the last work once more. */
    public void again() {
        if (last != null) {
            start(last);
        }
    }

    /** Interrupts the work and drops its result. */
    public void stop() {
        current = null;
        if (future != null) {
            future.cancel(true);
            future = null;
        }
        state.set(new State.Idle<>());
    }

    /** @param listener gets every result from now on */
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
            end = new State.Failed<>(new Problem(
                    Text.of("ui.unexpected.what"),
                    Text.of("ui.unexpected.meaning"),
                    Text.of("ui.unexpected.remedy"),
                    String.valueOf(e)));
        }
        State<T> how = end;
        workers.fxThread().execute(() -> {
            if (current == mine) {
                state.set(how);
            }
        });
    }
}
