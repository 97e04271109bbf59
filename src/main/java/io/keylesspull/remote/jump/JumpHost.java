package io.keylesspull.remote.jump;

import io.keylesspull.remote.SshKey;
import io.keylesspull.remote.SshTarget;
import java.time.Duration;

/**
 * A computer that connects to machines for those who sign in to it.
 *
 * @param host name or address, as seen from where the connection comes from
 * @param port 1 to 65535
 * @param key the user's key there
 */
public record JumpHost(String host, int port, String user, SshKey key, SshTarget.Trust trust) {

    SshTarget target(Duration connectTimeout) {
        return new SshTarget(host, port, user, key, trust, connectTimeout);
    }
}
