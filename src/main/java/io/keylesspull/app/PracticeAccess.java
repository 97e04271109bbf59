package io.keylesspull.app;

import io.keylesspull.practice.PracticeCloud;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.remote.SshRoute;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How to reach a practice cloud by HTTP and by SSH.
 *
 * @param http the address that every request goes to
 * @param guestDirectory the id and the domain of a directory in which the user is a guest
 * @param callerAddress the program's address as the practice cloud sees it, in CIDR notation
 * @param machineKey the private key of the machines that exist at the start, as the text of an OpenSSH file
 * @param knownHosts the host keys of the jump hosts that exist at the start, as the text of a {@code known_hosts} file
 * @param started when the cloud began, by the program's clock
 * @param pace how long things take there
 * @param release closes the cloud
 */
public record PracticeAccess(
        URI http,
        SshRoute ssh,
        String tenantId,
        List<String> guestDirectory,
        String callerAddress,
        String machineKey,
        String knownHosts,
        Instant started,
        Pace pace,
        Runnable release) {

    /** For a practice cloud inside this program. */
    public static PracticeAccess to(PracticeCloud cloud) {
        return new PracticeAccess(
                cloud.route(),
                into(cloud),
                cloud.tenantId(),
                cloud.guestDirectory(),
                PracticeCloud.CALLER + "/32",
                cloud.practicePrivateKey(),
                cloud.knownHosts(),
                cloud.started(),
                cloud.pace(),
                cloud::close);
    }

    /** @param named an id or a domain. @return what to sign in to: the user's own directory unless it is the other */
    String tenant(Optional<String> named) {
        return named.filter(name -> guestDirectory.stream().anyMatch(name::equalsIgnoreCase))
                .orElse(tenantId);
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
