package io.keylesspull.ui.file;

import io.keylesspull.setup.request.SetupFile;
import io.keylesspull.setup.request.SetupFile.Reading;
import io.keylesspull.ui.component.BackgroundTask;
import io.keylesspull.ui.component.Workers;
import java.nio.file.Path;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import org.jspecify.annotations.Nullable;

/** The setup file that is opened, if one is, as it is read for practice mode or for Azure. */
public final class OpenedFile {

    private final ObservableValue<Boolean> practice;
    private final ReadOnlyObjectWrapper<@Nullable Path> file = new ReadOnlyObjectWrapper<>();
    private final BackgroundTask<Reading> reading;

    /** @param practice whether practice mode is chosen; the file is read again for the other one */
    public OpenedFile(Workers workers, ObservableValue<Boolean> practice) {
        this.practice = practice;
        reading = new BackgroundTask<>(workers);
        practice.addListener((property, before, now) -> read());
    }

    /** Opens another one. */
    public void open(Path opened) {
        file.set(opened);
        read();
    }

    void close() {
        reading.stop();
        file.set(null);
    }

    private void read() {
        Path opened = file.get();
        boolean forPractice = practice.getValue();
        if (opened != null) {
            reading.start(() -> SetupFile.read(opened, forPractice));
        }
    }

    /** Null if none is opened. */
    ReadOnlyObjectProperty<@Nullable Path> fileProperty() {
        return file.getReadOnlyProperty();
    }

    BackgroundTask<Reading> reading() {
        return reading;
    }
}
