package io.keylesspull.setup.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SideBySideTest {

    private final ExecutorService workers = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        workers.shutdownNow();
    }

    @Test
    void asManyAsAllowedLookAtOnceAndTheResultsAreInOrder() throws InterruptedException {
        CyclicBarrier together = new CyclicBarrier(4);
        AtomicInteger looking = new AtomicInteger();
        List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
        List<Callable<Integer>> looks = IntStream.range(0, 40)
                .<Callable<Integer>>mapToObj(i -> () -> {
                    seen.add(looking.incrementAndGet());
                    together.await();
                    looking.decrementAndGet();
                    return i;
                })
                .toList();

        assertThat(new SideBySide(workers, 4).all(looks))
                .containsExactlyElementsOf(IntStream.range(0, 40).boxed().toList());

        assertThat(seen).allMatch(at -> at <= 4);
    }

    @Test
    void fiftyLooksBy25TakeTwiceTheTimeOfOne() throws InterruptedException {
        AtomicInteger rounds = new AtomicInteger();
        CyclicBarrier round = new CyclicBarrier(25, rounds::incrementAndGet);
        Callable<Integer> look = round::await;

        new SideBySide(workers, 25).all(Collections.nCopies(50, look));

        assertThat(rounds).hasValue(2);
    }

    @Test
    void anInterruptEndsEveryLook() throws Exception {
        CountDownLatch begun = new CountDownLatch(2);
        CountDownLatch interrupted = new CountDownLatch(2);
        Callable<Object> look = () -> {
            begun.countDown();
            try {
                return new CountDownLatch(1).await(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
        };
        Future<?> all = workers.submit(() -> new SideBySide(workers, 2).all(List.of(look, look, look)));
        begun.await();

        all.cancel(true);

        interrupted.await();
    }

    @Test
    void aLookThatIsBrokenIsNotSwallowed() {
        Callable<Object> broken = () -> {
            throw new UnsupportedOperationException("broken");
        };

        assertThatThrownBy(() -> new SideBySide(workers, 2).all(List.of(broken)))
                .hasRootCauseMessage("broken");
    }
}
