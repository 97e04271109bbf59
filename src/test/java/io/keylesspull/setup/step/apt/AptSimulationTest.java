package io.keylesspull.setup.step.apt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is parsed was printed by apt 2.6.1. */
class AptSimulationTest {

    @Test
    void newPackagesAreDistinguishedFromUpgradesAndRemovals() {
        AptSimulation simulation = AptSimulation.parse("""
                Reading package lists...
                The following packages will be REMOVED:
                  containerd.io docker-ce-cli
                The following NEW packages will be installed:
                  docker.io runc
                1 upgraded, 2 newly installed, 2 to remove and 138 not upgraded.
                Remv containerd.io [1.7.27-1]
                Remv docker-ce-cli [5:28.0.1-1]
                Inst runc (1.1.5+ds1-1+deb12u1 Debian:12.15/oldstable [amd64])
                Inst curl [7.88.1-10+deb12u12] (7.88.1-10+deb12u15 Debian:12.15/oldstable [amd64])
                Inst docker.io (20.10.24+dfsg1-1+deb12u1+b6 Debian:12.15/oldstable [amd64])
                Conf runc (1.1.5+ds1-1+deb12u1 Debian:12.15/oldstable [amd64])
                """);
        assertThat(simulation.added()).containsExactly("runc", "docker.io");
        assertThat(simulation.removed()).containsExactly("containerd.io", "docker-ce-cli");
        assertThat(simulation.downgraded()).isEmpty();
    }

    @Test
    void aDowngradeIsALoss() {
        AptSimulation simulation = AptSimulation.parse("""
                Reading state information...
                The following packages will be DOWNGRADED:
                  kpconf libc6
                  perl
                0 upgraded, 0 newly installed, 3 downgraded, 0 to remove and 138 not upgraded.
                Inst kpconf [2.0] (1.0 local-deb [amd64])
                Conf kpconf (1.0 local-deb [amd64])
                """);
        assertThat(simulation.added()).isEmpty();
        assertThat(simulation.lost()).containsExactly("kpconf", "libc6", "perl");
    }

    @Test
    void aPurgeIsALoss() {
        assertThat(AptSimulation.parse("Purg runc [1.1]\n").lost()).containsExactly("runc");
    }
}
