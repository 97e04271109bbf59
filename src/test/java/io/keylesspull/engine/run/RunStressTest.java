package io.keylesspull.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Journal;
import io.keylesspull.engine.event.Purpose;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.event.RunEvent.OutputStream;
import io.keylesspull.engine.event.RunEvent.RunEnded;
import io.keylesspull.engine.event.RunEvent.RunResult;
import io.keylesspull.engine.event.RunEvent.RunStarted;
import io.keylesspull.engine.event.RunEvent.StepEnd;
import io.keylesspull.engine.event.RunEvent.StepEvent;
import io.keylesspull.engine.event.RunEvent.StepFailed;
import io.keylesspull.engine.event.RunState;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.journal.FileJournal;
import io.keylesspull.engine.plan.Fact;
import io.keylesspull.engine.plan.Facts;
import io.keylesspull.engine.plan.Plan;
import io.keylesspull.engine.plan.Step;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.engine.plan.TestStep;
import io.keylesspull.text.Masked;
import io.keylesspull.text.Redactor;
import io.keylesspull.text.Text;
import io.keylesspull.time.Time;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many small runs whose steps report, fail and print at random, several at a time, cancelled at any moment: what is
 * seen of each is a whole story, with its end last.
 */
@Timeout(120)
class RunStressTest {

    private static final int RUNS = 10_000;
    private static final int AT_ONCE = 4;
    /** So many have a journal in a file. */
    private static final int IN_FILES = 100;

    private static final Masked LINE = Redactor.shapesOnly().stream().accept("a line\nand half a li");

