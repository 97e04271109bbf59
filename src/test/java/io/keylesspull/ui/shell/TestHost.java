package io.keylesspull.ui.shell;

import io.keylesspull.ui.settings.SettingsHost;
import io.keylesspull.ui.settings.SettingsHost.About;
import io.keylesspull.ui.settings.SettingsHost.Data;
import io.keylesspull.ui.settings.SettingsHost.NetworkEntry;
import io.keylesspull.ui.settings.SettingsHost.StartStore;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** A program around the window that keeps the network's settings in memory. */
final class TestHost {

    private TestHost() {}

    static SettingsHost of(boolean dark) {
        Path home = Path.of("/home/megan");
        return new SettingsHost(
                dark,
                Locale.ENGLISH,
                Optional::empty,
                new Data(
                        home.resolve(".local/share/keyless-pull"),
                        home.resolve(".local/share/keyless-pull"),
                        Optional.empty(),
                        home.resolve(".config/keyless-pull")),
                new InMemory(),
                Optional.empty(),
                new About(Optional.of("1.0.0"), Optional.empty(), () -> "Keyless Pull 1.0.0\nJava 17.0.12"));
    }

    private static final class InMemory implements StartStore {

        private NetworkEntry stored = NetworkEntry.NONE;

        @Override
        public synchronized NetworkEntry read() {
            return stored;
        }

        @Override
        public synchronized void write(NetworkEntry network, String dataFolder) {
            stored = network;
        }
    }
}
