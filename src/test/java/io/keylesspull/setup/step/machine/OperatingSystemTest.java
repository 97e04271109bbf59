package io.keylesspull.setup.step.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OperatingSystemTest {

    @Test
    void ubuntuIsReadFromItsOsRelease() {
        OperatingSystem system = OperatingSystem.parse("""
                PRETTY_NAME="Ubuntu 22.04.5 LTS"
                NAME="Ubuntu"
                VERSION_CODENAME=jammy
                ID=ubuntu
                """);

        assertThat(system).isEqualTo(new OperatingSystem("Ubuntu 22.04.5 LTS", "jammy"));
        assertThat(system.supported()).isTrue();
    }

    @Test
    void aSystemTakesTheAzureCliOfItsOwnSuite() {
        assertThat(new OperatingSystem("Ubuntu 24.04.3 LTS", "noble").azureCliSuite())
                .isEqualTo("noble");
        assertThat(new OperatingSystem("Ubuntu 26.04.1 LTS", "resolute").azureCliSuite())
                .isEqualTo("resolute");
    }

    @Test
    void debian13TakesTheAzureCliOfTheSuiteBefore() {
        OperatingSystem system = new OperatingSystem("Debian GNU/Linux 13 (trixie)", "trixie");

        assertThat(system.supported()).isTrue();
        assertThat(system.azureCliSuite()).isEqualTo("bookworm");
    }

    @Test
    void aSystemThatNamesNoSuiteIsNotSupported() {
        OperatingSystem system = OperatingSystem.parse("PRETTY_NAME=\"Red Hat Enterprise Linux 9\"\nID=rhel\n");

        assertThat(system.name()).isEqualTo("Red Hat Enterprise Linux 9");
        assertThat(system.supported()).isFalse();
    }

    @Test
    void nothingReadableIsNotSupported() {
        assertThat(OperatingSystem.parse("").supported()).isFalse();
    }
}
