package io.keylesspull.ui.shell;

import io.keylesspull.engine.event.RunEvent.RunResult;
import io.keylesspull.text.Texts;
import java.util.function.Consumer;
import javafx.beans.InvalidationListener;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableDoubleValue;
import javafx.beans.value.ObservableObjectValue;
import org.jspecify.annotations.Nullable;

/**
 * The window's title, so that the task bar tells how far a run is, and how it ended until somebody looks. JavaFX itself
 * reaches no task bar.
 */
final class WindowTitle {

    private final Texts texts;
    private final Consumer<String> title;
    private final ObservableBooleanValue focused;
    private final ChangeListener<@Nullable RunResult> ended = (property, before, now) -> ended(now);
    private final InvalidationListener moved = observable -> say();
    private @Nullable ObservableObjectValue<RunResult> result;
    private @Nullable ObservableDoubleValue progress;
    /** How a run ended at which nobody has looked since. */
    private @Nullable RunResult unseen;

    /** @param title gets the title each time it changes. @param focused whether somebody looks at the window */
    WindowTitle(Texts texts, Consumer<String> title, ObservableBooleanValue focused) {
        this.texts = texts;
        this.title = title;
        this.focused = focused;
        focused.addListener((property, before, now) -> say());
        say();
    }

    /** Called when a run's page is shown. @param how the run ended; null before its end. @param done from 0 to 1 */
    void watch(ObservableObjectValue<RunResult> how, ObservableDoubleValue done) {
        if (result == how) {
            return;
        }
        if (result != null && progress != null) {
            result.removeListener(ended);
            progress.removeListener(moved);
        }
        result = how;
        progress = done;
        how.addListener(ended);
        done.addListener(moved);
        say();
    }

    private void ended(@Nullable RunResult how) {
        unseen = how;
        say();
    }

    private void say() {
        if (focused.get()) {
            unseen = null;
        }
        if (result != null && progress != null && result.get() == null) {
            title.accept(texts.render("ui.window.title.running", (int) (progress.get() * 100)));
        } else if (unseen != null) {
            title.accept(texts.render("ui.window.title." + unseen));
        } else {
            title.accept(texts.render("ui.window.title"));
        }
    }
}
