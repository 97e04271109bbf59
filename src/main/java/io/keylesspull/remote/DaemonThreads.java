package io.keylesspull.remote;

/**
 * Starts threads for calls of JSch that cannot be interrupted. They do not keep the program alive, and each ends when
 * its connection is closed.
 */
final class DaemonThreads {

    private DaemonThreads() {}

    static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
