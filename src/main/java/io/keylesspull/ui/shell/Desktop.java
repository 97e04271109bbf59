package io.keylesspull.ui.shell;

/** What the system around the window does for it. Neither method blocks; where the system cannot, nothing happens. */
public interface Desktop {

    /** Says something outside of the window. Both texts are plain. */
    void say(String title, String text);

    /** Keeps the computer from going to sleep. @return lets it sleep again */
    Runnable stayAwake();

    /** A system that does nothing. */
    static Desktop none() {
        return new Desktop() {
            @Override
            public void say(String title, String text) {
                // Nobody is there to read it.
            }

            @Override
            public Runnable stayAwake() {
                return () -> {};
            }
        };
    }
}
