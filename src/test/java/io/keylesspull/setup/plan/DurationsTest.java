package io.keylesspull.setup.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.event.RunEvent.PlannedStep;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.text.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DurationsTest {

    private static final StepId REGISTRY = StepId.shared("registry");
    private static final StepId FIRST = StepId.on("vm1", "docker");
    private static final StepId SECOND = StepId.on("vm2", "docker");

    private static PlannedStep planned(StepId step, StepId... after) {
        return new PlannedStep(step, Text.of("ui.name"), Set.of(after));
    }

    private static List<RunEvent> run(StepId step, int seconds, Outcome outcome) {
        return List.of(
                new RunEvent.StepStarted(Instant.EPOCH, step),
                new RunEvent.StepSucceeded(Instant.EPOCH.plusSeconds(seconds), step, outcome, Text.of("ui.name")));
    }

    @Test
    void stepsThatNeedNothingOfEachOtherTakeTheirTimeAtOnce() {
        List<PlannedStep> steps = List.of(planned(REGISTRY), planned(FIRST, REGISTRY), planned(SECOND, REGISTRY));

        assertThat(Durations.together(steps, step -> Duration.ofSeconds(step.equals(SECOND) ? 30 : 20)))
                .isEqualTo(Duration.ofSeconds(50));
    }

    @Test
    void aStepTakesTheMiddleOfWhatItTookInEarlierRunsButNotWhereItWasOnlyFound() {
        Durations durations = Durations.inAzure()
                .measuredIn(List.of(
                        run(FIRST, 70, Outcome.CREATED),
                        run(SECOND, 500, Outcome.CREATED),
                        run(FIRST, 60, Outcome.CHANGED),
                        run(FIRST, 1, Outcome.FOUND)));

        assertThat(durations.of(SECOND)).isEqualTo(Duration.ofSeconds(70));
        assertThat(durations.of(REGISTRY)).isEqualTo(Durations.inAzure().of(REGISTRY));
    }

    @Test
    void aStepThatTakesLongerThanExpectedIsNeverDone() {
        Durations durations = Durations.inAzure().measuredIn(List.of(run(FIRST, 100, Outcome.CREATED)));

        assertThat(durations.left(FIRST, Duration.ofSeconds(40))).isEqualTo(Duration.ofSeconds(60));
        assertThat(durations.left(FIRST, Duration.ofSeconds(400))).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void whatIsFasterEverywhereIsFasterInEachStep() {
        assertThat(Durations.inAzure().each(time -> time.dividedBy(10)).of(REGISTRY))
                .isEqualTo(Durations.inAzure().of(REGISTRY).dividedBy(10));
    }
}
