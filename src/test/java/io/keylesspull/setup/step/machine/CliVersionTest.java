package io.keylesspull.setup.step.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CliVersionTest {

    @Test
    void itIsReadFromTheAnswerOfAzVersion() {
        assertThat(CliVersion.parse("{\n  \"azure-cli\": \"2.79.0\",\n  \"azure-cli-core\": \"2.79.0\"\n}"))
                .contains(new CliVersion(2, 79, 0));
    }

    @Test
    void somethingElseIsNoVersion() {
        assertThat(CliVersion.parse("az: command not found")).isEmpty();
    }

    @Test
    void numbersAreComparedAsNumbers() {
        assertThat(new CliVersion(2, 100, 0).atLeast(CliVersion.WITH_RESOURCE_ID))
                .isTrue();
        assertThat(new CliVersion(2, 9, 99).atLeast(CliVersion.WITH_RESOURCE_ID))
                .isFalse();
        assertThat(new CliVersion(2, 0, 54).atLeast(CliVersion.NEEDED)).isFalse();
        assertThat(new CliVersion(2, 0, 55).atLeast(CliVersion.NEEDED)).isTrue();
        assertThat(new CliVersion(3, 0, 0).atLeast(CliVersion.WITH_RESOURCE_ID)).isTrue();
    }
}
