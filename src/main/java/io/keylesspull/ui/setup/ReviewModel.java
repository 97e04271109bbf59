package io.keylesspull.ui.setup;

import io.keylesspull.setup.plan.Review;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.session.Session;
import io.keylesspull.ui.component.BackgroundTask;
import io.keylesspull.ui.component.Workers;
import javafx.beans.Observable;

/** What the run would do, the checks before it, and the same by hand. */
final class ReviewModel {

    private final BackgroundTask<Review> review;

    ReviewModel(Workers workers) {
        review = new BackgroundTask<>(workers);
    }

    /** Asks again, as Azure may have changed. */
    void open(Session session, SetupRequest request) {
        review.start(() -> session.review(request));
    }

    void stop() {
        review.stop();
    }

    /** Whether it is loaded and no check forbids the run. */
    boolean complete() {
        return review.state() instanceof BackgroundTask.State.Done<Review> done
                && !done.value().blocked();
    }

    Observable[] inputs() {
        return new Observable[] {review.stateProperty()};
    }

    BackgroundTask<Review> review() {
        return review;
    }
}
