package io.keylesspull.setup.step.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keylesspull.engine.event.Problem;
import io.keylesspull.remote.HostKey;
import io.keylesspull.remote.RemoteShell;
import io.keylesspull.remote.SshException;
import io.keylesspull.remote.SshKey;
import io.keylesspull.remote.SshRoute;
import io.keylesspull.remote.SshTarget;
import io.keylesspull.text.Texts;
import io.keylesspull.time.Time;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SshFailuresTest {

    private static final Texts ENGLISH = new Texts(Locale.ENGLISH);

    /** As a company's firewall does that knows SSH. */
    private static final SshRoute CUTS_OFF = (host, port, timeout) -> {
        try (ServerSocket firewall = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Socket client = new Socket(InetAddress.getLoopbackAddress(), firewall.getLocalPort());
            firewall.accept().close();
            return client;
        }
    };

    @Test
    void aConnectionThatIsCutOffBeforeSshHasSentNothingAndHasOtherWays() throws Exception {
        Problem problem = SshFailures.problem(failure("20.203.70.222", CUTS_OFF));
        assertThat(ENGLISH.render(problem.what()))
                .isEqualTo("The connection to 20.203.70.222 (port 22) was accepted, and closed before SSH was set up.");
        assertThat(ENGLISH.render(problem.meaning()))
                .startsWith("No command was sent.")
                .endsWith("Only this address was tried.");
        assertThat(ENGLISH.render(problem.remedy()))
                .contains("--ssh-proxy", "jumpHosts", "\"runCommand\": true", "\"address\": \"private\"");
    }

    @Test
    void itIsSaidWhatCameOfTheOtherAddress() throws Exception {
        SshException first = failure("20.203.70.222", CUTS_OFF);
        first.addSuppressed(failure("10.0.0.4", (host, port, timeout) -> {
            throw new SocketTimeoutException("late");
        }));
        assertThat(ENGLISH.render(SshFailures.problem(first).meaning()))
                .contains("The machine’s other address was tried, too: 10.0.0.4 (port 22) did not finish")
                .doesNotContain("Only this address");
    }

    @Test
    void aConnectionThatIsCutOffIsTriedAgain() throws Exception {
        assertThat(SshFailures.isLoss(failure("20.203.70.222", CUTS_OFF))).isTrue();
    }

    private static SshException failure(String host, SshRoute route) {
        SshKey key = SshKey.generate("x");
        HostKey any = HostKey.parse(key.publicKeyLine());
        SshTarget target = new SshTarget(host, 22, "azureuser", key, List.of(any), Duration.ofSeconds(20));
        return catchThrowableOfType(SshException.class, () -> RemoteShell.connect(target, route, Time.system()));
    }
}
