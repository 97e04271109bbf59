package io.keylesspull.app.cli;

import io.keylesspull.network.NetworkOptions;
import io.keylesspull.practice.clock.Pace;
import java.util.Optional;

/**
 * What sessions are to be opened.
 *
 * @param practice the pace of the practice cloud; empty: the run is meant for Azure, or the wizard's user chooses
 */
public record SessionOptions(Optional<Pace> practice, NetworkOptions network) {

    /** Of a program that is started without options. */
    public static final SessionOptions NONE = new SessionOptions(Optional.empty(), NetworkOptions.NONE);
}
