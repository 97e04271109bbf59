package io.keylesspull.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.engine.event.Change;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Journal;
import io.keylesspull.engine.event.Problem;
import io.keylesspull.engine.event.Purpose;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.event.RunEvent.RunResult;
import io.keylesspull.engine.event.RunState;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.journal.FileJournal;
import io.keylesspull.engine.plan.Fact;
import io.keylesspull.engine.plan.Facts;
import io.keylesspull.engine.plan.NotYet;
import io.keylesspull.engine.plan.Plan;
import io.keylesspull.engine.plan.Retry;
import io.keylesspull.engine.plan.TestStep;
import io.keylesspull.text.Redactor;
import io.keylesspull.text.Text;
import io.keylesspull.time.Time;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class RunTest {

    private static final Fact<String> FIRST = TestStep.fact("FIRST");
    private static final Fact<String> SECOND = TestStep.fact("SECOND");
    private static final Fact<String> THIRD = TestStep.fact("THIRD");
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final List<RunEvent> events = Collections.synchronizedList(new ArrayList<>());
    private final JumpingTime time = new JumpingTime();

    /** Waits take no time, but the clock goes on by as much. */
    private static final class JumpingTime implements Time {
        private Instant now = START;

        @Override
        public synchronized Instant now() {
            return now;
        }

        @Override
        public synchronized void sleep(Duration duration) {
            now = now.plus(duration);
        }
    }

    @AfterEach
    void stopWorkers() {
        workers.shutdownNow();
    }

    @Test
    void stepsThatDoNotNeedEachOtherRunAtTheSameTime() throws Exception {
        CyclicBarrier together = new CyclicBarrier(2);
        Plan plan = Plan.of(
                Purpose.SETUP,
                List.of(
                        TestStep.shared("a", Set.of(), FIRST, context -> meet(together)),
                        TestStep.shared("b", Set.of(), SECOND, context -> meet(together))));

        assertThat(run(plan).await()).isEqualTo(RunResult.SUCCEEDED);
    }

    @Test
    void aStepSeesTheFactsOfThoseItNeeds() throws Exception {
        List<String> seen = new ArrayList<>();
        Plan plan = Plan.of(
                Purpose.SETUP,
                List.of(
                        TestStep.on("m", "second", Set.of(FIRST), SECOND, context -> seen.add(context.get(FIRST))),
                        TestStep.shared("first", Set.of(), FIRST, context -> {})));

        run(plan).await();

        assertThat(seen).containsExactly("first");
    }

    @Test
    void noMoreMachineStepsRunAtOnceThanAllowed() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<TestStep> steps = IntStream.range(0, 20)
                .mapToObj(i -> TestStep.on("m" + i, "work", Set.of(), FIRST, context -> {
                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                    Thread.yield();
                    now.decrementAndGet();
                }))
                .toList();

        assertThat(new Runner(workers, time, 3)
                        .start(Plan.of(Purpose.SETUP, steps), new Facts(), Journal.inMemory(), events::add)
                        .await())
                .isEqualTo(RunResult.SUCCEEDED);
        assertThat(most.get()).isBetween(1, 3);
    }

    @Test
    void aFailureBlocksWhatDependsOnItAndNothingElse() throws Exception {
        Plan plan = Plan.of(
                Purpose.SETUP,
                List.of(
                        TestStep.on("bad", "one", Set.of(), FIRST, context -> {
                            throw Failure.of("engine.unexpected", "because");
                        }),
                        TestStep.on("bad", "two", Set.of(FIRST), SECOND, context -> {}),
                        TestStep.on("bad", "three", Set.of(SECOND), THIRD, context -> {}),
                        TestStep.on("good", "one", Set.of(), FIRST, context -> {}),
                        TestStep.on("good", "two", Set.of(FIRST), SECOND, context -> {})));

        assertThat(run(plan).await()).isEqualTo(RunResult.FAILED);

        assertThat(steps(RunEvent.StepFailed.class)).containsExactly(StepId.on("bad", "one"));
        assertThat(steps(RunEvent.StepBlocked.class))
                .containsExactly(StepId.on("bad", "two"), StepId.on("bad", "three"));
        assertThat(events)
                .filteredOn(RunEvent.StepBlocked.class::isInstance)
                .extracting(event -> ((RunEvent.StepBlocked) event).by())
                .containsOnly(StepId.on("bad", "one"));
        assertThat(steps(RunEvent.StepSucceeded.class))
                .containsExactly(StepId.on("good", "one"), StepId.on("good", "two"));
    }

    @Test
    void aRetryTellsItsReasonAndWhenItLooksAgain() throws Exception {
        AtomicInteger looks = new AtomicInteger();
        Retry retry = new Retry(Duration.ofMinutes(1), List.of(Duration.ofSeconds(5), Duration.ofSeconds(20)));
        Plan plan = Plan.of(
                Purpose.SETUP,
                List.of(TestStep.shared(
                        "role",
                        Set.of(),
                        FIRST,
                        context -> context.retry(retry, () -> {
                            if (looks.incrementAndGet() < 4) {
                                throw notYet();
                            }
                            return "there";
                        }))));

        assertThat(run(plan).await()).isEqualTo(RunResult.SUCCEEDED);

        assertThat(events)
                .filteredOn(RunEvent.StepWaiting.class::isInstance)
                .extracting(event -> ((RunEvent.StepWaiting) event).next().toSeconds())
                .containsExactly(5L, 20L, 20L);
    }

    @Test
    void aRetryGivesUpAtItsBoundWithTheProblemOfItsLastLook() throws Exception {
        Retry retry = new Retry(Duration.ofSeconds(12), List.of(Duration.ofSeconds(5)));
        Plan plan = Plan.of(
                Purpose.SETUP,
                List.of(TestStep.shared(
                        "role",
                        Set.of(),
                        FIRST,
                        context -> context.retry(retry, () -> {
                            throw notYet();
                        }))));

        assertThat(run(plan).await()).isEqualTo(RunResult.FAILED);

        assertThat(time.now()).isEqualTo(START.plusSeconds(12));
        assertThat(events)
                .filteredOn(RunEvent.StepFailed.class::isInstance)
                .extracting(
                        event -> ((RunEvent.StepFailed) event).problem().what().key())
                .containsExactly("engine.never.what");
    }

    @Test
    void cancelReachesARunningStepAndStartsNothingMore() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        Plan plan = Plan.of(
                Purpose.SETUP,
                List.of(
                        TestStep.shared("forever", Set.of(), FIRST, context -> {
                            running.countDown();
                            new CountDownLatch(1).await();
                        }),
                        TestStep.shared("after", Set.of(FIRST), SECOND, context -> {})));

        Run run = run(plan);
        assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
        run.cancel();

        assertThat(run.await()).isEqualTo(RunResult.CANCELLED);
        assertThat(steps(RunEvent.StepCancelled.class))
                .containsExactlyInAnyOrder(StepId.shared("forever"), StepId.shared("after"));
        assertThat(steps(RunEvent.StepStarted.class)).containsExactly(StepId.shared("forever"));
    }

    @Test
    void aStepThatTurnsItsInterruptIntoAnExceptionCountsAsCancelled() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        Plan plan = Plan.of(Purpose.SETUP, List.of(TestStep.shared("reactor", Set.of(), FIRST, context -> {
            running.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new IllegalStateException("Thread interrupted", e);
            }
        })));

        Run run = run(plan);
        assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
        run.cancel();

        assertThat(run.await()).isEqualTo(RunResult.CANCELLED);
    }

    @Test
    void aFailedRunGoesOnFromItsFactsWhenItIsStartedAgain() throws Exception {
        AtomicInteger firstRuns = new AtomicInteger();
        AtomicInteger secondRuns = new AtomicInteger();
        Plan plan = Plan.of(
                Purpose.SETUP,
                List.of(
                        TestStep.shared("first", Set.of(), FIRST, context -> firstRuns.incrementAndGet()),
                        TestStep.shared("second", Set.of(FIRST), SECOND, context -> {
                            if (secondRuns.incrementAndGet() == 1) {
                                throw Failure.of("engine.unexpected", "first time");
                            }
                        })));
        Facts facts = new Facts();
        Runner runner = new Runner(workers, time, 10);

        assertThat(runner.start(plan, facts, Journal.inMemory(), events::add).await())
                .isEqualTo(RunResult.FAILED);
        assertThat(runner.start(plan, facts, Journal.inMemory(), events::add).await())
                .isEqualTo(RunResult.SUCCEEDED);

        assertThat(firstRuns).hasValue(1);
        assertThat(secondRuns).hasValue(2);
    }

    @Test
    void anErrorOfTheProgramItselfFailsTheStepAndNotTheRunner() throws Exception {
        Plan plan = Plan.of(Purpose.SETUP, List.of(TestStep.shared("broken", Set.of(), FIRST, context -> {
            throw new IllegalArgumentException("a mistake");
        })));

        assertThat(run(plan).await()).isEqualTo(RunResult.FAILED);
        assertThat(events)
                .filteredOn(RunEvent.StepFailed.class::isInstance)
                .extracting(event -> ((RunEvent.StepFailed) event).problem().details())
                .containsExactly("java.lang.IllegalArgumentException: a mistake");
    }

    @Test
    void eventsBeginWithThePlanAndEndWithTheResult() throws Exception {
        run(Plan.of(Purpose.SETUP, List.of(TestStep.shared("only", Set.of(), FIRST, context -> {}))))
                .await();

        assertThat(events.get(0)).isInstanceOf(RunEvent.RunStarted.class);
        assertThat(events.get(events.size() - 1)).isEqualTo(new RunEvent.RunEnded(START, RunResult.SUCCEEDED));
    }

    @Test
    void noSecretLeavesTheRunByAnyEvent() throws Exception {
        String token = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJtYWNoaW5lIn0.c2lnbmF0dXJl";
        List<RunEvent> written = new ArrayList<>();
        Journal journal = new Journal() {
            @Override
            public void write(List<RunEvent> events) {
                written.addAll(events);
            }

            @Override
            public RunState state() {
                return RunState.of(written);
            }
        };
        Text words = Text.of("engine.doneBefore", token, Text.of("engine.doneBefore", token));
        Plan plan = Plan.of(
                Purpose.SETUP,
                List.of(
                        TestStep.shared("talkative", Set.of(), FIRST, context -> {
                            context.progress(words);
                            context.waiting(words, 1, Duration.ZERO, Duration.ZERO);
                            context.commandStarted("curl -H 'Authorization: Bearer " + token + "'");
                            context.commandOutput(
                                    RunEvent.OutputStream.STDOUT,
                                    Redactor.shapesOnly().stream().accept(token + "\n"));
                            context.change(List.of(new Change("file", token)), () -> token);
                            context.reverted(new Change("file", token));
                            context.establish(FIRST, token);
                        }),
                        TestStep.shared("failing", Set.of(), SECOND, context -> {
                            throw new Failure(new Problem(words, words, words, "refused: " + token));
                        })));

        new Runner(Runnable::run, time, 1)
                .start(plan, new Facts(), journal, events::add)
                .await();

        assertThat(events)
                .hasSizeGreaterThan(10)
                .noneMatch(event -> event.toString().contains("eyJ"));
        assertThat(written)
                .containsExactlyElementsOf(
                        events.stream().filter(RunEvent::durable).toList());
    }

    @Test
    void whatCannotBeWrittenDownIsNotDone() throws Exception {
        List<String> done = new ArrayList<>();
        Plan plan = Plan.of(
                Purpose.SETUP,
                List.of(
                        TestStep.shared("maker", Set.of(), FIRST, context -> {
                            context.creating("/subscriptions/s/resourceGroups/g");
                            done.add("the request");
                        }),
                        TestStep.shared("other", Set.of(), SECOND, context -> done.add("other"))));
        Problem full = Failure.of("engine.journalNotWritten", "No space left on device", "journal.jsonl")
                .problem();
        Journal journal = new Journal() {
            @Override
            public void write(List<RunEvent> events) throws Failure {
                if (events.stream().anyMatch(RunEvent.ResourceCreating.class::isInstance)) {
                    throw new Failure(full);
                }
            }

            @Override
            public RunState state() {
                return new RunState();
            }
        };

        assertThat(new Runner(Runnable::run, time, 1)
                        .start(plan, new Facts(), journal, events::add)
                        .await())
                .isEqualTo(RunResult.FAILED);
        assertThat(done).containsExactly("other");
        assertThat(events).contains(new RunEvent.StepFailed(START, StepId.shared("maker"), full));
    }

    /** An interrupt closes the file that its thread is writing; a step's must not reach the journal's. */
    @Test
    void aStepCancelledWhileItsRecordIsBeingWrittenLeavesAWholeJournalWithThatRecord(@TempDir Path folder)
            throws Exception {
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        Plan plan = Plan.of(Purpose.SETUP, List.of(TestStep.shared("maker", Set.of(), FIRST, context -> {
            context.creating("/subscriptions/s/resourceGroups/g");
            new CountDownLatch(1).await();
        })));
        Path file = folder.resolve("journal.jsonl");
        try (FileJournal kept = FileJournal.open(file)) {
            Journal journal = new Journal() {
                @Override
                public void write(List<RunEvent> events) throws Failure {
                    if (events.stream().anyMatch(RunEvent.ResourceCreating.class::isInstance)) {
                        writing.countDown();
                        await(cancelled);
                    }
                    kept.write(events);
                }

                @Override
                public RunState state() {
                    return kept.state();
                }
            };
            Run run = new Runner(workers, time, 1).start(plan, new Facts(), journal, events::add);
            writing.await();
            run.cancel();
            cancelled.countDown();

            assertThat(run.await()).isEqualTo(RunResult.CANCELLED);
        }

        assertThat(steps(RunEvent.StepFailed.class)).isEmpty();
        assertThat(FileJournal.read(file).torn()).isFalse();
        assertThat(FileJournal.read(file).events())
                .hasSameSizeAs(events)
                .hasAtLeastOneElementOfType(RunEvent.ResourceCreating.class);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError("the thread that writes the journal was interrupted", e);
        }
    }

    private Run run(Plan plan) {
        return new Runner(workers, time, 10).start(plan, new Facts(), Journal.inMemory(), events::add);
    }

    private List<StepId> steps(Class<? extends RunEvent.StepEvent> type) {
        return events.stream()
                .filter(type::isInstance)
                .map(event -> ((RunEvent.StepEvent) event).step())
                .toList();
    }

    private static NotYet notYet() {
        return new NotYet(
                Text.of("engine.doneBefore"),
                new Problem(
                        Text.of("engine.never.what"),
                        Text.of("engine.never.meaning"),
                        Text.of("engine.never.remedy"),
                        ""));
    }

    private static void meet(CyclicBarrier barrier) throws InterruptedException {
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (java.util.concurrent.BrokenBarrierException | java.util.concurrent.TimeoutException e) {
            throw new AssertionError("the other step did not come", e);
        }
    }
}
