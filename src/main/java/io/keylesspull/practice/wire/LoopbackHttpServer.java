package io.keylesspull.practice.wire;

import io.keylesspull.practice.wire.HttpConnection.Incoming;
import io.keylesspull.practice.wire.HttpHook.Answered;
import io.keylesspull.time.Time;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where clients reach the practice cloud: an HTTP server on the loopback interface. The product's own clients say in
 * the header {@code Forwarded: host=…;proto=https} (RFC 7239) which host a request is really meant for; those that were
 * led here believe that this is the host, and say so in {@code Host}. The server is written for this, since it must be
 * able to do what servers should not: reset, stay silent, cut off. Safe for use by many threads.
 */
public final class LoopbackHttpServer implements AutoCloseable {

    // Only machines see it; from outside, the address leads nowhere, as in Azure.
    static final String METADATA = "169.254.169.254";
    private static final Pattern HOST = Pattern.compile("(?i)(?:^|[;,\\s])host=\"?([^\";,\\s]+)\"?");
    private static final Pattern PROTO = Pattern.compile("(?i)(?:^|[;,\\s])proto=\"?(https?)\"?");
    // At least one letter: never an address.
    private static final Pattern HOST_NAME = Pattern.compile("(?i)[a-z0-9.-]*[a-z][a-z0-9.-]*");
    private static final String JSON = "application/json; charset=utf-8";

    private final HttpService internet;
    private final HttpHook hook;
    private final Time time;
    private final LoopbackPort port;
    private final Set<HttpConnection> connections = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "practice-front-door");
        thread.setDaemon(true);
        return thread;
    });

    private LoopbackHttpServer(HttpService internet, HttpHook hook, Time time) throws IOException {
        this.internet = internet;
        this.hook = hook;
        this.time = time;
        this.port = new LoopbackPort(0, threads, socket -> serve(socket, LoopbackHttpServer::forwarded));
    }

    /** Opens at a free port. @throws UncheckedIOException where the computer gives none */
    public static LoopbackHttpServer open(HttpService internet, HttpHook hook, Time time) {
        try {
            return new LoopbackHttpServer(internet, hook, time);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Such as {@code http://127.0.0.1:49152}. */
    public URI route() {
        return URI.create("http://127.0.0.1:" + port.number());
    }

    /** Until {@link #acceptConnections} new connections are refused; those that there are, are reset. */
    public void refuseConnections() {
        port.pause();
        connections.forEach(LoopbackHttpServer::breakOff);
    }

    public void acceptConnections() {
        port.resume();
    }

    @Override
    public void close() {
        port.close();
        connections.forEach(LoopbackHttpServer::breakOff);
        threads.shutdownNow();
    }

    /** Serves a client that was led here and believes that this is the host it wants. Blocks, and closes the socket. */
    void serve(Socket ledHere) {
        serve(ledHere, LoopbackHttpServer::hosted);
    }

    /** @param origin where a request with these headers is meant to go, such as {@code https://management.azure.com} */
    private void serve(Socket socket, Function<Map<String, String>, Optional<String>> origin) {
        try (HttpConnection connection = new HttpConnection(socket)) {
            connections.add(connection);
            try {
                serve(connection, origin);
            } finally {
                connections.remove(connection);
            }
        } catch (IOException gone) {
            // The client has gone, or was to be left: nobody is there to be told.
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(HttpConnection connection, Function<Map<String, String>, Optional<String>> origin)
            throws IOException, InterruptedException {
        boolean goesOn = true;
        while (goesOn) {
            try {
                Optional<Incoming> incoming = connection.read();
                goesOn = incoming.isPresent()
                        && answer(connection, incoming.get(), request(incoming.get(), origin))
                        && !incoming.get().last();
            } catch (ProtocolException broken) {
                connection.write(outgoing("GET", error(400, "BadRequest", "The request is not HTTP/1.1.")));
                goesOn = false;
            }
        }
    }

    /**
     * Whoever asks for a host that is not there gets no answer at all: the connection is closed.
     *
     * @return whether the connection goes on
     */
    private boolean answer(HttpConnection connection, Incoming incoming, Optional<Request> request)
            throws IOException, InterruptedException {
        if (request.isEmpty()) {
            connection.write(outgoing(incoming.method(),
                    error(421, "MisdirectedRequest", "The request does not tell which host it is for.")));
            return true;
        }
        try {
            Answered answered = hook.answer(request.get(), this::respond);
            return answered.delivery().send(connection, outgoing(incoming.method(), answered.response()), time);
        } catch (UncheckedIOException nobodyThere) {
            throw nobodyThere.getCause();
        }
    }

    private Response respond(Request request) {
        try {
            return internet.send(request);
        } catch (UncheckedIOException nobodyThere) {
            throw nobodyThere;
        } catch (RuntimeException defect) {
            // The class name alone: a message might carry what the request held.
            return error(500, "InternalServerError", "The practice cloud failed: " + defect.getClass().getName());
        }
    }

    private static Optional<Request> request(Incoming incoming, Function<Map<String, String>, Optional<String>> origin)
            throws ProtocolException {
        Optional<String> meant = origin.apply(incoming.headers());
        if (meant.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Request(incoming.method(), new URI(meant.get() + incoming.target()),
                    incoming.headers(), incoming.body()));
        } catch (URISyntaxException e) {
            throw new ProtocolException("not an address");
        }
    }

    private static Optional<String> forwarded(Map<String, String> headers) {
        String forwarded = headers.getOrDefault("forwarded", "");
        Matcher proto = PROTO.matcher(forwarded);
        String scheme = proto.find() ? proto.group(1).toLowerCase(Locale.ROOT) : "https";
        return HOST.matcher(forwarded).results().map(found -> found.group(1)).findFirst()
                .filter(host -> !host.equals(METADATA)).map(host -> scheme + "://" + host);
    }

    private static Optional<String> hosted(Map<String, String> headers) {
        return Optional.ofNullable(headers.get("host")).map(host -> host.replaceFirst(":\\d+$", ""))
                .filter(host -> HOST_NAME.matcher(host).matches()).map(host -> "https://" + host);
    }

    private EncodedResponse outgoing(String method, Response response) {
        return EncodedResponse.of(method, response, hook.date(time.now()));
    }

    private static void breakOff(HttpConnection connection) {
        try {
            connection.reset();
        } catch (IOException gone) {
            // Then it is broken off already.
        }
    }

    private static Response error(int status, String code, String message) {
        return new Response(status, Map.of("Content-Type", JSON),
                ("{\"error\":{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}}")
                        .getBytes(StandardCharsets.UTF_8));
    }
}
