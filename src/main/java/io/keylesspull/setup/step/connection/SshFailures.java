package io.keylesspull.setup.step.connection;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Problem;
import io.keylesspull.network.NetworkFault;
import io.keylesspull.network.NetworkProblem;
import io.keylesspull.remote.SshException;
import io.keylesspull.text.Text;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Turns SSH errors into problems with texts. */
public final class SshFailures {

    private SshFailures() {}

    public static Failure failure(SshException cause) {
        return new Failure(problem(cause), cause);
    }

    /** The same of a connection to a machine. @param way the one that failed */
    static Failure failure(SshException cause, Way way) {
        return new Failure(problem(cause, way), cause);
    }

    /** The same. */
    static Problem problem(SshException cause, Way way) {
        if (NetworkFault.in(cause).isPresent()
                || cause.atJumpHost()
                || !(way instanceof SshWay overSsh)
                || overSsh.isPublic() && !overSsh.isBehind()) {
            return problem(cause);
        }
        return switch (cause.kind()) {
            case HOST_KEY_MISMATCH -> problem(cause, "setup.ssh.otherMachine" + (overSsh.isBehind() ? "Behind" : ""));
            case UNREACHABLE, TIMED_OUT ->
                overSsh.isBehind() ? problem(cause) : problem(cause, "setup.ssh.privateAddress");
            default -> problem(cause);
        };
    }

    /** Whether the machine could not be reached, or the connection was lost, so that a retry may help. */
    static boolean isLoss(SshException cause) {
        return switch (cause.kind()) {
            case UNREACHABLE, REFUSED, TIMED_OUT, CUT_OFF, CONNECTION_LOST, BEHIND_JUMP_HOST -> true;
            default -> false;
        };
    }

    public static Problem problem(SshException cause) {
        Optional<NetworkProblem> known = NetworkFault.in(cause);
        if (known.isPresent()) {
            return new Problem(
                    known.get().what(), known.get().meaning(), known.get().remedy(), "");
        }
        if (cause.atJumpHost()) {
            String remedy = switch (cause.kind()) {
                case UNREACHABLE, REFUSED, TIMED_OUT, CUT_OFF, CONNECTION_LOST -> "reach";
                case AUTHENTICATION_FAILED -> "key";
                case HOST_KEY_MISMATCH -> "hostKey";
                case UNKNOWN_HOST_KEY -> "unknown";
                case BEHIND_JUMP_HOST -> "behind";
                case FORWARDING_PROHIBITED -> "forwarding";
                default -> "other";
            };
            return new Problem(
                    cause.text(),
                    Text.of("setup.jumpHost.meaning"),
                    Text.of("setup.jumpHost." + remedy + ".remedy"),
                    "");
        }
        if (cause.kind() == SshException.Kind.CUT_OFF) {
            return new Problem(
                    cause.text(),
                    Text.of("setup.ssh.cut_off.meaning", otherAddress(cause)),
                    Text.of("setup.ssh.cut_off.remedy"),
                    "");
        }
        return problem(cause, "setup.ssh." + cause.kind().name().toLowerCase(Locale.ROOT));
    }

    /** Whether the machine has another address that was tried after this one, as a sentence. */
    private static Text otherAddress(SshException first) {
        return Stream.of(first.getSuppressed())
                .filter(SshException.class::isInstance)
                .map(other -> Text.of("setup.ssh.cut_off.alsoTried", ((SshException) other).text()))
                .findFirst()
                .orElseGet(() -> Text.of("setup.ssh.cut_off.onlyOne"));
    }

    private static Problem problem(SshException cause, String key) {
        return new Problem(cause.text(), Text.of(key + ".meaning"), Text.of(key + ".remedy"), "");
    }
}
