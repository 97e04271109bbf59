package io.keylesspull.remote;

import io.keylesspull.text.Masked;
import io.keylesspull.text.RedactedStream;
import io.keylesspull.text.Redactor;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Takes one output stream of a command: bytes in, from JSch's thread; masked text out, to whoever listens; its last
 * part is kept. What is confidential is not masked, and kept only.
 */
public final class CommandOutput extends OutputStream {

    private static final int KEPT_CHARACTERS = 1024 * 1024;

    private final Utf8Stream decoder = new Utf8Stream();
    private final Optional<RedactedStream> redacted;
    private final Tail tail = new Tail(KEPT_CHARACTERS);
    private final Consumer<Masked> listener;
    private final Runnable bell;
    private volatile boolean dropped;
    private volatile RuntimeException listenerFailed;

    private CommandOutput(Optional<RedactedStream> redacted, Consumer<Masked> listener, Runnable bell) {
        this.redacted = redacted;
        this.listener = listener;
        this.bell = bell;
    }

    /** @param listener hears everything as it comes */
    static CommandOutput heard(Redactor redactor, Consumer<Masked> listener, Runnable bell) {
        return new CommandOutput(Optional.of(redactor.stream()), listener, bell);
    }

    /** Nobody hears it, and it is kept as it is. */
    static CommandOutput confidential(Runnable bell) {
        return new CommandOutput(Optional.empty(), chunk -> { }, bell);
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        if (!dropped) {
            pass(decoder.accept(bytes, offset, length));
        }
    }

    /** JSch closes its streams when the channel is over. */
    @Override
    public void close() {
        bell.run();
    }

    /** Nothing more comes: what was held back is passed on. */
    synchronized void finish() {
        pass(decoder.end());
        redacted.ifPresent(stream -> keep(stream.end()));
        rethrow();
    }

    /** Nothing more is wanted. Does not wait for a listener that is at work. */
    void drop() {
        dropped = true;
    }

    /** What the listener threw, to whoever runs the command. */
    void rethrow() {
        if (listenerFailed != null) {
            throw listenerFailed;
        }
    }

    synchronized String text() {
        return tail.text();
    }

    synchronized boolean truncated() {
        return tail.truncated();
    }

    private void pass(String text) {
        if (redacted.isPresent()) {
            keep(redacted.get().accept(text));
        } else if (!dropped) {
            tail.append(text);
        }
    }

    private void keep(Masked chunk) {
        if (chunk.isEmpty() || dropped) {
            return;
        }
        tail.append(chunk.text());
        try {
            listener.accept(chunk);
        } catch (RuntimeException failed) {
            // Thrown here it would end the whole connection, so it goes to the command's own thread.
            listenerFailed = failed;
            dropped = true;
            bell.run();
        }
    }
}
