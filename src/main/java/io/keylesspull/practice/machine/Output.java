package io.keylesspull.practice.machine;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Where a program writes, in UTF-8; what is written is under way at once. */
final class Output {

    private final OutputStream stream;

    Output(OutputStream stream) {
        this.stream = stream;
    }

    void print(String text) throws IOException {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    void line(String text) throws IOException {
        print(text + "\n");
    }

    void lines(String... lines) throws IOException {
        print(String.join("\n", lines) + "\n");
    }

    void write(byte[] bytes) throws IOException {
        stream.write(bytes);
        stream.flush();
    }
}
