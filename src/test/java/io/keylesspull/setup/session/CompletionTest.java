package io.keylesspull.setup.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.setup.request.Requests;
import io.keylesspull.setup.request.SetupRequest;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CompletionTest {

    private static final Path HOME = Path.of("home").toAbsolutePath();
    private static final Path PRACTICE =
            Path.of("data", "practice", "practice_key_2").toAbsolutePath();

    @Test
    void aKeysPathIsMadeAbsolute() {
        assertThat(keyOf(Optional.empty(), "~/id")).contains(HOME.resolve("id").toString());
    }

    @Test
    void theKeyOfAPracticeCloudThatHasEndedIsReplacedByThePresentOnes() {
        String earlier = PRACTICE.resolveSibling("practice_key_1").toString();
        assertThat(keyOf(Optional.of(PRACTICE), earlier)).contains(PRACTICE.toString());
        assertThat(keyOf(Optional.empty(), earlier)).contains(earlier);
    }

    private static Optional<String> keyOf(Optional<Path> practiceKey, String given) {
        SetupRequest request = Requests.of(
                Requests.OLD_REGISTRY, Requests.SYSTEM_ASSIGNED, Requests.OLD_MACHINE.withSshKey(Optional.of(given)));
        return new Completion(practiceKey, Optional.empty(), HOME, HOME.resolve("known_hosts"))
                .of(request)
                .machines()
                .get(0)
                .sshKey();
    }
}
