package io.keylesspull.setup.step;

import io.keylesspull.engine.Failure;
import io.keylesspull.engine.Problem;
import io.keylesspull.remote.SshException;
import io.keylesspull.text.Text;
import java.util.Locale;

/** Puts what SSH refused into words. */
final class RemoteFailures {

    private RemoteFailures() {
    }

    /** @param subject the machine, or the key's file */
    static Failure failure(String subject, SshException cause) {
        return new Failure(problem(subject, cause), cause);
    }

    static Problem problem(String subject, SshException cause) {
        String key = "setup.ssh." + cause.kind().name().toLowerCase(Locale.ROOT);
        return new Problem(cause.text(), Text.of(key + ".meaning", subject), Text.of(key + ".remedy", subject), "");
    }
}
