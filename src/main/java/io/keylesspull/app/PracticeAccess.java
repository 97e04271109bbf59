package io.keylesspull.app;

import io.keylesspull.practice.PracticeCloud;
import io.keylesspull.remote.SshRoute;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;

/**
 * How a practice cloud is reached: by HTTP, by SSH, as whom.
 *
 * @param http          where every request goes
 * @param callerAddress from where the program comes, as the practice cloud sees it; CIDR
 * @param machineKey    opens the machines that are there at first, as the text of an OpenSSH file
 * @param release       lets go of the cloud
 */
public record PracticeAccess(URI http, SshRoute ssh, String tenantId, String callerAddress, String machineKey,
                             Runnable release) {

    /** To one inside this program, which ends with it. */
    public static PracticeAccess to(PracticeCloud cloud) {
        return new PracticeAccess(cloud.route(), into(cloud), cloud.tenantId(), PracticeCloud.CALLER + "/32",
                cloud.practicePrivateKey(), cloud::close);
    }

    private static SshRoute into(PracticeCloud cloud) {
        return (host, port, timeout) -> {
            Socket socket = new Socket();
            socket.setTcpNoDelay(true);
            socket.connect(cloud.sshServer(host, port).orElseThrow(() -> new UnknownHostException(host)),
                    (int) timeout.toMillis());
            return socket;
        };
    }
}
