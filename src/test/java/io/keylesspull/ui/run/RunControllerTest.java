package io.keylesspull.ui.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Problem;
import io.keylesspull.engine.event.Purpose;
import io.keylesspull.engine.event.RunEvent.RunResult;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.text.Texts;
import io.keylesspull.time.Time;
import io.keylesspull.ui.component.Workers;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** No window is needed: what would run on the JavaFX thread is held back until the test lets it run. */
class RunControllerTest {

    private static final StepId OLD_STEP = StepId.shared("old");
    private static final StepId NEW_STEP = StepId.shared("new");

    private final ExecutorService background = Executors.newSingleThreadExecutor();
    private final Queue<Runnable> fxTasks = new ConcurrentLinkedQueue<>();
    private final RunController controller =
            new RunController(new Texts(Locale.ENGLISH), new Workers(background, fxTasks::add, Time.system()));

    @AfterEach
    void stop() {
        background.shutdownNow();
    }

    private ScriptedRun start() throws Exception {
        ScriptedRun[] started = new ScriptedRun[1];
        controller.start(Purpose.SETUP, events -> {
            started[0] = new ScriptedRun(events);
            return started[0];
        });
        waitForBackground();
        return started[0];
    }

    private void waitForBackground() throws Exception {
        background.submit(() -> {}).get();
    }

    private void runFxTasks() {
        for (Runnable task = fxTasks.poll(); task != null; task = fxTasks.poll()) {
            task.run();
        }
    }

    @Test
    void whatAnEarlierRunHadReportedBeforeTheNextBeganIsNotAppliedToIt() throws Exception {
        ScriptedRun old = start();
        runFxTasks();
        old.plan(OLD_STEP).starts(OLD_STEP).ends(RunResult.FAILED);
        ScriptedRun next = start();
        next.plan(NEW_STEP);
        runFxTasks();
        assertThat(controller.model().steps()).extracting(StepState::id).containsExactly(NEW_STEP);
        assertThat(controller.resultProperty().get()).isNull();
        assertThat(controller.run()).containsSame(next);
    }

    @Test
    void whatAnEarlierRunReportsAfterTheNextBeganIsNeitherShownNorLogged() throws Exception {
        ScriptedRun old = start();
        runFxTasks();
        old.plan(OLD_STEP).starts(OLD_STEP);
        runFxTasks();
        ScriptedRun next = start();
        next.plan(NEW_STEP).starts(NEW_STEP);
        runFxTasks();
        long logged = controller.buffer().end();
        old.command(OLD_STEP, "sudo apt-get update", "Hit:1\n", 0).ends(RunResult.SUCCEEDED);
        runFxTasks();
        assertThat(controller.buffer().end()).isEqualTo(logged);
        assertThat(controller.resultProperty().get()).isNull();
        assertThat(controller.model().result()).isEmpty();
    }

    @Test
    void whatARunReportsLateIsNotAppliedToItsSecondAttempt() throws Exception {
        ScriptedRun first = start();
        first.plan(OLD_STEP).starts(OLD_STEP).ends(RunResult.FAILED);
        runFxTasks();
        controller.tryAgain();
        waitForBackground();
        first.next.plan(OLD_STEP);
        runFxTasks();
        first.fails(
                OLD_STEP,
                new Problem(ScriptedRun.words("late"), ScriptedRun.words("late"), ScriptedRun.words("late"), ""));
        runFxTasks();
        assertThat(controller.model().failures()).isEmpty();
        assertThat(controller.busy()).isTrue();
    }

    @Test
    void anEarlierRunThatFailsToStartLateDoesNotEndTheNext() throws Exception {
        controller.start(Purpose.SETUP, events -> {
            throw Failure.of("engine.unexpected", "", "late");
        });
        waitForBackground();
        start();
        runFxTasks();
        assertThat(controller.resultProperty().get()).isNull();
        assertThat(controller.startProblem()).isEmpty();
    }
}
