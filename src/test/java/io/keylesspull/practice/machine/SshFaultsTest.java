package io.keylesspull.practice.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSchException;
import io.keylesspull.practice.fault.Fault;
import io.keylesspull.practice.fault.Occasions;
import io.keylesspull.practice.machine.ssh.MachineFaults;
import io.keylesspull.practice.machine.ssh.SshFault;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SshFaultsTest {

    private static final String MACHINE = "mydockervm";

    private final Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void aConnectionIsRefusedTheGivenNumberOfTimes() throws Exception {
        Fault refused = rig.faults.ssh(MACHINE, Occasions.first(2), SshFault.REFUSED);
        assertThatThrownBy(this::socket).isInstanceOf(ConnectException.class);
        assertThatThrownBy(rig::ssh).isInstanceOf(JSchException.class).hasMessageContaining("refused");
        assertThat(rig.ssh().run("whoami").status()).isZero();
        assertThat(refused.fired()).isEqualTo(2);
    }

    @Test
    void aConnectionIsResetInTheMiddleOfTheHandshake() throws Exception {
        rig.faults.ssh(MachineFaults.ANY, Occasions.first(2), SshFault.RESET);
        try (Socket socket = socket()) {
            // Its own identification makes the server go on to its key exchange.
            socket.getOutputStream().write("SSH-2.0-Test\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThatThrownBy(() -> socket.getInputStream().readAllBytes())
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }
        assertThatThrownBy(rig::ssh).isInstanceOf(JSchException.class);
        assertThat(rig.ssh().run("whoami").status()).isZero();
    }

    @Test
    void aConnectionIsAcceptedAndNothingIsSaid() throws Exception {
        rig.faults.ssh(MACHINE, Occasions.first(1), SshFault.SILENT);
        try (Socket socket = socket()) {
            socket.setSoTimeout(100);
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        }
        assertThat(rig.ssh().run("whoami").status()).isZero();
    }

    @Test
    void noKeyIsGoodEnough() throws Exception {
        rig.faults.ssh(MACHINE, Occasions.first(1), SshFault.AUTHENTICATION_REFUSED);
        assertThatThrownBy(rig::ssh).isInstanceOf(JSchException.class).hasMessageContaining("Auth fail");
        assertThat(rig.ssh().run("whoami").status()).isZero();
    }

    @Test
    void anotherMachineAnswersThanTheOneThatPublishedItsKeys() throws Exception {
        String published = rig.machines
                .runCommand(Rig.VM, List.of("cat /etc/ssh/ssh_host_ed25519_key.pub"))
                .stdout();
        rig.faults.ssh(MACHINE, Occasions.first(1), SshFault.OTHER_HOST_KEYS);
        String other = rig.ssh().session().getHostKey().getKey();
        assertThat(published).doesNotContain(other);
        assertThat(published).contains(rig.ssh().session().getHostKey().getKey());
    }

    @Test
    void aFaultOfAnotherMachineDoesNotStrike() throws Exception {
        Fault other = rig.faults.ssh("other", Occasions.always(), SshFault.REFUSED);
        assertThat(rig.ssh().run("whoami").status()).isZero();
        assertThat(other.matched()).isZero();
    }

    @Test
    void aRestartOfTheServerLeavesConnectionsAlone() throws Exception {
        Ssh before = rig.ssh();
        rig.machine().restartSshd(Duration.ofHours(1));
        assertThatThrownBy(this::socket).isInstanceOf(ConnectException.class);
        assertThat(before.run("whoami").status()).isZero();
        rig.machine().restartSshd(Duration.ZERO);
        assertThat(rig.ssh().run("whoami").status()).isZero();
    }

    @Test
    void aRebootEndsConnectionsAndTheMachineComesBackAsItWas() throws Exception {
        Ssh before = rig.ssh();
        before.run("echo kept > ~/note");
        rig.machine().reboot();
        assertThatThrownBy(() -> before.run("whoami")).isInstanceOf(JSchException.class);
        assertThat(rig.ssh().run("cat ~/note").out()).isEqualTo("kept\n");
    }

    @Test
    void aSilencedConnectionStaysOpenAndSaysNothing() throws Exception {
        Ssh ssh = rig.ssh();
        rig.machine().silenceConnections();
        ChannelExec channel = (ChannelExec) ssh.session().openChannel("exec");
        channel.setCommand("whoami");
        assertThatThrownBy(() -> channel.connect(200)).isInstanceOf(JSchException.class);
        assertThat(ssh.session().isConnected()).isTrue();
        assertThat(rig.ssh().run("whoami").out()).isEqualTo("azureuser\n");
    }

    private Socket socket() throws IOException {
        InetSocketAddress address = rig.machines.sshServer(Rig.ADDRESS, 22).orElseThrow();
        return new Socket(address.getAddress(), address.getPort());
    }
}
