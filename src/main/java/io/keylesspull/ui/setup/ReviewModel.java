package io.keylesspull.ui.setup;

import io.keylesspull.setup.Check;
import io.keylesspull.setup.PlannedChange;
import io.keylesspull.setup.Session;
import io.keylesspull.setup.SetupRequest;
import io.keylesspull.ui.component.BackgroundTask;
import io.keylesspull.ui.component.Workers;
import java.util.List;
import javafx.beans.Observable;

/** What would be done, and whether anything stands in the way. */
public final class ReviewModel {

    private final BackgroundTask<List<PlannedChange>> changes;
    private final BackgroundTask<List<Check>> checks;

    public ReviewModel(Workers workers) {
        changes = new BackgroundTask<>(workers);
        checks = new BackgroundTask<>(workers);
    }

    /** Looks anew: what there is may have changed since the last time. */
    public void open(Session session, SetupRequest request) {
        changes.start(() -> session.changes(request));
        checks.start(() -> session.checks(request));
    }

    public void close() {
        changes.stop();
        checks.stop();
    }

    /** Whether everything was looked at and nothing stands in the way. */
    public boolean complete() {
        return changes.state() instanceof BackgroundTask.State.Done
                && checks.state() instanceof BackgroundTask.State.Done<List<Check>> done
                && done.value().stream().noneMatch(check -> check.verdict() == Check.Verdict.BAD);
    }

    public Observable[] inputs() {
        return new Observable[] {changes.stateProperty(), checks.stateProperty()};
    }

    public BackgroundTask<List<PlannedChange>> changes() {
        return changes;
    }

    public BackgroundTask<List<Check>> checks() {
        return checks;
    }
}
