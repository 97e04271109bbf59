package io.keylesspull.app;

import io.keylesspull.practice.clock.Pace;
import java.util.Optional;

/** Opens the wizard and comes back when it has been closed. */
@FunctionalInterface
public interface Launcher {

    /** @param practice at which pace to practise; empty: the user chooses on the first page */
    void launch(Optional<Pace> practice);
}
