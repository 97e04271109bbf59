package io.keylesspull.ui.shell;

import io.keylesspull.setup.session.Sessions;
import io.keylesspull.text.Texts;
import io.keylesspull.time.Time;
import io.keylesspull.ui.settings.SettingsHost;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * What the wizard works with. Nothing is null.
 *
 * @param background for everything that may block; several tasks at a time
 * @param random for names that nobody has
 * @param browser opens an address or a folder for the administrator; may block
 * @param arrangement of the window, the last time
 * @param host what the settings are about
 * @param desktop the system around the window
 */
public record Dependencies(
        Texts texts,
        Sessions sessions,
        ExecutorService background,
        Time time,
        RandomGenerator random,
        Consumer<URI> browser,
        Arrangement arrangement,
        SettingsHost host,
        Desktop desktop) {}
