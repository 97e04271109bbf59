package io.keylesspull.ui.runs;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.setup.plan.UndoList;
import io.keylesspull.setup.session.Session;
import io.keylesspull.setup.session.Sessions;
import io.keylesspull.setup.session.StoredRun;
import io.keylesspull.setup.step.UndoChoice;
import io.keylesspull.ui.component.BackgroundTask;
import io.keylesspull.ui.component.Workers;
import java.util.LinkedHashSet;
import java.util.Set;
import javafx.collections.FXCollections;
import javafx.collections.ObservableSet;

/** What undoing a run would do, as looked up in Azure, and what the administrator chose in addition. */
public final class UndoModel {

    /** A run in its present state, and what undoing it would do. */
    public record Looked(EarlierRun earlier, UndoList list) {}

    private final Sessions sessions;
    private final BackgroundTask<Looked> look;
    private final ObservableSet<UndoChoice> chosen = FXCollections.observableSet(new LinkedHashSet<>());

    public UndoModel(Sessions sessions, Workers workers) {
        this.sessions = sessions;
        look = new BackgroundTask<>(workers);
    }

    /** Drops the list and the choices. */
    public void clear() {
        look.stop();
        chosen.clear();
    }

    /** Reads the run's folder again, since the run may have continued, and then asks Azure. */
    public void open(Session session, boolean practice, String run) {
        clear();
        look.start(() -> {
            StoredRun now = find(practice, run);
            return new Looked(new EarlierRun(now, practice), session.undoList(now));
        });
    }

    private StoredRun find(boolean practice, String run) throws Failure {
        return sessions.runs(practice).list().stream()
                .filter(each -> each.id().equals(run))
                .findFirst()
                .orElseThrow(() -> Failure.of("ui.undo.noRun", "", run));
    }

    public BackgroundTask<Looked> look() {
        return look;
    }

    /** What is undone in addition; nothing at first. */
    public ObservableSet<UndoChoice> chosen() {
        return chosen;
    }

    /** Whether there is something to do. */
    public boolean ready() {
        return look.state() instanceof BackgroundTask.State.Done<Looked> done
                && (!done.value().list().goes().isEmpty()
                        || !chosen.isEmpty()
                        || onlyToBeNoted(done.value().list()));
    }

    /** Whether nothing of the run is left, so that the undo only records that. */
    static boolean onlyToBeNoted(UndoList list) {
        return list.isEmpty() && list.stays().isEmpty();
    }

    public Set<UndoChoice> choices() {
        return Set.copyOf(chosen);
    }
}
