package io.keylesspull.app;

import io.keylesspull.disk.PrivateFiles;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.network.NetworkChoice;
import io.keylesspull.network.NetworkSettingsException;
import io.keylesspull.setup.step.AzureFailures;
import io.keylesspull.text.FileErrors;
import io.keylesspull.ui.settings.SettingsHost.NetworkEntry;
import io.keylesspull.ui.settings.SettingsHost.StartStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** The network's part of the settings page: {@code settings.json}. Of the data folder only whether it can be one. */
final class StartSettings implements StartStore {

    private final Path file;

    /** @param file the user's settings file; need not exist */
    StartSettings(Path file) {
        this.file = file;
    }

    @Override
    public NetworkEntry read() throws Failure {
        NetworkChoice masked = stored().masked();
        return new NetworkEntry(masked.proxy(), masked.sshProxy(), masked.caFile());
    }

    @Override
    public void write(NetworkEntry network, String dataFolder) throws Failure {
        if (!dataFolder.isEmpty()) {
            prepare(dataFolder);
        }
        try {
            new NetworkChoice(network.proxy(), network.sshProxy(), network.caFile())
                    .over(stored())
                    .write(file);
        } catch (NetworkSettingsException e) {
            throw AzureFailures.failure(e);
        } catch (IOException e) {
            throw Failure.of("app.settings.notSaved", FileErrors.reason(e), file.toString());
        }
    }

    private NetworkChoice stored() throws Failure {
        try {
            return NetworkChoice.read(file);
        } catch (NetworkSettingsException e) {
            throw AzureFailures.failure(e);
        }
    }

    private static void prepare(String dataFolder) throws Failure {
        try {
            Path folder = Path.of(dataFolder);
            if (!folder.isAbsolute()) {
                throw Failure.of("app.settings.relative", "", dataFolder);
            }
            PrivateFiles.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, ".keyless-pull", null));
        } catch (InvalidPathException e) {
            throw Failure.of("app.settings.relative", "", dataFolder);
        } catch (IOException e) {
            throw Failure.of("app.settings.dataFolder", FileErrors.reason(e), dataFolder);
        }
    }
}
