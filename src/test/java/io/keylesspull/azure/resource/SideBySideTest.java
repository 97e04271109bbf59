package io.keylesspull.azure.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.resource.SideBySide.Part;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

@Timeout(60)
class SideBySideTest {

    private final Fixture.Recorder recorder = new Fixture.Recorder();

    @Test
    void allAreBegunBeforeAnyIsMade() throws Exception {
        CountDownLatch begun = new CountDownLatch(3);

        SideBySide.create(List.of(waiting("/a", begun), waiting("/b", begun), waiting("/c", begun)), recorder);

        assertThat(recorder.all)
                .containsExactly("creating a", "creating b", "creating c", "created a", "created b", "created c");
    }

    @Test
    void whatIsThereIsNotMade() throws Exception {
        Part<String> there = Part.of("/a", () -> Mono.just("there"), () -> Mono.error(new AssertionError("made")));

        SideBySide.create(List.of(there, missing("/b", Mono.just("made"))), recorder);

        assertThat(there.resource()).isEqualTo("there");
        assertThat(recorder.all).containsExactly("creating b", "created b");
    }

    @Test
    void ifOneFailsTheOthersAreReportedAsMade() throws Exception {
        Part<String> failing = missing("/b", Mono.error(new IllegalStateException("no room")));

        assertThatThrownBy(() -> SideBySide.create(
                        List.of(missing("/a", Mono.just("a")), failing, missing("/c", Mono.just("c"))), recorder))
                .isInstanceOf(AzureException.class)
                .hasMessageContaining("no room");

        assertThat(recorder.all).containsExactly("creating a", "creating b", "creating c", "created a", "created c");
    }

    @Test
    void anAnswerWithoutContentIsAnError() throws Exception {
        Part<String> empty = missing("/a", Mono.empty());

        assertThatThrownBy(() -> SideBySide.create(List.of(empty), recorder))
                .isInstanceOf(AzureException.class)
                .hasMessageContaining("without content");
    }

    private static Part<String> missing(String id, Mono<String> made) throws Exception {
        return Part.of(id, Mono::empty, () -> made);
    }

    /** It is made once all are begun. */
    private static Part<String> waiting(String id, CountDownLatch begun) throws Exception {
        return missing(id, Mono.fromCallable(() -> {
            begun.countDown();
            return begun.await(30, TimeUnit.SECONDS) ? id : null;
        }));
    }
}
