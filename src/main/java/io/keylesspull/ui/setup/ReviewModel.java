package io.keylesspull.ui.setup;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.setup.export.Exports;
import io.keylesspull.setup.export.Format;
import io.keylesspull.setup.plan.Review;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.session.Session;
import io.keylesspull.setup.step.Check;
import io.keylesspull.text.FileErrors;
import io.keylesspull.ui.component.BackgroundTask;
import io.keylesspull.ui.component.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javafx.beans.Observable;

/** What the run would do, the checks before it, and the same by hand. */
final class ReviewModel {

    private final BackgroundTask<Review> review;
    private final BackgroundTask<List<Check>> longer;
    private final BackgroundTask<Path> exporting;
    private final BackgroundTask<Duration> expected;

    ReviewModel(Workers workers) {
        review = new BackgroundTask<>(workers);
        longer = new BackgroundTask<>(workers);
        expected = new BackgroundTask<>(workers);
        exporting = new BackgroundTask<>(workers);
    }

    /** Asks again, as Azure may have changed. */
    void open(Session session, SetupRequest request) {
        longer.stop();
        review.start(() -> session.review(request));
        expected.start(() -> session.expected(request));
    }

    /** Makes all checks, also those that take longer: of the way to each existing machine, and from there. */
    void check(Session session, SetupRequest request) {
        longer.start(() -> session.check(request));
    }

    /** Writes the reviewed setup to a file, which may exist. Does nothing until the review is done. */
    void export(Format format, Path file) {
        if (review.state() instanceof BackgroundTask.State.Done<Review> done) {
            Exports exports = done.value().exports();
            exporting.start(() -> write(exports, format, file));
        }
    }

    private static Path write(Exports exports, Format format, Path file) throws Failure {
        try {
            Files.writeString(file, exports.text(format));
        } catch (IOException e) {
            throw Failure.of("ui.review.notExported", FileErrors.reason(e), file.toString());
        }
        if (format == Format.BASH) {
            // Windows has no such bit; without it, the script is run by naming the shell.
            var unused = file.toFile().setExecutable(true);
        }
        return file;
    }

    /** The last export. */
    BackgroundTask<Path> exporting() {
        return exporting;
    }

    void stop() {
        review.stop();
        expected.stop();
        longer.stop();
    }

    /** Whether it is loaded and no check forbids the run. */
    boolean complete() {
        boolean forbidden = longer.state() instanceof BackgroundTask.State.Done<List<Check>> done
                && done.value().stream().anyMatch(Check::isBad);
        return review.state() instanceof BackgroundTask.State.Done<Review> done
                && !done.value().blocked()
                && !forbidden;
    }

    Observable[] inputs() {
        return new Observable[] {review.stateProperty(), longer.stateProperty()};
    }

    /** About how long the run takes. */
    BackgroundTask<Duration> expected() {
        return expected;
    }

    BackgroundTask<Review> review() {
        return review;
    }

    /** The checks of {@link #check}, which are more than those of {@link #review}. */
    BackgroundTask<List<Check>> longer() {
        return longer;
    }
}
