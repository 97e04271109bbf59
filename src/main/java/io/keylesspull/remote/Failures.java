package io.keylesspull.remote;

import com.jcraft.jsch.JSchAlgoNegoFailException;
import io.keylesspull.network.ProxyException;
import io.keylesspull.remote.SshException.Kind;
import io.keylesspull.remote.forward.ForwardedSocket;
import io.keylesspull.text.Text;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns JSch's exceptions into {@link SshException}s with messages for people. */
final class Failures {

    /** JSch's message if the connection ends before the server's version line; there is no exception type for it. */
    private static final String CLOSED_EARLY = "connection is closed by foreign host";

    /** OpenSSH's server says so where it allows fewer tries than there are keys (MaxAuthTries). */
    private static final String TOO_MANY_KEYS = "Too many authentication failures";

    private static final int SHOWN = 200;

    private final SshTarget target;

    Failures(SshTarget target) {
        this.target = target;
    }

    /** @param routeOpened whether the network connection was opened */
    SshException connecting(Throwable failed, PinnedHostKeys hostKeys, boolean routeOpened) {
        if (hostKeys.refused().isPresent()) {
            HostKey shown = hostKeys.refused().get();
            boolean isNew = target.trust() instanceof SshTarget.Trust.Nothing;
            return exception(
                    isNew ? Kind.UNKNOWN_HOST_KEY : Kind.HOST_KEY_MISMATCH,
                    isNew ? "unknown-host-key" : "host-key-mismatch",
                    failed,
                    shown.type() + " " + shown.fingerprint(),
                    pinned());
        }
        for (Throwable cause : causes(failed)) {
            if (cause instanceof SshException atJumpHost) {
                return atJumpHost;
            }
            if (cause instanceof ProxyException proxy) {
                return new SshException(
                        proxy.retryable() ? Kind.UNREACHABLE : Kind.PROXY,
                        proxy.problem().what(),
                        failed);
            }
            if (cause instanceof JSchAlgoNegoFailException nothingInCommon) {
                return nothingInCommon.getAlgorithmName().contains("host_key")
                        ? exception(Kind.HOST_KEY_MISMATCH, "host-key-type-mismatch", failed, pinned())
                        : exception(Kind.PROTOCOL, "protocol", failed, String.valueOf(cause.getMessage()));
            }
            // "Auth fail…" and "Auth cancel…": JSch's exception types for them are not public.
            if (String.valueOf(cause.getMessage()).startsWith("Auth ") || isOutOfTries(cause)) {
                return exception(
                        Kind.AUTHENTICATION_FAILED,
                        target.keys().size() == 1 ? "authentication-failed" : "authentication-failed-any",
                        failed,
                        target.user(),
                        target.keys().stream().map(SshKey::toString).collect(Collectors.joining(", ")));
            }
            if (cause instanceof SocketTimeoutException) {
                return connectTimedOut(failed);
            }
            if (CLOSED_EARLY.equals(cause.getMessage())) {
                return cutOff(failed);
            }
            if (cause instanceof ConnectException && !routeOpened) {
                return exception(Kind.REFUSED, "refused", failed);
            }
        }
        if (!routeOpened) {
            return exception(Kind.UNREACHABLE, "unreachable", failed, reason(failed));
        }
        boolean ioFailed = causes(failed).stream().anyMatch(IOException.class::isInstance);
        return ioFailed ? cutOff(failed) : exception(Kind.PROTOCOL, "protocol", failed, reason(failed));
    }

    private static boolean isOutOfTries(Throwable cause) {
        return String.valueOf(cause.getMessage()).contains(TOO_MANY_KEYS);
    }

    SshException connectTimedOut(Throwable cause) {
        return exception(Kind.TIMED_OUT, "timed-out", cause, seconds(target.connectTimeout()));
    }

    /** Nobody has signed in yet. */
    private SshException cutOff(Throwable cause) {
        return exception(Kind.CUT_OFF, "cut-off", cause);
    }

    SshException connectionLost(@Nullable Throwable cause) {
        return exception(Kind.CONNECTION_LOST, "connection-lost", cause);
    }

    SshException commandTimedOut(Command command) {
        return exception(
                Kind.COMMAND_TIMED_OUT, "command-timed-out", null, command.toString(), seconds(command.timeout()));
    }

    SshException unusableShell(CommandResult printed) {
        String all = (printed.stdout().strip() + " " + printed.stderr().strip()).strip();
        String shown = all.length() <= SHOWN ? all : all.substring(0, SHOWN) + "…";
        return exception(Kind.UNUSABLE_SHELL, "unusable-shell", null, target.user(), shown);
    }

    SshException noChannel(Throwable cause) {
        return exception(Kind.PROTOCOL, "protocol", cause, reason(cause));
    }

    private SshException exception(Kind kind, String key, @Nullable Throwable cause, String... more) {
        Object[] arguments = Stream.concat(Stream.of(target.host(), Integer.toString(target.port())), Stream.of(more))
                .toArray();
        return new SshException(kind, Text.of("remote." + key, arguments), cause);
    }

    /** The target is a jump host. */
    SshException notForwarded(ForwardedSocket.NotOpened refused, String host, int port) {
        return exception(
                refused.prohibited() ? Kind.FORWARDING_PROHIBITED : Kind.BEHIND_JUMP_HOST,
                refused.prohibited() ? "forwarding-prohibited" : "behind-jump-host",
                refused,
                host,
                Integer.toString(port));
    }

    private String pinned() {
        if (!(target.trust() instanceof SshTarget.Trust.Keys trusted)) {
            return target.trust() instanceof SshTarget.Trust.Fingerprint known ? known.sha256() : "";
        }
        return trusted.keys().stream()
                .filter(key -> Algorithms.knowsKeyType(key.type()))
                .map(key -> key.type() + " " + key.fingerprint())
                .collect(Collectors.joining(", "));
    }

    private static String reason(Throwable failed) {
        List<Throwable> causes = causes(failed);
        Throwable root = causes.get(causes.size() - 1);
        if (root instanceof UnknownHostException) {
            return "unknown host";
        }
        return root.getMessage() == null || root instanceof EOFException
                ? root.getClass().getSimpleName()
                : root.getMessage();
    }

    private static List<Throwable> causes(Throwable failed) {
        return Stream.iterate(failed, cause -> cause != null, Throwable::getCause)
                .limit(20)
                .toList();
    }

    private static String seconds(Duration duration) {
        return Double.toString(duration.toMillis() / 1000.0).replaceFirst("\\.0$", "");
    }
}
