package io.keylesspull.practice.machine;

import static org.assertj.core.api.Assertions.assertThat;

import com.jcraft.jsch.ChannelExec;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.fault.Occasions;
import io.keylesspull.practice.machine.ssh.CommandFault;
import io.keylesspull.practice.machine.state.AptLock;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DpkgTest {

    private static final String MACHINE = "myDockerVM";
    private static final String APT = "sudo apt-get -o DPkg::Lock::Timeout=60 ";
    private static final String INSTALL = APT + "install -y docker.io";
    private static final String INTERRUPTED =
            "E: dpkg was interrupted, you must manually run " + "'sudo dpkg --configure -a' to correct the problem.";
    private static final String CONFIGURE = "sudo dpkg --configure -a";

    @ParameterizedTest
    @ValueSource(strings = {"Unpacking containerd", "Unpacking docker.io", "Setting up runc", "Setting up docker.io"})
    void anInstallationThatIsCutOffHasToBeFinishedFirst(String where) throws Exception {
        try (Rig rig = new Rig()) {
            rig.faults.command(MACHINE, "install", Occasions.first(1), CommandFault.resetAtOutput(where));
            assertThat(rig.ssh().run(INSTALL).status()).isEqualTo(-1);

            Ssh ssh = rig.ssh();
            Ssh.Result refused = untilUnlocked(ssh, INSTALL);
            assertThat(refused.status()).isEqualTo(100);
            assertThat(refused.err()).startsWith(INTERRUPTED);
            assertThat(ssh.run(APT + "update").status()).isZero();
            assertThat(ssh.run(APT + "install -y jq").status()).isEqualTo(100);
            assertThat(ssh.run(CONFIGURE).status()).isZero();
            assertThat(ssh.run(INSTALL).status()).isZero();
            assertThat(ssh.run("systemctl is-active docker").out()).isEqualTo("active\n");
        }
    }

    @Test
    void whatIsOnlyUnpackedIsThereAndNotSetUp() throws Exception {
        try (Rig rig = new Rig()) {
            rig.faults.command(
                    MACHINE, "install", Occasions.first(1), CommandFault.resetAtOutput("Setting up docker.io"));
            rig.ssh().run(INSTALL);
            Ssh ssh = rig.ssh();
            untilUnlocked(ssh, INSTALL);
            assertThat(ssh.run("docker --version").status()).isZero();
            assertThat(ssh.run("systemctl is-active docker").out()).isEqualTo("inactive\n");
            assertThat(ssh.run("dpkg-query -W -f '${db:Status-Status}' docker.io")
                            .out())
                    .isEqualTo("unpacked");
            assertThat(ssh.run("dpkg-query -W -f '${db:Status-Status}' containerd")
                            .out())
                    .isEqualTo("installed");

            assertThat(ssh.run(CONFIGURE).out())
                    .startsWith("Setting up docker.io (")
                    .contains("docker.service");
            assertThat(ssh.run("dpkg-query -W -f '${db:Status-Status}' docker.io")
                            .out())
                    .isEqualTo("installed");
            assertThat(ssh.run("systemctl is-active docker").out()).isEqualTo("active\n");
        }
    }

    @Test
    void anInstallationCutOffWhileItFetchesLeavesNothingToFinish() throws Exception {
        try (Rig rig = new Rig()) {
            rig.faults.command(MACHINE, "install", Occasions.first(1), CommandFault.resetAtOutput("Get:1 "));
            assertThat(rig.ssh().run(INSTALL).status()).isEqualTo(-1);
            assertThat(untilUnlocked(rig.ssh(), INSTALL).status()).isZero();
        }
    }

    @Test
    void anInstallationThatIsTerminatedHasToBeFinishedFirst() throws Exception {
        try (Rig rig = new Rig(Pace.REALISTIC, "ubuntu-22.04", Set.of())) {
            rig.machine().holdAptLock(AptLock.File.FRONTEND, Duration.ZERO);
            ChannelExec channel = (ChannelExec) rig.ssh().session().openChannel("exec");
            channel.setCommand("sudo apt-get install -y jq");
            InputStream out = channel.getInputStream();
            channel.connect(10_000);
            StringBuilder said = new StringBuilder();
            while (said.indexOf("Unpacking") < 0) {
                said.append((char) out.read());
            }
            channel.sendSignal("TERM");
            String rest = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(rest).doesNotContain("Setting up");
            assertThat(untilUnlocked(rig.ssh(), "sudo apt-get install -y jq").err())
                    .startsWith(INTERRUPTED);
        }
    }

    @Test
    void finishingNeedsRootAndTheLock() throws Exception {
        try (Rig rig = new Rig()) {
            Ssh ssh = rig.ssh();
            assertThat(ssh.run("dpkg --configure -a"))
                    .isEqualTo(
                            new Ssh.Result(2, "", "dpkg: error: requested operation requires superuser privilege\n"));
            rig.machine().holdAptLock(AptLock.File.FRONTEND, Duration.ofHours(1));
            assertThat(ssh.run(CONFIGURE).err())
                    .startsWith("dpkg: error: dpkg frontend lock was locked by another process with pid 1234\n");
            rig.machine().holdAptLock(AptLock.File.FRONTEND, Duration.ZERO);
            assertThat(ssh.run(CONFIGURE)).isEqualTo(new Ssh.Result(0, "", ""));
        }
    }

    /** The one that was cut off may not have let go of the lock yet. */
    private static Ssh.Result untilUnlocked(Ssh ssh, String command) throws Exception {
        return ssh.run(
                command.contains("Timeout")
                        ? command
                        : command.replace("apt-get", "apt-get -o DPkg::Lock::Timeout=60"));
    }
}
