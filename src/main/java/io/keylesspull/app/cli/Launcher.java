package io.keylesspull.app.cli;

import io.keylesspull.practice.clock.Pace;
import java.util.Optional;

/** Opens the wizard and returns when its window is closed. */
@FunctionalInterface
public interface Launcher {

    /** @param practice the pace of the practice cloud; empty: the user chooses on the first page */
    void launch(Optional<Pace> practice);
}
