package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.azure.signin.SignInEnvironment;
import io.keylesspull.network.NoNetwork;
import io.keylesspull.practice.PracticeCloud;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.remote.SshKey;
import io.keylesspull.text.Texts;
import io.keylesspull.time.Time;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several programs that practise at the same time for the same user. */
class PracticeSessionsTest {

    @TempDir
    private Path data;

    private final ExecutorService workers = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        workers.shutdownNow();
    }

    @Test
    void eachSessionKeepsTheKeyOfItsOwnMachinesUntilItEnds() throws Exception {
        PracticeCloud one = PracticeCloud.start(Pace.INSTANT, Time.system(), new Random(1));
        PracticeCloud other = PracticeCloud.start(Pace.INSTANT, Time.system(), new Random(2));
        try (Composition first = program(one);
                Composition second = program(other)) {
            Path firstKey =
                    Path.of(first.practice(Optional.empty()).practiceKeyPath().orElseThrow());
            Path secondKey =
                    Path.of(second.practice(Optional.empty()).practiceKeyPath().orElseThrow());

            assertThat(SshKey.load(firstKey).publicKeyLine())
                    .isEqualTo(SshKey.parse(one.practicePrivateKey(), "").publicKeyLine());
            assertThat(SshKey.load(secondKey).publicKeyLine())
                    .isEqualTo(SshKey.parse(other.practicePrivateKey(), "").publicKeyLine());
        }
        try (Stream<Path> left = Files.walk(data)) {
            assertThat(left).noneMatch(Files::isRegularFile);
        }
    }

    private Composition program(PracticeCloud cloud) {
        return new Composition(
                () -> PracticeAccess.to(cloud),
                NoNetwork::open,
                new Texts(Locale.ENGLISH),
                SignInEnvironment.bare().browser(),
                data,
                workers,
                Time.system());
    }
}
