package io.keylesspull.ui.run;

import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.text.Text;
import io.keylesspull.text.Texts;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** A step's state in words. */
final class StepTexts {

    private final Texts texts;

    StepTexts(Texts texts) {
        this.texts = texts;
    }

    /** Short, beside the title: a time, or "found". */
    String brief(StepState step, Instant now) {
        return switch (step.status()) {
            case DONE ->
                step.outcome().equals(Optional.of(Outcome.FOUND))
                        ? texts.render("ui.run.found")
                        : step.leftAlone() ? texts.render("ui.run.stays") : time(step, now);
            case RUNNING, WAITING, FAILED -> time(step, now);
            case PENDING, BLOCKED -> "";
            case CANCELLED -> texts.render("ui.run.cancelled");
        };
    }

    private String time(StepState step, Instant now) {
        return step.elapsed(now).map(StepTexts::clock).orElse("");
    }

    /** Below the title: what it is doing, why it waits, or what blocks it; empty for nothing. */
    String more(StepState step, Instant now, Function<StepId, Optional<StepState>> others) {
        return switch (step.status()) {
            case RUNNING -> step.doing().map(texts::render).orElse("");
            case WAITING ->
                step.retry()
                        .map(retry -> texts.render(
                                "ui.run.waiting",
                                step.doing().orElseThrow(),
                                retry.attempt(),
                                Math.round(Math.ceil(retry.left(now).toMillis() / 1000.0))))
                        .orElse("");
            case FAILED ->
                step.problem().map(problem -> texts.render(problem.what())).orElse("");
            case BLOCKED ->
                step.blockedBy()
                        .flatMap(others)
                        .map(by -> texts.render(Text.of("ui.run.blocked", by.title())))
                        .orElse("");
            case DONE -> step.leftAlone() ? step.doing().map(texts::render).orElse("") : "";
            case PENDING, CANCELLED -> "";
        };
    }

    /** For screen readers. */
    String status(StepStatus status) {
        return texts.render("ui.run.status." + status);
    }

    /** Minutes and seconds, and hours if there are any. */
    static String clock(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        return seconds < 3600
                ? String.format("%d:%02d", seconds / 60, seconds % 60)
                : String.format("%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
}
