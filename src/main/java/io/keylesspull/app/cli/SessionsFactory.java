package io.keylesspull.app.cli;

import io.keylesspull.setup.session.Sessions;

/** Opens sessions when they are needed, so that {@code --help} starts no practice cloud. */
@FunctionalInterface
public interface SessionsFactory {

    OpenSessions open(SessionOptions options);

    /**
     * @param prepare loads classes that the first sign-in needs, to save time later; sends no request
     * @param release releases what the sessions use, such as the practice cloud
     */
    record OpenSessions(Sessions sessions, Runnable prepare, Runnable release) implements AutoCloseable {

        @Override
        public void close() {
            release.run();
        }
    }
}
