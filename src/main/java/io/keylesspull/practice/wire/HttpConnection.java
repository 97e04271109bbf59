package io.keylesspull.practice.wire;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One HTTP/1.1 connection (RFC 9112). It gives access to its streams and can be reset, so that tests can break it. Used
 * by one thread; any thread may close it.
 */
final class HttpConnection implements Closeable {

    private static final int LONGEST_HEAD = 64 * 1024;

    /**
     * A request as it was read.
     *
     * @param target as it was sent, such as {@code /subscriptions?api-version=…}
     * @param headers by lower-case name
     * @param last whether the client sends no more requests on this connection
     */
    record Incoming(String method, String target, Map<String, String> headers, byte[] body, boolean last) {}

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    HttpConnection(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    /** @return empty if the client has closed. @throws ProtocolException if this is no HTTP/1.1 request */
    Optional<Incoming> read() throws IOException {
        int[] left = {LONGEST_HEAD};
        Optional<String> first = line(left);
        if (first.isEmpty()) {
            return Optional.empty();
        }
        String[] parts = first.get().split(" ");
        if (parts.length != 3 || !parts[1].startsWith("/") || !parts[2].startsWith("HTTP/1.")) {
            throw new ProtocolException("not a request of HTTP/1.1");
        }
        Map<String, String> headers = headers(left);
        boolean last = parts[2].equals("HTTP/1.0")
                || headers.getOrDefault("connection", "")
                        .toLowerCase(Locale.ROOT)
                        .contains("close");
        if (headers.getOrDefault("expect", "").equalsIgnoreCase("100-continue")) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        }
        return Optional.of(new Incoming(parts[0], parts[1], Map.copyOf(headers), body(headers, left), last));
    }

    private Map<String, String> headers(int[] left) throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (String line = required(left); !line.isEmpty(); line = required(left)) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new ProtocolException("not a header");
            }
            headers.merge(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip(),
                    (one, more) -> one + ", " + more);
        }
        return headers;
    }

    private byte[] body(Map<String, String> headers, int[] left) throws IOException {
        if (headers.getOrDefault("transfer-encoding", "")
                .toLowerCase(Locale.ROOT)
                .contains("chunked")) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (int size = size(required(left).split(";")[0], 16);
                    size > 0;
                    size = size(required(left).split(";")[0], 16)) {
                body.write(exactly(size));
                required(left);
            }
            headers(left);
            return body.toByteArray();
        }
        return exactly(size(headers.getOrDefault("content-length", "0"), 10));
    }

    private static int size(String text, int radix) throws ProtocolException {
        try {
            int size = Integer.parseInt(text.strip(), radix);
            if (size >= 0) {
                return size;
            }
        } catch (NumberFormatException e) {
            // Reported below, like a negative one.
        }
        throw new ProtocolException("not a length");
    }

    private byte[] exactly(int size) throws IOException {
        byte[] bytes = in.readNBytes(size);
        if (bytes.length < size) {
            throw new EOFException();
        }
        return bytes;
    }

    private String required(int[] left) throws IOException {
        return line(left).orElseThrow(EOFException::new);
    }

    /** Reads a line. @param left how many more bytes the head may have */
    private Optional<String> line(int[] left) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                return Optional.empty();
            }
            if (--left[0] < 0) {
                throw new ProtocolException("too long a head");
            }
            line.write(b);
        }
        return Optional.of(line.toString(StandardCharsets.ISO_8859_1).replaceFirst("\r$", ""));
    }

    void write(EncodedResponse answer) throws IOException {
        // In one write: a second packet would wait about 40 ms for the acknowledgement of the first.
        byte[] all = Arrays.copyOf(answer.head(), answer.head().length + answer.body().length);
        System.arraycopy(answer.body(), 0, all, answer.head().length, answer.body().length);
        out.write(all);
    }

    /** What the client sends. */
    InputStream in() {
        return in;
    }

    /** What the client gets. */
    OutputStream out() {
        return out;
    }

    /** Resets the connection: the client sees an error, not an orderly end. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
