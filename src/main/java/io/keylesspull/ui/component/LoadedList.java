package io.keylesspull.ui.component;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.paging.Pages;
import io.keylesspull.ui.component.BackgroundTask.State;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.collections.ObservableSet;
import org.jspecify.annotations.Nullable;

/**
 * A list that is loaded in the background and grows page by page. Pages that come faster than the window takes them are
 * taken together. Every method is called, and everything changes, on the JavaFX thread.
 */
public final class LoadedList<T> {

    private final Workers workers;
    private final BackgroundTask<List<T>> work;
    private final ObservableList<T> items = FXCollections.observableArrayList();
    private @Nullable Pages<T, Failure> pages;
    private @Nullable Reading current;
    private boolean paused;

    public LoadedList(Workers workers) {
        this.workers = workers;
        this.work = new BackgroundTask<>(workers);
    }

    /** What has come so far. */
    public ObservableList<T> items() {
        return items;
    }

    /** Done with the whole list once the last page has come. */
    public State<List<T>> state() {
        return work.state();
    }

    public ReadOnlyObjectProperty<State<List<T>>> stateProperty() {
        return work.stateProperty();
    }

    public boolean isRunning() {
        return work.isRunning();
    }

    /** Forgets what it has, and loads this. */
    public void start(Pages<T, Failure> from) {
        stop();
        pages = from;
        Reading mine = new Reading();
        current = mine;
        work.start(() -> {
            from.read(mine::take);
            return mine.all();
        });
    }

    /** Loads the same once more. */
    public void again() {
        if (pages != null) {
            start(pages);
        }
    }

    /** Stops loading, and forgets what it has. */
    public void stop() {
        end();
        items.clear();
    }

    /** Stops loading if it has not ended, until {@link #resume}. Keeps what it has. */
    public void pause() {
        if (isRunning()) {
            paused = true;
            current = null;
            work.stop();
        }
    }

    /** Stops loading for good. Keeps what it has. */
    public void end() {
        paused = false;
        current = null;
        work.stop();
    }

    /** Loads again what was paused. */
    public void resume() {
        if (paused) {
            again();
        }
    }

    /** @param listener gets the first item of each list from now on */
    public void onFirst(Consumer<T> listener) {
        items.addListener((ListChangeListener<T>) change -> {
            while (change.next()) {
                if (change.wasAdded() && change.getFrom() == 0) {
                    listener.accept(items.get(0));
                }
            }
        });
    }

    /**
     * Keeps a choice among the items up to date: what comes anew takes the place of the same thing as it was, and what
     * a whole list no longer has is dropped.
     *
     * @param id tells things apart, whatever has become of them
     */
    public void renew(ObservableSet<T> chosen, Function<T, ?> id) {
        items.addListener((ListChangeListener<T>) change -> {
            while (change.next()) {
                change.getAddedSubList()
                        .forEach(fresh -> chosen.stream()
                                .filter(old -> id.apply(old).equals(id.apply(fresh)) && !old.equals(fresh))
                                .findFirst()
                                .ifPresent(old -> {
                                    chosen.remove(old);
                                    chosen.add(fresh);
                                }));
            }
        });
        onDone(chosen::retainAll);
    }

    /** @param listener gets every whole list from now on */
    public void onDone(Consumer<List<T>> listener) {
        work.onDone(listener);
    }

    /** One reading of the list; pages come on any thread. */
    private final class Reading {

        private final List<T> all = new ArrayList<>();
        private int shown;
        private boolean asked;

        synchronized boolean take(List<T> page) {
            all.addAll(page);
            if (!asked) {
                asked = true;
                workers.fxThread().execute(this::show);
            }
            return true;
        }

        synchronized List<T> all() {
            return List.copyOf(all);
        }

        private synchronized List<T> fresh() {
            asked = false;
            List<T> fresh = List.copyOf(all.subList(shown, all.size()));
            shown = all.size();
            return fresh;
        }

        private void show() {
            List<T> fresh = fresh();
            if (current == this) {
                items.addAll(fresh);
            }
        }
    }
}
