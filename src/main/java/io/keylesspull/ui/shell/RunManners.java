package io.keylesspull.ui.shell;

import io.keylesspull.engine.event.Purpose;
import io.keylesspull.engine.event.RunEvent.RunResult;
import io.keylesspull.text.Texts;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableValue;
import org.jspecify.annotations.Nullable;

/** While a run is under way the computer does not go to sleep; at its end the system says so, if nobody looks. */
final class RunManners {

    private final Texts texts;
    private final Desktop desktop;
    private final BooleanSupplier tells;
    private final Supplier<Purpose> purpose;
    private final ChangeListener<@Nullable RunResult> ended = (result, before, now) -> changed(now);
    private @Nullable ObservableValue<RunResult> watched;
    private @Nullable Runnable sleepAgain;

    /**
     * @param tells whether the end of a run is to be said outside of the window
     * @param purpose of the run that is shown
     */
    RunManners(Texts texts, Desktop desktop, BooleanSupplier tells, Supplier<Purpose> purpose) {
        this.texts = texts;
        this.desktop = desktop;
        this.tells = tells;
        this.purpose = purpose;
    }

    /** Called when a run's page is shown. @param result how the run ended; null before its end */
    void watch(ObservableValue<RunResult> result) {
        if (watched == result) {
            return;
        }
        close();
        watched = result;
        result.addListener(ended);
        if (result.getValue() == null) {
            sleepAgain = desktop.stayAwake();
        }
    }

    private void changed(@Nullable RunResult now) {
        letSleep();
        if (now == null) {
            sleepAgain = desktop.stayAwake();
        } else if (tells.getAsBoolean()) {
            String key = purpose.get() == Purpose.UNDO ? "ui.run.undo.result." : "ui.run.result.";
            desktop.say(texts.render("ui.window.title"), texts.render(key + now));
        }
    }

    private void letSleep() {
        if (sleepAgain != null) {
            sleepAgain.run();
            sleepAgain = null;
        }
    }

    /** Called when the window is closed. */
    void close() {
        letSleep();
        if (watched != null) {
            watched.removeListener(ended);
            watched = null;
        }
    }
}
