package io.keylesspull.ui.page;

import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.session.Session;
import io.keylesspull.setup.step.Check;
import io.keylesspull.setup.step.PlannedChange;
import io.keylesspull.ui.component.Background;
import io.keylesspull.ui.component.Workers;
import java.util.List;
import javafx.beans.Observable;

/** What would be done, and whether anything stands in the way. */
public final class ReviewModel {

    private final Background<List<PlannedChange>> changes;
    private final Background<List<Check>> checks;

    public ReviewModel(Workers workers) {
        changes = new Background<>(workers);
        checks = new Background<>(workers);
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
        return changes.state() instanceof Background.State.Done
                && checks.state() instanceof Background.State.Done<List<Check>> done
                && done.value().stream().noneMatch(check -> check.verdict() == Check.Verdict.BAD);
    }

    public Observable[] inputs() {
        return new Observable[] {changes.stateProperty(), checks.stateProperty()};
    }

    public Background<List<PlannedChange>> changes() {
        return changes;
    }

    public Background<List<Check>> checks() {
        return checks;
    }
}
