package io.keylesspull.remote;

import io.keylesspull.text.Masked;
import io.keylesspull.text.RedactedStream;
import io.keylesspull.text.Redactor;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Receives one output stream of a command as bytes, from JSch's thread. Masked text goes to a listener, and the last
 * part of it is kept. Confidential output is kept unmasked and goes to no listener.
 */
final class CommandOutputStream extends OutputStream {

    private static final int KEPT_CHARACTERS = 1024 * 1024;

    private final Utf8Stream decoder = new Utf8Stream();
    private final Optional<RedactedStream> redacted;
    private final Optional<StartMark> mark;
    private final Tail tail = new Tail(KEPT_CHARACTERS);
    private final Consumer<Masked> listener;
    private final Runnable wakeUp;
    private volatile boolean dropped;
    private volatile @Nullable RuntimeException listenerFailed;

    private CommandOutputStream(
            Optional<RedactedStream> redacted, Optional<StartMark> mark, Consumer<Masked> listener, Runnable wakeUp) {
        this.redacted = redacted;
        this.mark = mark;
        this.listener = listener;
        this.wakeUp = wakeUp;
    }

    /**
     * For output whose secrets are masked.
     *
     * @param mark if it is there, what comes before it is dropped
     * @param listener called with each chunk as it arrives
     * @param wakeUp called when the command's own thread should look at its state
     */
    static CommandOutputStream masked(
            Redactor redactor, Optional<StartMark> mark, Consumer<Masked> listener, Runnable wakeUp) {
        return new CommandOutputStream(Optional.of(redactor.stream()), mark, listener, wakeUp);
    }

    /** For confidential output. @param mark if it is there, what comes before it is dropped */
    static CommandOutputStream confidential(Optional<StartMark> mark, Runnable wakeUp) {
        return new CommandOutputStream(Optional.empty(), mark, chunk -> {}, wakeUp);
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        if (!dropped) {
            pass(own(decoder.accept(bytes, offset, length)));
        }
    }

    /** JSch closes its streams when the channel closes. */
    @Override
    public void close() {
        wakeUp.run();
    }

    /** No more output comes: publishes what was held back. */
    synchronized void finish() {
        pass(own(decoder.end()) + mark.map(StartMark::end).orElse(""));
        redacted.ifPresent(stream -> keep(stream.end()));
        rethrow();
    }

    /** Drops further output. Does not wait for a listener that is being called. */
    void drop() {
        dropped = true;
    }

    /** Throws, on the command's thread, what the listener threw. */
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

    private String own(String text) {
        return mark.map(start -> start.accept(text)).orElse(text);
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
            // Thrown here it would end the connection, so the command's own thread throws it.
            listenerFailed = failed;
            dropped = true;
            wakeUp.run();
        }
    }
}
