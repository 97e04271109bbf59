package io.keylesspull.app.cli;

/** Opens the wizard and returns when its window is closed. */
@FunctionalInterface
public interface Launcher {

    void launch(SessionOptions options);
}
