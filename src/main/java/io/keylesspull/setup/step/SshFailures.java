package io.keylesspull.setup.step;

import io.keylesspull.engine.Failure;
import io.keylesspull.engine.Problem;
import io.keylesspull.remote.SshException;
import io.keylesspull.text.Text;
import java.util.Locale;

/** Puts what SSH refused into words. */
public final class SshFailures {

    private SshFailures() {
    }

    static Failure failure(SshException cause) {
        return new Failure(problem(cause), cause);
    }

    public static Problem problem(SshException cause) {
        String key = "setup.ssh." + cause.kind().name().toLowerCase(Locale.ROOT);
        return new Problem(cause.text(), Text.of(key + ".meaning"), Text.of(key + ".remedy"), "");
    }
}
