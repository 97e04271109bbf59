package io.keylesspull.ui.setup;

import io.keylesspull.setup.plan.Review;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.session.Session;
import io.keylesspull.ui.component.BackgroundTask;
import io.keylesspull.ui.component.Workers;
import java.util.List;
import javafx.beans.Observable;

/** What would be done, whether anything stands in the way, and the same by hand. */
public final class ReviewModel {

    private final BackgroundTask<Review> review;

    public ReviewModel(Workers workers) {
        review = new BackgroundTask<>(workers);
    }

    /** Looks anew: what there is may have changed since the last time. */
    public void open(Session session, SetupRequest request) {
        review.start(() -> session.review(request));
    }

    public void close() {
        review.stop();
    }

    /** Whether everything was looked at and nothing stands in the way. */
    public boolean complete() {
        return review.state() instanceof BackgroundTask.State.Done<Review> done && !done.value().blocked();
    }

    public Observable[] inputs() {
        return new Observable[] {review.stateProperty()};
    }

    public BackgroundTask<Review> review() {
        return review;
    }
}
