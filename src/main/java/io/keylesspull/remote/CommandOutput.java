package io.keylesspull.remote;

import io.keylesspull.text.RedactedStream;
import io.keylesspull.text.Redactor;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Takes one output stream of a command: bytes in, from JSch's thread; text out, masked unless it is confidential, to
 * whoever listens; its last part is kept.
 */
public final class CommandOutput extends OutputStream {

    private static final int KEPT_CHARACTERS = 1024 * 1024;

    private final Utf8Stream decoder = new Utf8Stream();
    private final Optional<RedactedStream> redacted;
    private final Optional<StartMark> mark;
    private final Tail tail = new Tail(KEPT_CHARACTERS);
    private final Consumer<String> listener;
    private final Runnable bell;
    private volatile boolean dropped;
    private volatile RuntimeException listenerFailed;

    /** @param redactor empty where nothing is to be masked */
    CommandOutput(Optional<Redactor> redactor, Consumer<String> listener, Runnable bell) {
        this(redactor, Optional.empty(), listener, bell);
    }

    /** @param mark where it is there, what comes before it is dropped */
    CommandOutput(Optional<Redactor> redactor, Optional<StartMark> mark, Consumer<String> listener, Runnable bell) {
        this.mark = mark;
        this.redacted = redactor.map(Redactor::stream);
        this.listener = listener;
        this.bell = bell;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        if (!dropped) {
            String text = decoder.accept(bytes, offset, length);
            pass(masked(mark.map(start -> start.accept(text)).orElse(text)));
        }
    }

    /** JSch closes its streams when the channel is over. */
    @Override
    public void close() {
        bell.run();
    }

    /** Nothing more comes: what was held back is told. */
    synchronized void finish() {
        String text = decoder.end();
        String last = mark.map(start -> start.accept(text) + start.end()).orElse(text);
        pass(masked(last) + redacted.map(RedactedStream::end).orElse(""));
        rethrow();
    }

    /** Nothing more is wanted. Does not wait for a listener that is being told something. */
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

    private String masked(String text) {
        return redacted.map(stream -> stream.accept(text)).orElse(text);
    }

    private void pass(String chunk) {
        if (chunk.isEmpty() || dropped) {
            return;
        }
        tail.append(chunk);
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
