package io.keylesspull.ui.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.paging.Pages;
import io.keylesspull.practice.SetTime;
import io.keylesspull.ui.component.BackgroundTask.State;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.function.Predicate;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The test is the JavaFX thread: what is meant for it waits until the test lets it happen. */
@Timeout(60)
class LoadedListTest {

    private final ExecutorService background = Executors.newCachedThreadPool();
    private final Queue<Runnable> later = new ConcurrentLinkedQueue<>();
    private final LoadedList<String> list =
            new LoadedList<>(new Workers(background, later::add, new SetTime(Instant.EPOCH)));

    @AfterEach
    void stop() {
        background.shutdownNow();
    }

    /** A list whose pages come when the test says so. */
    private static final class Source implements Pages<String, Failure> {

        private sealed interface Next {}

        private record Page(List<String> items) implements Next {}

        private record End() implements Next {}

        private record Refusal() implements Next {}

        private final SynchronousQueue<Next> next = new SynchronousQueue<>();
        private final BlockingQueue<Boolean> taken = new LinkedBlockingQueue<>();
        private final CountDownLatch interrupted = new CountDownLatch(1);
        private int readings;

        @Override
        public void read(Predicate<List<String>> wantsMore) throws Failure, InterruptedException {
            readings++;
            try {
                while (true) {
                    Next now = next.take();
                    if (now instanceof Refusal) {
                        throw Failure.of("setup.subject", "");
                    }
                    if (!(now instanceof Page page)) {
                        return;
                    }
                    taken.add(wantsMore.test(page.items()));
                }
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
        }

        /** Returns when the list has it. */
        void page(String... items) throws InterruptedException {
            next.put(new Page(List.of(items)));
            assertThat(taken.take()).isTrue();
        }
    }

    /** Lets happen what waits for the JavaFX thread. */
    private void pulse() {
        Queue<Runnable> now = new ArrayDeque<>();
        for (Runnable task = later.poll(); task != null; task = later.poll()) {
            now.add(task);
        }
        now.forEach(Runnable::run);
    }

    /** Lets time go by until the reading has ended, which the JavaFX thread learns. */
    private void end(Source source, Source.Next how) throws InterruptedException {
        source.next.put(how);
        while (list.isRunning()) {
            Thread.onSpinWait();
            pulse();
        }
    }

    private void whole(Source source, String... items) throws InterruptedException {
        list.start(source);
        source.page(items);
        end(source, new Source.End());
    }

    @Test
    void itGrowsPageByPageAndIsDoneWithTheWhole() throws Exception {
        Source source = new Source();
        List<List<String>> done = new ArrayList<>();
        list.onDone(done::add);

        list.start(source);
        assertThat(list.isRunning()).isTrue();
        source.page("a", "b");
        assertThat(list.items()).isEmpty();
        pulse();
        assertThat(list.items()).containsExactly("a", "b");
        source.page("c");
        pulse();
        assertThat(list.items()).containsExactly("a", "b", "c");
        assertThat(done).isEmpty();
        end(source, new Source.End());

        assertThat(list.state()).isEqualTo(new State.Done<>(List.of("a", "b", "c")));
        assertThat(done).containsExactly(List.of("a", "b", "c"));
    }

    @Test
    void pagesThatComeFasterThanTheWindowTakesThemAreTakenTogether() throws Exception {
        Source source = new Source();
        List<Integer> sizes = new ArrayList<>();
        list.items().addListener((ListChangeListener<String>)
                change -> sizes.add(change.getList().size()));

        list.start(source);
        source.page("a");
        source.page("b");
        source.page("c");
        assertThat(later).hasSize(1);
        pulse();
        source.page("d");
        pulse();

        assertThat(sizes).containsExactly(3, 4);
    }

