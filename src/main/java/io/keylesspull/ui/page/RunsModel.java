package io.keylesspull.ui.page;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.setup.session.Sessions;
import io.keylesspull.setup.session.StoredRun.State;
import io.keylesspull.setup.session.StoredRun;
import io.keylesspull.ui.component.Background;
import io.keylesspull.ui.component.Workers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** The runs there are, in practice mode and in Azure, read in the background. */
public final class RunsModel {

    private final Sessions sessions;
    private final Background<List<KeptRun>> reading;
    private final Background<List<KeptRun>> removal;
    private final ReadOnlyObjectWrapper<List<KeptRun>> known = new ReadOnlyObjectWrapper<>(List.of());

    public RunsModel(Sessions sessions, Workers workers) {
        this.sessions = sessions;
        reading = new Background<>(workers);
        removal = new Background<>(workers);
        reading.onDone(known::set);
        removal.onDone(known::set);
    }

    /** Reads them anew, as they may have changed. */
    public void load() {
        reading.start(this::read);
    }

    public Background<List<KeptRun>> reading() {
        return reading;
    }

    /** Deletes a run's folder; what is in Azure stays. */
    public void remove(KeptRun kept) {
        removal.start(() -> {
            sessions.runs(kept.practice()).remove(kept.run());
            return read();
        });
    }

    public Background<List<KeptRun>> removal() {
        return removal;
    }

    /** As they were read last, the latest first. */
    public ReadOnlyObjectProperty<List<KeptRun>> knownProperty() {
        return known.getReadOnlyProperty();
    }

    /** The latest run in Azure and the latest in practice mode whose setup or undo has not come to its end. */
    public List<KeptRun> unfinished() {
        List<KeptRun> latest = new ArrayList<>();
        known.get().stream().filter(RunsModel::isUnfinished)
                .filter(kept -> latest.stream().noneMatch(other -> other.practice() == kept.practice()))
                .forEach(latest::add);
        return latest;
    }

    private static boolean isUnfinished(KeptRun kept) {
        return kept.run().state() == State.UNFINISHED || kept.run().state() == State.UNDOING;
    }

    private List<KeptRun> read() throws Failure {
        List<KeptRun> all = new ArrayList<>();
        for (boolean practice : new boolean[] {false, true}) {
            for (StoredRun run : sessions.runs(practice).list()) {
                all.add(new KeptRun(run, practice));
            }
        }
        all.sort(Comparator.comparing((KeptRun kept) -> kept.run().started()).reversed());
        return List.copyOf(all);
    }
}
