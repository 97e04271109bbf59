package io.keylesspull.remote;

import io.keylesspull.text.Text;
import io.keylesspull.text.Texts;
import java.util.Locale;
import java.util.Objects;

/** Something that did not work between here and a machine, told in one sentence. Never holds a secret. */
public final class SshException extends Exception {

    /** What sort of failure, for whoever decides what to do about it. */
    public enum Kind {
        /** No way to the machine: its name is unknown, or the network does not lead there. */
        UNREACHABLE,
        /** The machine is there and nothing listens on the port. */
        REFUSED,
        /** Nobody answered in time while connecting. */
        TIMED_OUT,
        /** Somebody answered who does not hold the machine's key. Nothing was sent to them. */
        HOST_KEY_MISMATCH,
        /** The machine does not accept this user with this key. */
        AUTHENTICATION_FAILED,
        /** The connection, or the command's channel, ended before the command did. */
        CONNECTION_LOST,
        /** The command was still running when its time was over; it was told to stop. */
        COMMAND_TIMED_OUT,
        /** The user's shell does not run what it is given, or what is run cannot be told from what it prints itself. */
        UNUSABLE_SHELL,
        /** The private key is missing, unreadable, or none. */
        BAD_KEY,
        /** The private key asks for a passphrase. */
        ENCRYPTED_KEY,
        /** The file of pinned host keys holds a line that is none. */
        BAD_KNOWN_HOSTS,
        /** The two sides found no common language, or the other side is not an SSH server. */
        PROTOCOL
    }

    private final Kind kind;
    private final transient Text text;

    SshException(Kind kind, Text text, Throwable cause) {
        super(new Texts(Locale.ENGLISH).render(text), cause);
        this.kind = Objects.requireNonNull(kind);
        this.text = text;
    }

    public Kind kind() {
        return kind;
    }

    /** The same sentence as the message, for readers of any language. */
    public Text text() {
        return text;
    }
}