    private final ExecutorService workers = Executors.newCachedThreadPool();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        workers.shutdownNow();
    }

    @Test
    void theEndIsTheLastEventOfEveryRunWhateverIsCancelledAndWhoeverStillPrints() throws Exception {
        List<Future<?>> lanes = new ArrayList<>();
        for (int lane = 0; lane < AT_ONCE; lane++) {
            int from = lane;
            lanes.add(workers.submit(() -> {
                for (int seed = from; seed < RUNS; seed += AT_ONCE) {
                    new Story(seed).passes();
                }
                return null;
            }));
        }
        for (Future<?> lane : lanes) {
            lane.get();
        }
    }

    /** What a journal keeps, and whether it may still be written. */
    private static final class WatchedJournal implements Journal {

        private final Journal journal;
        private final List<RunEvent> written = new ArrayList<>();
        private boolean interrupted;

        WatchedJournal(Journal journal) {
            this.journal = journal;
        }

        @Override
        public void write(List<RunEvent> events) throws Failure {
            interrupted |= Thread.currentThread().isInterrupted();
            journal.write(events);
            written.addAll(events);
        }

        @Override
        public RunState state() {
            return journal.state();
        }
    }

    /** One run. */
    private final class Story {

        private final int seed;
        private final Random random;
        private final List<RunEvent> seen = new ArrayList<>();
        private final List<Future<?>> stragglers = new ArrayList<>();
        private final AtomicReference<Run> run = new AtomicReference<>();
        private final CountDownLatch started = new CountDownLatch(1);
        private boolean closed;
        private RunEvent afterTheEnd;

        Story(int seed) {
            this.seed = seed;
            this.random = new Random(seed);
        }

        void passes() throws Exception {
            Plan plan = plan();
            int cancelAt = random.nextInt(3) == 0 ? random.nextInt(40) : Integer.MAX_VALUE;
            boolean inFile = seed % (RUNS / IN_FILES) == 0;
            Path file = folder.resolve(seed + ".jsonl");
            FileJournal kept = inFile ? FileJournal.open(file) : null;
            WatchedJournal journal = new WatchedJournal(inFile ? kept : Journal.inMemory());

            run.set(new Runner(workers, Time.system(), 1 + random.nextInt(4))
                    .start(plan, new Facts(), journal, event -> hear(event, cancelAt)));
            started.countDown();
            if (random.nextInt(4) == 0) {
                run.get().cancel();
            }
            RunResult result = run.get().await();
            for (Future<?> straggler : stragglers()) {
                straggler.get();
            }

            synchronized (this) {
                assertThat(closed).as("run %d has ended", seed).isTrue();
                assertThat(afterTheEnd)
                        .as("what came after the end of run %d", seed)
                        .isNull();
                isWhole(plan, result);
            }
            assertThat(journal.interrupted).isFalse();
            assertThat(journal.written)
                    .isEqualTo(seen.stream().filter(RunEvent::durable).toList());
            if (inFile) {
                kept.close();
                FileJournal.History history = FileJournal.read(file);
                assertThat(history.torn()).isFalse();
                assertThat(history.events())
                        .hasSameSizeAs(journal.written)
                        .last()
                        .isInstanceOf(RunEnded.class);
            }
        }

        private synchronized void hear(RunEvent event, int cancelAt) {
            if (closed) {
                afterTheEnd = event;
            }
            seen.add(event);
            closed |= event instanceof RunEnded;
            if (seen.size() == cancelAt) {
                workers.execute(() -> {
                    try {
                        started.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    run.get().cancel();
                });
            }
        }

        private synchronized List<Future<?>> stragglers() {
            return List.copyOf(stragglers);
        }

        private void isWhole(Plan plan, RunResult result) {
            assertThat(seen.get(0)).isInstanceOf(RunStarted.class);
            assertThat(seen.get(seen.size() - 1))
                    .isEqualTo(new RunEnded(seen.get(seen.size() - 1).at(), result));
            assertThat(seen).extracting(RunEvent::at).isSorted();
            Set<StepId> ended = new HashSet<>();
            for (RunEvent event : seen) {
                if (event instanceof StepEvent step) {
                    assertThat(ended).as("run %d: %s", seed, event).doesNotContain(step.step());
                }
                if (event instanceof StepEnd step) {
                    ended.add(step.step());
                }
            }
            assertThat(ended).isEqualTo(plan.steps().stream().map(Step::id).collect(Collectors.toSet()));
            // What fails in these runs says so itself: nothing else goes wrong, a full disk least of all.
            assertThat(seen)
                    .filteredOn(StepFailed.class::isInstance)
                    .allSatisfy(event -> assertThat(
                                    ((StepFailed) event).problem().what().key())
                            .isEqualTo("engine.never.what"));
        }

        private Plan plan() {
            List<TestStep> steps = new ArrayList<>();
            List<Fact<String>> shared = new ArrayList<>();
            for (int i = random.nextInt(3); i >= 0; i--) {
                Fact<String> fact = TestStep.fact("SHARED_" + i);
                steps.add(TestStep.shared("shared" + i, some(shared), fact, act()));
                shared.add(fact);
            }
            for (int machine = random.nextInt(4); machine > 0; machine--) {
                List<Fact<String>> known = new ArrayList<>(shared);
                for (int i = random.nextInt(4); i >= 0; i--) {
                    Fact<String> fact = TestStep.fact("OWN_" + i);
                    steps.add(TestStep.on("vm" + machine, "own" + i, some(known), fact, act()));
                    known.add(fact);
                }
            }
            return Plan.of(Purpose.SETUP, steps);
        }

        private Set<Fact<?>> some(List<Fact<String>> facts) {
            return facts.stream().filter(fact -> random.nextBoolean()).collect(Collectors.toSet());
        }

        private TestStep.Act act() {
            int kind = random.nextInt(8);
            return context -> {
                context.progress(Text.of("engine.doneBefore"));
                switch (kind) {
                    case 0 -> throw Failure.of("engine.never", "");
                    case 1 -> print(context);
                    case 2 -> printOnAfterTheEnd(context);
                    case 3 -> Time.system().sleep(Duration.ofMillis(1));
                    default -> {
                        context.creating("/r/" + kind);
                        Thread.yield();
                        context.created("/r/" + kind);
                    }
                }
            };
        }

        private void print(StepContext context) {
            context.commandStarted("talk");
            for (int i = 0; i < 5; i++) {
                context.commandOutput(OutputStream.STDOUT, LINE);
            }
            context.commandEnded(0);
        }

        /** As the thread of a connection may, whose command was given up. */
        private void printOnAfterTheEnd(StepContext context) {
            Future<?> straggler = workers.submit(() -> {
                for (int i = 0; i < 50; i++) {
                    context.commandOutput(OutputStream.STDERR, LINE);
                    Thread.yield();
                }
            });
            synchronized (this) {
                stragglers.add(straggler);
            }
        }
    }
}
