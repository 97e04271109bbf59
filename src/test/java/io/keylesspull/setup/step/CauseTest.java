package io.keylesspull.setup.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.remote.CommandResult;
import io.keylesspull.setup.step.Cause.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Words of real programs: those of the sources that are named, of the Azure CLI's own code, and of curl and sudo. */
class CauseTest {

    @ParameterizedTest
    @CsvFileSource(
            resources = "/io/keylesspull/setup/step/machine/causes.txt",
            delimiter = '|',
            quoteCharacter = '~',
            nullValues = "-",
            maxCharsPerColumn = 200)
    void aCauseIsReadFromTheWords(Kind kind, String subject, String words) {
        Cause expected = new Cause(kind, subject == null ? "" : subject);
        assertThat(Cause.of(new CommandResult(1, "", words, false))).isEqualTo(expected);
        assertThat(Cause.of(new CommandResult(0, words, "WARNING: x", false))).isEqualTo(expected);
    }

    @Test
    void aCauseIsReadFromTheExitStatus() {
        assertThat(Cause.of(new CommandResult(137, "", "unauthorized", false))).isEqualTo(new Cause(Kind.KILLED, ""));
        assertThat(Cause.of(new CommandResult(127, "", "", false))).isEqualTo(new Cause(Kind.MISSING_COMMAND, ""));
    }

    @Test
    void whatTheHelperSaysCountsBeforeWhatDockerMakesOfIt() {
        assertThat(Cause.of(new CommandResult(
                        1,
                        "",
                        "docker-credential-x: the instance metadata service gives no token for the managed identity"
                                + " (400): Identity not found\nfailed to fetch anonymous token: 401 Unauthorized",
                        false)))
                .isEqualTo(new Cause(Kind.IDENTITY, ""));
    }
}
