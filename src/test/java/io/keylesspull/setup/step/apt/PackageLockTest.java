package io.keylesspull.setup.step.apt;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.remote.CommandResult;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The words are those of apt 2.6.1, dpkg 1.21.22 and, without a holder, of apt 1.6. */
class PackageLockTest {

    private static Optional<PackageLock> refused(String stderr) {
        return PackageLock.in(new CommandResult(100, "", stderr, false));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            E: Could not get lock /var/lib/apt/lists/lock. It is held by process 6760 (python3) | 6760 (python3)
            E: Could not get lock /var/cache/apt/archives/lock. It is held by process 8586 (apt-get) | 8586 (apt-get)
            E: Could not get lock /var/lib/dpkg/lock. It is held by process 12 (unattended-upgr) | 12 (unattended-upgr)
            dpkg: error: dpkg frontend lock was locked by another process with pid 12127 | 12127
            dpkg: error: dpkg database lock was locked by another process with pid 11450 | 11450
            """)
    void whoHoldsTheLockIsRead(String stderr, String holder) {
        assertThat(refused(stderr).orElseThrow().holder()).contains(holder);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "E: Could not get lock /var/lib/dpkg/lock-frontend - open (11: Resource temporarily unavailable)",
                "E: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), is another process using "
                        + "it?",
                "E: Unable to lock the administration directory (/var/lib/dpkg/), is another process using it?",
                "dpkg: error: dpkg frontend is locked by another process"
            })
    void aLockWhoseHolderIsNotNamedIsOne(String stderr) {
        assertThat(refused(stderr).orElseThrow().holder()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "E: Could not open lock file /var/lib/dpkg/lock-frontend - open (13: Permission denied)\n"
                        + "E: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), are you root?",
                "E: Unable to locate package azure-cli",
                ""
            })
    void anotherFailureIsNone(String stderr) {
        assertThat(refused(stderr)).isEmpty();
    }

    @Test
    void whatSucceededHadTheLock() {
        assertThat(PackageLock.in(
                        new CommandResult(0, "", "E: Could not get lock /x. It is held by process 1 (apt)", false)))
                .isEmpty();
    }
}
