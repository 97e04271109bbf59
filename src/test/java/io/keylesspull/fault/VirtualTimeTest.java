package io.keylesspull.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class VirtualTimeTest {

    private final VirtualTime time = new VirtualTime();

    @Test
    void manyWhoWaitForTheSameMomentAllWakeUpThen() throws Exception {
        Instant begun = time.now();
        ExecutorService threads = Executors.newFixedThreadPool(200);
        try {
            Callable<Instant> sleeper = () -> {
                time.sleep(Duration.between(time.now(), begun.plusSeconds(30)));
                return time.now();
            };
            List<Future<Instant>> woken = threads.invokeAll(Collections.nCopies(200, sleeper));
            for (Future<Instant> one : woken) {
                assertThat(one.get()).isEqualTo(begun.plusSeconds(30));
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
