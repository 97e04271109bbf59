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
import java.util.regex.Pattern;

/**
 * One HTTP/1.1 connection (RFC 9112). Requests whose end two readers could see at two places are refused (section
 * 11.2). It gives access to its streams and can be reset, so that tests can break it. Used by one thread; any thread
 * may close it.
 */
final class HttpConnection implements Closeable {

    private static final int LONGEST_HEAD = 64 * 1024;
    /** In bytes; the layers of practice images are far smaller. */
    private static final int LARGEST_BODY = 64 * 1024 * 1024;
    /** A token (RFC 9110, 5.6.2): no blank, so none before the colon and none at the start of a line. */
    private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,18}");
    private static final Pattern HEXADECIMAL = Pattern.compile("[0-9A-Fa-f]{1,15}");

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
        if (parts.length != 3 || !parts[1].startsWith("/") || !parts[2].matches("HTTP/1\\.[01]")) {
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
            if (colon < 1 || !HEADER_NAME.matcher(line.substring(0, colon)).matches()) {
                throw new ProtocolException("not a header");
            }
            if (line.chars().anyMatch(c -> c < ' ' && c != '\t')) {
                throw new ProtocolException("a control character in a header");
            }
            headers.merge(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip(),
                    (one, more) -> one + ", " + more);
        }
        return headers;
    }

    private byte[] body(Map<String, String> headers, int[] left) throws IOException {
        Optional<String> coding = Optional.ofNullable(headers.get("transfer-encoding"));
        if (coding.isEmpty()) {
            return exactly(bounded(size(headers.getOrDefault("content-length", "0"), DECIMAL, 10)));
        }
        if (!coding.get().equalsIgnoreCase("chunked") || headers.containsKey("content-length")) {
            throw new ProtocolException("it cannot be said where the request ends");
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (long size = chunkSize(left); size > 0; size = chunkSize(left)) {
            body.write(exactly(bounded(body.size() + size) - body.size()));
            if (!required(left).isEmpty()) {
                throw new ProtocolException("a chunk is longer than it says");
            }
        }
        headers(left);
        return body.toByteArray();
    }

    private long chunkSize(int[] left) throws IOException {
        return size(required(left).split(";", 2)[0].strip(), HEXADECIMAL, 16);
    }

    private static long size(String text, Pattern digits, int radix) throws ProtocolException {
        if (!digits.matcher(text).matches()) {
            throw new ProtocolException("not a length");
        }
        return Long.parseLong(text, radix);
    }

    private static int bounded(long size) throws TooLarge {
        if (size > LARGEST_BODY) {
            throw new TooLarge();
        }
        return (int) size;
    }

    /** The request's body is larger than any that is taken. */
    static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1;
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
