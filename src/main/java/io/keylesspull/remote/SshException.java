package io.keylesspull.remote;

import io.keylesspull.text.Text;
import io.keylesspull.text.Texts;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A failure of SSH: of connecting, of a command, or of a key file. The message is one sentence without secrets. */
public final class SshException extends Exception {

    /** The kinds of failures that callers treat differently. */
    public enum Kind {
        /** The machine's name is unknown, or the network has no route to it. */
        UNREACHABLE,
        /** The proxy for SSH makes no connection, and will not by itself. */
        PROXY,
        /** The machine exists but nothing listens on the port. */
        REFUSED,
        /** Connecting took too long. */
        TIMED_OUT,
        /** The server does not have the machine's key. Nothing was sent to it. */
        HOST_KEY_MISMATCH,
        /** No host key of the server is known, so its key cannot be checked. Nothing was sent to it. */
        UNKNOWN_HOST_KEY,
        /** The jump host does not open connections to other machines, and will not by itself. */
        FORWARDING_PROHIBITED,
        /** The jump host cannot connect to what is behind it. */
        BEHIND_JUMP_HOST,
        /** The machine does not accept this user with this key. */
        AUTHENTICATION_FAILED,
        /** The connection was accepted and ended before SSH was set up: no command was sent. */
        CUT_OFF,
        /** The connection, or the command's channel, ended before the command did. */
        CONNECTION_LOST,
        /** The command was still running at the end of its timeout; it got a TERM signal. */
        COMMAND_TIMED_OUT,
        /** The user's shell does not run commands, or its own output cannot be separated from theirs. */
        UNUSABLE_SHELL,
        /** The private key is missing, unreadable, or none. */
        BAD_KEY,
        /** The private key needs a passphrase. */
        ENCRYPTED_KEY,
        /** The file of pinned host keys has a malformed line. */
        BAD_KNOWN_HOSTS,
        /** The two sides have no algorithm in common, or the other side is not an SSH server. */
        PROTOCOL
    }

    private final Kind kind;
    private final transient Text text;
    private final boolean atJumpHost;

    SshException(Kind kind, Text text, @Nullable Throwable cause) {
        this(kind, text, cause, false);
    }

    private SshException(Kind kind, Text text, @Nullable Throwable cause, boolean atJumpHost) {
        super(new Texts(Locale.ENGLISH).render(text), cause);
        this.kind = Objects.requireNonNull(kind);
        this.text = text;
        this.atJumpHost = atJumpHost;
    }

    /** The same failure, of a connection to a jump host. */
    public SshException atAJumpHost() {
        return atJumpHost ? this : new SshException(kind, text, this, true);
    }

    /** Whether it is the connection to a jump host, or from there on, that failed. */
    public boolean atJumpHost() {
        return atJumpHost;
    }

    /** Never null. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    public Kind kind() {
        return kind;
    }

    /** The message in a form that can be rendered in any language. */
    public Text text() {
        return text;
    }
}
