package io.keylesspull.ui.runs;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.setup.session.Sessions;
import io.keylesspull.setup.session.StoredRun;
import io.keylesspull.setup.session.StoredRun.State;
import io.keylesspull.text.Texts;
import io.keylesspull.ui.component.BackgroundTask;
import io.keylesspull.ui.component.Workers;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** All earlier runs, in practice mode and in Azure. Read in the background. */
public final class RunsModel {

    private final Sessions sessions;
    private final BackgroundTask<List<EarlierRun>> reading;
    private final BackgroundTask<List<EarlierRun>> removal;
    private final BackgroundTask<Path> reporting;
    private final Texts texts;
    private final ReadOnlyObjectWrapper<List<EarlierRun>> known = new ReadOnlyObjectWrapper<>(List.of());

    /** @param texts the language of reports */
    public RunsModel(Sessions sessions, Workers workers, Texts texts) {
        this.sessions = sessions;
        this.texts = texts;
        reading = new BackgroundTask<>(workers);
        removal = new BackgroundTask<>(workers);
        reporting = new BackgroundTask<>(workers);
        reading.onDone(known::set);
        removal.onDone(known::set);
    }

    /** Reads them again, as they may have changed. */
    public void load() {
        reading.start(this::read);
    }

    public BackgroundTask<List<EarlierRun>> reading() {
        return reading;
    }

    /** Deletes a run's folder; what is in Azure stays. */
    public void remove(EarlierRun earlier) {
        removal.start(() -> {
            sessions.runs(earlier.practice()).remove(earlier.stored());
            return read();
        });
    }

    public BackgroundTask<List<EarlierRun>> removal() {
        return removal;
    }

    /** Saves the report of a run to a file. */
    void saveReport(EarlierRun earlier, Path file) {
        reporting.start(() -> {
            sessions.runs(earlier.practice()).report(earlier.stored()).save(file, texts, ZoneId.systemDefault());
            return file;
        });
    }

    BackgroundTask<Path> reporting() {
        return reporting;
    }

    /** As last read; the latest run first. */
    public ReadOnlyObjectProperty<List<EarlierRun>> knownProperty() {
        return known.getReadOnlyProperty();
    }

    /** The latest run in Azure and the latest in practice mode whose setup or undo is not finished. */
    public List<EarlierRun> unfinished() {
        List<EarlierRun> latest = new ArrayList<>();
        known.get().stream()
                .filter(RunsModel::isUnfinished)
                .filter(earlier -> latest.stream().noneMatch(other -> other.practice() == earlier.practice()))
                .forEach(latest::add);
        return latest;
    }

    private static boolean isUnfinished(EarlierRun earlier) {
        StoredRun run = earlier.stored();
        return !run.cloudEnded() && (run.state() == State.UNFINISHED || run.state() == State.UNDOING);
    }

    private List<EarlierRun> read() throws Failure {
        List<EarlierRun> all = new ArrayList<>();
        for (boolean practice : new boolean[] {false, true}) {
            for (StoredRun run : sessions.runs(practice).list()) {
                all.add(new EarlierRun(run, practice));
            }
        }
        all.sort(Comparator.comparing((EarlierRun earlier) -> earlier.stored().started())
                .reversed());
        return List.copyOf(all);
    }
}
