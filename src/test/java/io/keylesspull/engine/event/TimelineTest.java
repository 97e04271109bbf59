package io.keylesspull.engine.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.keylesspull.engine.event.RunEvent.PlannedStep;
import io.keylesspull.engine.event.Timeline.Bar;
import io.keylesspull.engine.event.Timeline.End;
import io.keylesspull.text.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TimelineTest {

    private static final Instant AT = Instant.parse("2026-03-04T10:31:04Z");
    private static final StepId FIRST = StepId.shared("first");
    private static final StepId SECOND = StepId.on("vm", "second");
    private static final Text WORDS = Text.of("engine.doneBefore");

    private static RunEvent started(int second) {
        return new RunEvent.RunStarted(
                AT.plusSeconds(second),
                Purpose.SETUP,
                List.of(new PlannedStep(FIRST, WORDS, Set.of()), new PlannedStep(SECOND, WORDS, Set.of(FIRST))));
    }

    private static RunEvent begun(int second, StepId step) {
        return new RunEvent.StepStarted(AT.plusSeconds(second), step);
    }

    private static RunEvent done(int second, StepId step) {
        return new RunEvent.StepSucceeded(AT.plusSeconds(second), step, Outcome.CREATED, WORDS);
    }

    @Test
    void aStepLastsFromItsStartToItsEnd() {
        Timeline timeline = Timeline.of(List.of(started(0), begun(1, FIRST), done(4, FIRST)));
        assertThat(timeline.bars())
                .containsExactly(new Bar(FIRST, WORDS, AT.plusSeconds(1), AT.plusSeconds(4), End.SUCCEEDED));
        assertThat(timeline.lasted()).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void aStepThatHasNotEndedLastsUntilTheLastEvent() {
        assertThat(Timeline.of(List.of(started(0), begun(1, FIRST), begun(2, SECOND), done(9, FIRST)))
                        .bars())
                .extracting(Bar::end, bar -> bar.lasted().toSeconds())
                .containsExactly(tuple(End.SUCCEEDED, 8L), tuple(End.OPEN, 7L));
    }

    @Test
    void onlyTheLastAttemptCounts() {
        assertThat(Timeline.of(List.of(started(0), begun(1, FIRST), started(100), begun(101, SECOND)))
                        .bars())
                .extracting(Bar::step)
                .containsExactly(SECOND);
    }

    @Test
    void aStepThatDidNotRunHasNoBar() {
        assertThat(Timeline.of(List.of(started(0), done(0, FIRST), new RunEvent.StepBlocked(AT, SECOND, FIRST)))
                        .bars())
                .isEmpty();
    }
}