    @Test
    void aChoiceIsRenewedByWhatComesAndDropsWhatIsGone() throws Exception {
        ObservableSet<String> chosen = FXCollections.observableSet();
        // Things are told apart by their first letter.
        list.renew(chosen, thing -> thing.charAt(0));
        whole(new Source(), "a-running", "b-running", "c-running");
        chosen.addAll(List.of("a-running", "b-running"));

        Source again = new Source();
        list.start(again);
        assertThat(chosen).containsExactlyInAnyOrder("a-running", "b-running");
        again.page("a-stopped");
        pulse();
        assertThat(chosen).containsExactlyInAnyOrder("a-stopped", "b-running");
        end(again, new Source.End());

        assertThat(chosen).containsExactly("a-stopped");
    }

    @Test
    void pausingInterruptsKeepsWhatCameAndResumingLoadsAnew() throws Exception {
        Source source = new Source();
        list.start(source);
        source.page("a", "b");
        pulse();

        list.pause();
        source.interrupted.await();
        assertThat(list.state()).isEqualTo(new State.Idle<>());
        assertThat(list.items()).containsExactly("a", "b");

        list.resume();
        assertThat(list.isRunning()).isTrue();
        source.page("a", "b");
        source.page("c");
        end(source, new Source.End());
        assertThat(list.items()).containsExactly("a", "b", "c");
        assertThat(source.readings).isEqualTo(2);
    }

    @Test
    void whatHasEndedIsNotLoadedAgainByResuming() throws Exception {
        Source source = new Source();
        whole(source, "a");

        list.pause();
        list.resume();

        assertThat(list.state()).isEqualTo(new State.Done<>(List.of("a")));
        assertThat(source.readings).isOne();
    }

    @Test
    void whatWasNotPausedIsNotStartedByResuming() {
        list.resume();

        assertThat(list.state()).isEqualTo(new State.Idle<>());
    }

    @Test
    void whatWasEndedForGoodKeepsWhatCameAndIsNotResumed() throws Exception {
        Source source = new Source();
        list.start(source);
        source.page("a");
        pulse();

        list.end();
        source.interrupted.await();
        list.resume();

        assertThat(list.state()).isEqualTo(new State.Idle<>());
        assertThat(list.items()).containsExactly("a");
        assertThat(source.readings).isOne();
    }

    @Test
    void whatAnEarlierReadingBroughtAndWasNotShownYetIsDropped() throws Exception {
        Source before = new Source();
        list.start(before);
        before.page("old");

        Source now = new Source();
        list.start(now);
        before.interrupted.await();
        now.page("new");
        pulse();

        assertThat(list.items()).containsExactly("new");
        end(now, new Source.End());
        assertThat(list.state()).isEqualTo(new State.Done<>(List.of("new")));
    }

    @Test
    void stoppingForgets() throws Exception {
        Source source = new Source();
        list.start(source);
        source.page("a");
        pulse();

        list.stop();
        source.interrupted.await();
        pulse();

        assertThat(list.items()).isEmpty();
        assertThat(list.state()).isEqualTo(new State.Idle<>());
    }

    @Test
    void aFailureInTheMiddleKeepsWhatCameAndAgainLoadsTheSame() throws Exception {
        Source source = new Source();
        list.start(source);
        source.page("a");
        end(source, new Source.Refusal());

        assertThat(list.state()).isInstanceOf(State.Failed.class);
        assertThat(list.items()).containsExactly("a");

        list.again();
        assertThat(list.items()).isEmpty();
        source.page("a", "b");
        end(source, new Source.End());
        assertThat(list.items()).containsExactly("a", "b");
    }

    @Test
    void theFirstItemOfEachListIsReportedOnce() throws Exception {
        List<String> firsts = new ArrayList<>();
        list.onFirst(firsts::add);
        Source source = new Source();
        list.start(source);
        source.page("a", "b");
        pulse();
        source.page("c");
        pulse();
        end(source, new Source.End());
        whole(new Source(), "x", "y");

        assertThat(firsts).containsExactly("a", "x");
    }
}
