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

    private static RunEvent planned(PlannedStep... steps) {
        return new RunEvent.RunStarted(AT, Purpose.SETUP, List.of(steps));
    }

    private static PlannedStep step(StepId id, StepId... after) {
        return new PlannedStep(id, Text.of("scripted.words", id.name()), Set.of(after));
    }

    private static RunEvent waits(int second, StepId step, String reason, int next) {
        return new RunEvent.StepWaiting(
                AT.plusSeconds(second),
                step,
                Text.of("scripted.words", reason),
                1,
                Duration.ofSeconds(next),
                Duration.ofMinutes(9));
    }

    @Test
    void looksForTheSameThingAreOneWait() {
        Bar bar = Timeline.of(List.of(
                        started(0),
                        begun(1, FIRST),
                        waits(2, FIRST, "role", 5),
                        waits(8, FIRST, "role", 5),
                        waits(20, FIRST, "lock", 30),
                        done(24, FIRST)))
                .bars()
                .get(0);
        assertThat(bar.waits())
                .extracting(
                        wait -> wait.from().getEpochSecond() - AT.getEpochSecond(),
                        wait -> wait.to().getEpochSecond() - AT.getEpochSecond())
                .containsExactly(tuple(2L, 13L), tuple(20L, 24L));
    }

    @Test
    void aStepIsHeldWhileOneThingThatItNeedsIsMissing() {
        StepId early = StepId.shared("early");
        StepId third = StepId.shared("third");
        Timeline timeline = Timeline.of(List.of(
                planned(step(early), step(FIRST), step(SECOND), step(third, early, FIRST, SECOND)),
                done(0, early),
                begun(0, FIRST),
                begun(0, SECOND),
                done(3, FIRST),
                done(9, SECOND),
                begun(9, third)));
        assertThat(timeline.bars().get(2).held())
                .contains(new Timeline.Held(AT.plusSeconds(3), Text.of("scripted.words", "second")));
        assertThat(timeline.bars().get(0).held()).isEmpty();
    }

    @Test
    void whatHasNotBegunSaysWhatItWaitsFor() {
        Timeline timeline =
                Timeline.of(List.of(planned(step(FIRST), step(SECOND, FIRST)), begun(1, FIRST)), AT.plusSeconds(30));
        assertThat(timeline.pending())
                .containsExactly(new Timeline.Pending(
                        SECOND,
                        Text.of("scripted.words", "second"),
                        java.util.Optional.of(Text.of("scripted.words", "first"))));
        assertThat(timeline.bars().get(0).lasted()).isEqualTo(Duration.ofSeconds(29));
    }

    private static List<TimelineRow> rows(int targets) {
        List<PlannedStep> steps = new java.util.ArrayList<>(List.of(step(FIRST)));
        List<RunEvent> events = new java.util.ArrayList<>();
        for (int i = 0; i < targets; i++) {
            steps.add(step(StepId.on("vm" + i, "pull"), FIRST));
            steps.add(step(StepId.on("vm" + i, "proof"), StepId.on("vm" + i, "pull")));
        }
        events.add(planned(steps.toArray(PlannedStep[]::new)));
        events.add(begun(0, FIRST));
        events.add(done(2, FIRST));
        for (int i = 0; i < targets; i++) {
            events.add(begun(2 + i, StepId.on("vm" + i, "pull")));
        }
        events.add(done(targets + 5, StepId.on("vm0", "pull")));
        return TimelineRow.of(Timeline.of(events));
    }

    @Test
    void theStepsOfFewTargetsAreRowsTargetByTarget() {
        assertThat(rows(2))
                .extracting(row -> row.target().orElse(""), row -> row.bars().size())
                .containsExactly(tuple("", 1), tuple("vm0", 1), tuple("vm0", 0), tuple("vm1", 1), tuple("vm1", 0));
    }

    @Test
    void upToFiftyTargetsAreRows() {
        assertThat(rows(50)).hasSize(51);
        assertThat(rows(50).get(1).title()).isEmpty();
    }

    @Test
    void theStepsOfMoreTargetsAreRowsFromTheFirstBeginningToTheLastEnd() {
        List<TimelineRow> rows = rows(1000);
        assertThat(rows)
                .extracting(TimelineRow::targets, row -> row.lasted().toSeconds())
                .containsExactly(tuple(0, 2L), tuple(1000, 1003L), tuple(1000, 0L));
        assertThat(rows.get(1).end()).isEqualTo(End.OPEN);
    }
}
