package io.keylesspull.remote.jump;

import io.keylesspull.remote.SshKey;
import io.keylesspull.remote.SshTarget;
import java.time.Duration;
import java.util.List;

/**
 * A computer that connects to machines for those who sign in to it.
 *
 * @param host name or address, as seen from where the connection comes from
 * @param port 1 to 65535
 * @param keys the user's keys there; at least one
 */
public record JumpHost(String host, int port, String user, List<SshKey> keys, SshTarget.Trust trust) {

    SshTarget target(Duration connectTimeout) {
        return new SshTarget(host, port, user, keys, trust, connectTimeout);
    }
}
