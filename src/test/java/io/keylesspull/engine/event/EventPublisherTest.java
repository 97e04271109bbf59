package io.keylesspull.engine.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keylesspull.engine.event.RunEvent.CommandOutput;
import io.keylesspull.engine.event.RunEvent.OutputStream;
import io.keylesspull.engine.event.RunEvent.ResourceCreating;
import io.keylesspull.engine.event.RunEvent.RunEnded;
import io.keylesspull.engine.event.RunEvent.RunResult;
import io.keylesspull.engine.event.RunEvent.StepCancelled;
import io.keylesspull.engine.event.RunEvent.StepProgress;
import io.keylesspull.engine.event.RunEvent.StepStarted;
import io.keylesspull.text.Text;
import io.keylesspull.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EventPublisherTest {

    private static final StepId STEP = StepId.on("vm1", "docker");

    private final GatedJournal journal = new GatedJournal();
    private final List<RunEvent> shown = Collections.synchronizedList(new ArrayList<>());
    private EventPublisher publisher = started(shown::add);

    /** Writes when it is let, and remembers what was written together. */
    private static final class GatedJournal implements Journal {

        private final Journal memory = Journal.inMemory();
        private final List<List<RunEvent>> writes = Collections.synchronizedList(new ArrayList<>());
        private final Semaphore gate = new Semaphore(0);
        private final Semaphore writing = new Semaphore(0);
        private volatile Failure failure;

        @Override
        public void write(List<RunEvent> events) throws Failure {
            writing.release();
            gate.acquireUninterruptibly();
            if (failure != null) {
                throw failure;
            }
            writes.add(events);
            memory.write(events);
        }

        @Override
        public RunState state() {
            return memory.state();
        }

        void open() {
            gate.release(1_000_000);
        }
    }

    @AfterEach
    void end() {
        journal.open();
        ends(publisher);
    }

    private EventPublisher started(Consumer<RunEvent> listener) {
        EventPublisher made = new EventPublisher(Time.system(), journal, listener);
        made.start();
        return made;
    }

    private void output(String chunk) {
        publisher.publish(at -> new CommandOutput(at, STEP, OutputStream.STDOUT, chunk));
    }

    private FutureTask<Void> publishing(String resource) {
        return background(() -> publisher.publish(at -> new ResourceCreating(at, STEP, resource)));
    }

    private static void ends(EventPublisher publisher) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        publisher.end(at -> new RunEnded(at, RunResult.SUCCEEDED), () -> end.complete(null));
        end.join();
    }

    private static FutureTask<Void> background(Runnable work) {
        FutureTask<Void> task = new FutureTask<>(work, null);
        new Thread(task).start();
        return task;
    }

    private static void waits(Thread thread) {
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aStepGoesOnWhenItsRecordIsInTheJournalAndHasBeenShown() throws Exception {
        FutureTask<Void> step = publishing("/r");
        journal.writing.acquire();
        assertThat(step.isDone()).isFalse();
        assertThat(shown).isEmpty();

        journal.open();
        step.get();

        assertThat(shown).hasSize(1);
        assertThat(publisher.state().resource("/r")).isPresent();
    }

    @Test
    void whatNothingFollowsFromWaitsForNeitherDiskNorListener() throws Exception {
        FutureTask<Void> step = publishing("/r");
        journal.writing.acquire();

        publisher.post(at -> new StepCancelled(at, STEP));
        publisher.publish(at -> new StepProgress(at, STEP, Text.of("engine.doneBefore")));
        output("a line\n");

        assertThat(shown).isEmpty();
        journal.open();
        step.get();
    }

    @Test
    void whatIsReportedWhileTheDiskIsBusyIsWrittenTogetherInItsOrder() throws Exception {
        FutureTask<Void> first = publishing("/first");
        journal.writing.acquire();
        List<RunEvent> posted = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            StepId id = StepId.shared("step" + i);
            publisher.post(at -> {
                posted.add(new StepStarted(at, id));
                return posted.get(posted.size() - 1);
            });
        }
        journal.gate.release();
        first.get();
        journal.open();
        publishing("/last").get();

        assertThat(journal.writes.get(1)).startsWith(posted.get(0), posted.get(1));
        assertThat(journal.writes.stream().flatMap(List::stream).toList().subList(1, 101))
                .isEqualTo(posted);
        assertThat(journal.writes).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void onlyWhatIsDurableIsInTheJournal() {
        journal.open();
        List<RunEvent> kinds = SampleEvents.ofEachKind().stream()
                .filter(kind -> !(kind instanceof RunEnded))
                .toList();
        kinds.forEach(event -> publisher.publish(at -> event));

        assertThat(journal.writes.stream().flatMap(List::stream).toList())
                .isEqualTo(kinds.stream().filter(RunEvent::durable).toList())
                .hasSizeGreaterThan(10);
        assertThat(kinds.stream().filter(kind -> !kind.durable())).hasSize(5);
    }

    @Test
    void anInterruptedStepsRecordIsWrittenAllTheSameAndTheInterruptIsKept() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        List<Boolean> interrupted = new ArrayList<>();
        Thread step = new Thread(() -> {
            publisher.publish(at -> new ResourceCreating(at, STEP, "/r"));
            interrupted.add(Thread.currentThread().isInterrupted());
            done.countDown();
        });
        step.start();
        journal.writing.acquire();
        step.interrupt();
        journal.open();
        done.await();

        assertThat(interrupted).containsExactly(true);
        assertThat(publisher.state().resource("/r")).isPresent();
    }

    @Test
    void theThreadThatWritesIsNotInterruptedByWhatAListenerLeavesBehind() {
        List<Boolean> interrupted = Collections.synchronizedList(new ArrayList<>());
        Journal asking = new Journal() {
            @Override
            public void write(List<RunEvent> events) {
                interrupted.add(Thread.currentThread().isInterrupted());
            }

            @Override
            public RunState state() {
                return new RunState();
            }
        };
        EventPublisher left = new EventPublisher(
                Time.system(), asking, event -> Thread.currentThread().interrupt());
        left.start();
        left.publish(at -> new StepStarted(at, STEP));
        left.publish(at -> new StepStarted(at, STEP));
        ends(left);

        assertThat(interrupted).containsExactly(false, false, false);
    }

    @Test
    void aRecordThatCannotBeWrittenEndsTheStepThatReportedItAndIsShownAllTheSame() throws Exception {
        journal.failure = Failure.of("engine.journalNotWritten", "No space left on device", "journal.jsonl");
        journal.gate.release();

        assertThatThrownBy(() -> publisher.publish(at -> new ResourceCreating(at, STEP, "/r")))
                .isInstanceOfSatisfying(
                        NotWritten.class,
                        problem -> assertThat(problem.problem()).isEqualTo(journal.failure.problem()));

        assertThat(shown).hasSize(1);
        assertThat(publisher.state().isEmpty()).isTrue();
    }

    /** Whoever floods the log has to wait, and whoever cancels has not. */
    @Test
    void aFloodOfOutputWaitsForASlowListenerAndNobodyElseDoes() throws Exception {
        Semaphore listening = new Semaphore(0);
        AtomicInteger received = new AtomicInteger();
        AtomicInteger printed = new AtomicInteger();
        publisher = started(event -> {
            listening.acquireUninterruptibly();
            received.incrementAndGet();
        });
        String chunk = "x".repeat(64 * 1024);
        int many = 10 * EventPublisher.CAPACITY / chunk.length();
        FutureTask<Void> flood = new FutureTask<>(() -> {
            while (printed.get() < many) {
                output(chunk);
                printed.incrementAndGet();
            }
            return null;
        });
        Thread command = new Thread(flood);
        command.start();
        waits(command);

        // What is being handed on, and what is queued; the last chunk may reach beyond.
        assertThat(printed.get()).isLessThanOrEqualTo(2 * (EventPublisher.CAPACITY / chunk.length() + 1));
        publisher.post(at -> new StepCancelled(at, StepId.shared("other")));
        command.interrupt();
        assertThat(flood.isDone()).isFalse();

        journal.open();
        listening.release(1_000_000);
        flood.get();
        publishing("/r").get();
        assertThat(received.get()).isEqualTo(many + 2);
    }

    @Test
    void aListenerThatFailsEndsTheStepWhoseEventItWasAndNotThePublisher() {
        journal.open();
        List<RunEvent> seen = Collections.synchronizedList(new ArrayList<>());
        publisher = started(event -> {
            seen.add(event);
            if (event instanceof ResourceCreating) {
                throw new IllegalArgumentException("a mistake");
            }
        });

        assertThatThrownBy(() -> publisher.publish(at -> new ResourceCreating(at, STEP, "/r")))
                .hasRootCauseMessage("a mistake");
        publisher.publish(at -> new StepStarted(at, STEP));

        assertThat(seen).hasSize(2);
    }

    @Test
    void afterTheLastEventNothingIsShownAndNothingDurableIsTaken() {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        journal.open();
        publisher.end(at -> new RunEnded(at, RunResult.CANCELLED), () -> ended.complete(null));
        output("too late\n");
        publisher.post(at -> new StepProgress(at, STEP, Text.of("engine.doneBefore")));

        assertThatThrownBy(() -> publisher.publish(at -> new ResourceCreating(at, STEP, "/r")))
                .isInstanceOf(IllegalStateException.class);
        ended.join();
        assertThat(shown).singleElement().isInstanceOf(RunEnded.class);
        publisher = started(event -> {});
    }

    @Test
    void timesNeverRunBack() {
        journal.open();
        Instant noon = Instant.parse("2026-01-02T12:00:00Z");
        Queue<Instant> clock = new ArrayDeque<>(List.of(noon, noon.minusSeconds(5), noon.plusSeconds(1)));
        EventPublisher turnedBack = new EventPublisher(
                new Time() {
                    @Override
                    public Instant now() {
                        return clock.isEmpty() ? noon.plusSeconds(2) : clock.remove();
                    }

                    @Override
                    public void sleep(Duration duration) {
                        throw new AssertionError();
                    }
                },
                journal,
                shown::add);
        turnedBack.start();
        for (int i = 0; i < 3; i++) {
            turnedBack.publish(at -> new StepStarted(at, STEP));
        }
        ends(turnedBack);

        assertThat(shown.subList(0, 3)).extracting(RunEvent::at).containsExactly(noon, noon, noon.plusSeconds(1));
    }
}
