package io.keylesspull.app.cli;

import java.nio.file.Path;
import java.util.Optional;

/** Opens the wizard and returns when its window is closed. */
@FunctionalInterface
public interface Launcher {

    /** @param setup the setup file to open in it; empty for none */
    void launch(SessionOptions options, Optional<Path> setup);
}
