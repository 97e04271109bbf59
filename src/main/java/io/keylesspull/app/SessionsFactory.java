package io.keylesspull.app;

import io.keylesspull.practice.clock.Pace;
import io.keylesspull.setup.session.Sessions;
import java.util.Optional;

/** Makes what a run works with, only once a run is really wanted. */
@FunctionalInterface
public interface SessionsFactory {

    /** @param practice the pace of the practice cloud; empty where the run is meant for Azure */
    Open open(Optional<Pace> practice);

    /**
     * @param prepare loads what the first sign-in needs, for whoever has time before it; asks nothing of anybody
     * @param release lets go of what holds the sessions up, such as the practice cloud
     */
    record Open(Sessions sessions, Runnable prepare, Runnable release) implements AutoCloseable {

        @Override
        public void close() {
            release.run();
        }
    }
}
