package io.keylesspull.practice.machine.shell;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A program's output stream, in UTF-8. Every write is flushed. */
public final class TextOutput {

    private final OutputStream stream;

    public TextOutput(OutputStream stream) {
        this.stream = stream;
    }

    public void print(String text) throws IOException {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    public void line(String text) throws IOException {
        print(text + "\n");
    }

    public void lines(String... lines) throws IOException {
        print(String.join("\n", lines) + "\n");
    }

    public void write(byte[] bytes) throws IOException {
        stream.write(bytes);
        stream.flush();
    }
}
