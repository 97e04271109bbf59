package io.keylesspull.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "used on Linux only")
class CacheTest {

    @TempDir
    private Path folder;

    @Test
    void whatIsKeptIsMadeOnce() throws Exception {
        AtomicInteger made = new AtomicInteger();
        Cache.Preparation preparation = part -> Files.writeString(part, "made " + made.incrementAndGet());
        Path kept = Cache.keep(folder, "thing", preparation);

        assertThat(Cache.keep(folder, "thing", preparation)).isEqualTo(kept).hasContent("made 1");
    }

    @Test
    void aPreparationThatFailsLeavesNothingHalfMade() throws Exception {
        assertThatThrownBy(() -> Cache.keep(folder, "thing", part -> {
                    Files.createDirectory(part);
                    Files.writeString(part.resolve("half"), "");
                    throw new IOException("no mirror");
                }))
                .hasMessage("no mirror");
        assertThat(folder.resolve("thing")).doesNotExist();

        Path kept = Cache.keep(folder, "thing", part -> {
            Files.createDirectory(part);
            Files.writeString(part.resolve("whole"), "");
        });
        assertThat(kept.resolve("whole")).exists();
        assertThat(kept.resolve("half")).doesNotExist();
    }

    @Test
    void whoeverAsksMeanwhileWaits() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger made = new AtomicInteger();
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<Future<Path>> asked = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                asked.add(threads.submit(() -> Cache.keep(folder, "thing", part -> {
                    begun.countDown();
                    go.await();
                    Files.writeString(part, "made " + made.incrementAndGet());
                })));
            }
            begun.await();
            go.countDown();
            for (Future<Path> answer : asked) {
                assertThat(answer.get()).hasContent("made 1");
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
