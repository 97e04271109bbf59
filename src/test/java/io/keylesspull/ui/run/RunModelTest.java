package io.keylesspull.ui.run;

import static io.keylesspull.ui.run.ScriptedRun.words;
import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.Problem;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.event.RunEvent.RunResult;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.text.Text;
import io.keylesspull.text.Texts;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunModelTest {

    private static final StepId GROUP = StepId.shared("group");
    private static final StepId ROLE = StepId.shared("role");
    private static final StepId DOCKER = StepId.on("vm1", "docker");
    private static final StepId DOCKER2 = StepId.on("vm2", "docker");
    private static final Problem PROBLEM = new Problem(words("what"), words("meaning"), words("remedy"), "cause");

    private final RunModel model = new RunModel();
    private final ScriptedRun run = new ScriptedRun(model::accept);
    private final StepTexts words = new StepTexts(new Texts(Locale.ENGLISH));

    private StepState step(StepId id) {
        return model.step(id).orElseThrow();
    }

    @Test
    void sharedStepsComeFirstThenMachineByMachine() {
        run.plan(DOCKER, GROUP, DOCKER2, ROLE, StepId.on("vm1", "pull"));
        assertThat(model.steps())
                .extracting(step -> step.id().toString())
                .containsExactly("group", "role", "docker@vm1", "pull@vm1", "docker@vm2");
        assertThat(model.machines()).containsExactly("vm1", "vm2");
    }

    @Test
    void progressCountsStepsThatWentWell() {
        run.plan(GROUP, ROLE)
                .starts(GROUP)
                .after(21)
                .done(GROUP, Outcome.CREATED)
                .starts(ROLE);
        assertThat(model.done()).isEqualTo(1);
        assertThat(model.progress()).isEqualTo(0.5);
        assertThat(words.brief(step(GROUP), run.at())).isEqualTo("0:21");
        assertThat(words.brief(step(ROLE), run.at().plusSeconds(70))).isEqualTo("1:10");
    }

    @Test
    void whatWasFoundIsShownAsFound() {
        run.plan(GROUP).starts(GROUP).after(2).done(GROUP, Outcome.FOUND);
        assertThat(words.brief(step(GROUP), run.at())).isEqualTo("found");
    }

    @Test
    void aWaitCountsDown() {
        run.plan(ROLE).starts(ROLE).waits(ROLE, "the role has not taken effect yet", 3, 20);
        assertThat(words.more(step(ROLE), run.at().plusSeconds(8), model::step))
                .isEqualTo("the role has not taken effect yet · try 3, next in 12 s");
        assertThat(step(ROLE).retry().orElseThrow().left(run.at().plusSeconds(30)))
                .isEqualTo(Duration.ZERO);
    }

    @Test
    void aBlockedStepNamesWhatItNeeds() {
        run.plan(GROUP, ROLE)
                .starts(GROUP)
                .fails(GROUP, PROBLEM)
                .tell(new RunEvent.StepBlocked(run.at(), ROLE, GROUP))
                .ends(RunResult.FAILED);
        assertThat(words.more(step(ROLE), run.at(), model::step)).isEqualTo("Needs “group” first");
        assertThat(model.failures()).extracting(StepState::problem).containsExactly(Optional.of(PROBLEM));
        assertThat(model.result()).contains(RunResult.FAILED);
    }

    @Test
    void aSecondTryKeepsWhatWasDoneAndAddsItsTime() {
        run.plan(GROUP, ROLE)
                .starts(GROUP)
                .after(10)
                .done(GROUP, Outcome.CREATED)
                .starts(ROLE)
                .after(5)
                .fails(ROLE, PROBLEM)
                .ends(RunResult.FAILED);
        run.after(600)
                .plan(GROUP, ROLE)
                .tell(new RunEvent.StepSucceeded(run.at(), GROUP, Outcome.FOUND, Text.of("engine.doneBefore")))
                .starts(ROLE)
                .after(3);
        assertThat(step(GROUP).outcome()).contains(Outcome.CREATED);
        assertThat(words.brief(step(GROUP), run.at())).isEqualTo("0:10");
        assertThat(step(ROLE).status()).isEqualTo(StepStatus.RUNNING);
        assertThat(model.elapsed(run.at())).isEqualTo(Duration.ofSeconds(18));
        assertThat(model.result()).isEmpty();
    }
}
