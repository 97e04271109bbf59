package io.keylesspull.azure.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.http.HttpClient;
import io.keylesspull.azure.resource.Fixture;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class SdkCallTest {

    @Test
    void anInterruptEndsAWaitForAnAnswerThatNeverComes() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        HttpClient silent = request ->
                Mono.never().cast(com.azure.core.http.HttpResponse.class).doOnSubscribe(s -> asked.countDown());
        AtomicReference<Throwable> end = interrupt(
                asked,
                () -> Fixture.subscription(silent).resourceGroups().list().all());

        assertThat(end.get()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void anInterruptEndsAWaitEvenWhereTheSdkItselfBlocks() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        HttpClient blocking = request -> Mono.fromCallable(() -> {
            asked.countDown();
            new CountDownLatch(1).await();
            throw new IllegalStateException("never");
        });
        AtomicReference<Throwable> end = interrupt(
                asked, () -> Fixture.subscription(blocking).registries().list().all());

        assertThat(end.get()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void anInterruptThatCameBeforeIsNotForgotten() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> SdkCall.get(() -> Mono.just(1))).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    private interface Work {
        Object run() throws Exception;
    }

    private static AtomicReference<Throwable> interrupt(CountDownLatch begun, Work work) throws InterruptedException {
        AtomicReference<Throwable> end = new AtomicReference<>();
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (Exception e) {
                end.set(e);
            }
        });
        thread.start();
        begun.await();
        thread.interrupt();
        thread.join(Duration.ofSeconds(2).toMillis());
        assertThat(thread.isAlive()).isFalse();
        return end;
    }
}
