package io.keylesspull.remote;

/**
 * Threads for what JSch cannot be interrupted in. They never keep the program alive, and each ends by itself once
 * its connection is closed.
 */
final class Background {

    private Background() {
    }

    static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
