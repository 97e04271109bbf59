package io.keylesspull.app.cli;

import io.keylesspull.practice.clock.Pace;

/** Serves the practice cloud alone, to other programs. */
@FunctionalInterface
public interface Serving {

    /**
     * Blocks until the calling thread is interrupted.
     *
     * @param port of the loopback interface; 0 for one that is free
     * @return the program's exit status
     */
    int serve(Pace pace, int port);
}
