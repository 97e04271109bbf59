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

/** What taking a run back would do, looked up in Azure, and what is chosen of what is asked for. */
public final class UndoModel {

    /** A run as it stands, and what undoing it would do. */
    public record Looked(EarlierRun earlier, UndoList list) {
    }

    private final Sessions sessions;
    private final BackgroundTask<Looked> look;
    private final ObservableSet<UndoChoice> chosen = FXCollections.observableSet(new LinkedHashSet<>());

    public UndoModel(Sessions sessions, Workers workers) {
        this.sessions = sessions;
        look = new BackgroundTask<>(workers);
    }

    /** Forgets what was looked up and chosen before. */
    public void clear() {
        look.stop();
        chosen.clear();
    }

    /** Looks a run up: first in its folder, since it may have gone on since it was listed, then in Azure. */
    public void open(Session session, boolean practice, String run) {
        clear();
        look.start(() -> {
            StoredRun now = find(practice, run);
            return new Looked(new EarlierRun(now, practice), session.undoList(now));
        });
    }

    private StoredRun find(boolean practice, String run) throws Failure {
        return sessions.runs(practice).list().stream().filter(each -> each.id().equals(run)).findFirst()
                .orElseThrow(() -> Failure.of("ui.undo.noRun", "", run));
    }

    public BackgroundTask<Looked> look() {
        return look;
    }

    /** What of that which is asked for is to be taken back; nothing at first. */
    public ObservableSet<UndoChoice> chosen() {
        return chosen;
    }

    /** Whether there is something to do by the list that was shown. */
    public boolean ready() {
        return look.state() instanceof BackgroundTask.State.Done<Looked> done
                && (!done.value().list().goes().isEmpty() || !chosen.isEmpty() || onlyToBeNoted(done.value().list()));
    }

    /** Whether nothing of the run is there any more, so that undoing it only notes that. */
    static boolean onlyToBeNoted(UndoList list) {
        return list.isEmpty() && list.stays().isEmpty();
    }

    public Set<UndoChoice> choices() {
        return Set.copyOf(chosen);
    }
}
