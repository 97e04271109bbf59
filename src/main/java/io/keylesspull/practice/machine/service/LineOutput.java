package io.keylesspull.practice.machine.service;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Hands on what is written line by line. Of a line that was written over, the last writing counts. */
final class LineOutput extends OutputStream {

    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private final Consumer<String> lines;

    LineOutput(Consumer<String> lines) {
        this.lines = lines;
    }

    @Override
    public synchronized void write(int b) {
        if (b == '\r') {
            pending.reset();
            return;
        }
        if (b != '\n') {
            pending.write(b);
            return;
        }
        lines.accept(pending.toString(StandardCharsets.UTF_8));
        pending.reset();
    }

    @Override
    public synchronized void close() {
        if (pending.size() > 0) {
            write('\n');
        }
    }
}
