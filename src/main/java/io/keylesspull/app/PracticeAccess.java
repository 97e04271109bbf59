package io.keylesspull.app;

import io.keylesspull.practice.PracticeCloud;
import io.keylesspull.remote.SshRoute;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Instant;

/**
 * How to reach a practice cloud by HTTP and by SSH.
 *
 * @param http the address that every request goes to
 * @param callerAddress the program's address as the practice cloud sees it, in CIDR notation
 * @param machineKey the private key of the machines that exist at the start, as the text of an OpenSSH file
 * @param knownHosts the host keys of the jump hosts that exist at the start, as the text of a {@code known_hosts} file
 * @param started when the cloud began, by the program's clock
 * @param release closes the cloud
 */
public record PracticeAccess(
        URI http,
        SshRoute ssh,
        String tenantId,
        String callerAddress,
        String machineKey,
        String knownHosts,
        Instant started,
        Runnable release) {

    /** For a practice cloud inside this program. */
    public static PracticeAccess to(PracticeCloud cloud) {
        return new PracticeAccess(
                cloud.route(),
                into(cloud),
                cloud.tenantId(),
                PracticeCloud.CALLER + "/32",
                cloud.practicePrivateKey(),
                cloud.knownHosts(),
                cloud.started(),
                cloud::close);
    }

    private static SshRoute into(PracticeCloud cloud) {
        return (host, port, timeout) -> {
            Socket socket = new Socket();
            socket.setTcpNoDelay(true);
            // Azure drops what no rule lets in; the program is spared the wait.
            socket.connect(cloud.sshServer(host, port).orElseThrow(() -> new SocketTimeoutException(host)), (int)
                    timeout.toMillis());
            return socket;
        };
    }
}
