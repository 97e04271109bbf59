package io.keylesspull.app.cli;

import io.keylesspull.practice.clock.Pace;
import java.util.Locale;
import java.util.Optional;

/** The option that a command needs to work on the same kind of runs, in practice or in Azure. */
final class PracticeOption {

    private PracticeOption() {}

    /** @return with a blank at its end; empty for Azure */
    static String prefix(Optional<Pace> practice) {
        return practice.map(pace -> pace == Pace.FAST
                        ? "--practice "
                        : "--practice=" + pace.name().toLowerCase(Locale.ROOT) + " ")
                .orElse("");
    }
}
