package io.keylesspull.ui.settings;

import io.keylesspull.ui.component.BackgroundTask;
import io.keylesspull.ui.component.Workers;
import io.keylesspull.ui.settings.SettingsHost.NetworkEntry;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;

/** How the program is to start: the data folder and the network, as they are entered and as they were saved. */
final class StartModel {

    /** @param dataFolder empty for the standard one */
    record Saved(String dataFolder, NetworkEntry network) {}

    private final SettingsHost.StartStore store;
    private final StringProperty dataFolder = new SimpleStringProperty("");
    private final StringProperty proxy = new SimpleStringProperty("");
    private final StringProperty sshProxy = new SimpleStringProperty("");
    private final StringProperty caFile = new SimpleStringProperty("");
    private final ObjectProperty<Saved> saved = new SimpleObjectProperty<>(new Saved("", NetworkEntry.NONE));
    private final BackgroundTask<NetworkEntry> reading;
    private final BackgroundTask<Saved> saving;
    private final BooleanBinding changed;

    StartModel(Settings settings, SettingsHost.StartStore store, Workers workers) {
        this.store = store;
        reading = new BackgroundTask<>(workers);
        saving = new BackgroundTask<>(workers);
        reading.onDone(network -> take(new Saved(settings.dataFolderProperty().get(), network)));
        saving.onDone(now -> {
            settings.dataFolderProperty().set(now.dataFolder());
            take(now);
        });
        changed = Bindings.createBooleanBinding(
                () -> !entered().equals(saved.get()), dataFolder, proxy, sshProxy, caFile, saved);
    }

    /** Reads what was saved; what was entered and not saved is forgotten. */
    void load() {
        saving.stop();
        reading.start(store::read);
    }

    /** Checks and keeps what is entered. */
    void save() {
        Saved wanted = entered();
        saving.start(() -> {
            store.write(wanted.network(), wanted.dataFolder());
            return new Saved(wanted.dataFolder(), store.read());
        });
    }

    private void take(Saved now) {
        saved.set(now);
        dataFolder.set(now.dataFolder());
        proxy.set(now.network().proxy());
        sshProxy.set(now.network().sshProxy());
        caFile.set(now.network().caFile());
    }

    private Saved entered() {
        return new Saved(
                dataFolder.get().strip(),
                new NetworkEntry(
                        proxy.get().strip(),
                        sshProxy.get().strip(),
                        caFile.get().strip()));
    }

    BackgroundTask<NetworkEntry> reading() {
        return reading;
    }

    BackgroundTask<Saved> saving() {
        return saving;
    }

    /** Whether something is entered that is not saved. */
    ObservableValue<Boolean> changed() {
        return changed;
    }

    StringProperty dataFolderProperty() {
        return dataFolder;
    }

    StringProperty proxyProperty() {
        return proxy;
    }

    StringProperty sshProxyProperty() {
        return sshProxy;
    }

    StringProperty caFileProperty() {
        return caFile;
    }
}
