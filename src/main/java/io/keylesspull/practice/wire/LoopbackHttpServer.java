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
 * The HTTP server of the practice cloud, on the loopback interface. The product's clients name the host a request is
 * meant for in the header {@code Forwarded: host=…;proto=https} (RFC 7239); clients that come by a tunnel believe that
 * this is the host, and name it in {@code Host}. It is not a ready-made server because tests must be able to reset, cut
 * off or ignore a connection. Safe for use by many threads.
 */
public final class LoopbackHttpServer implements AutoCloseable {

    // Only machines reach it, as in Azure.
    static final String METADATA = "169.254.169.254";
    private static final Pattern HOST = Pattern.compile("(?i)(?:^|[;,\\s])host=\"?([^\";,\\s]+)\"?");
    private static final Pattern PROTO = Pattern.compile("(?i)(?:^|[;,\\s])proto=\"?(https?)\"?");
    // At least one letter, so that it is no IP address.
    private static final Pattern HOST_NAME = Pattern.compile("(?i)[a-z0-9.-]*[a-z][a-z0-9.-]*");
    private static final String JSON = "application/json; charset=utf-8";

    private final HttpService service;
    private final HttpHook hook;
    private final Time time;
    private final LoopbackPort port;
    private final Set<HttpConnection> connections = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "practice-front-door");
        thread.setDaemon(true);
        return thread;
    });

    private LoopbackHttpServer(HttpService service, HttpHook hook, Time time) throws IOException {
        this.service = service;
        this.hook = hook;
        this.time = time;
        this.port = new LoopbackPort(0, threads, socket -> serve(socket, LoopbackHttpServer::forwarded));
    }

    /** Opens at a free port. @throws UncheckedIOException if this computer has none */
    public static LoopbackHttpServer open(HttpService service, HttpHook hook, Time time) {
        try {
            return new LoopbackHttpServer(service, hook, time);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Such as {@code http://127.0.0.1:49152}. */
    public URI route() {
        return URI.create("http://127.0.0.1:" + port.number());
    }

    /** Whether something answers for this host. */
    boolean serves(VirtualHosts hosts, String host) {
        return hosts.has(host) || hook.serves(host);
    }

    /** Refuses new connections and resets the open ones, until {@link #acceptConnections}. */
    void refuseConnections() {
        port.pause();
        connections.forEach(LoopbackHttpServer::reset);
    }

    void acceptConnections() {
        port.resume();
    }

    @Override
    public void close() {
        port.close();
        connections.forEach(LoopbackHttpServer::reset);
        threads.shutdownNow();
    }

    /** Serves a client that believes it talks to the host it wants. Blocks, and closes the socket. */
    void serve(Socket client) {
        serve(client, LoopbackHttpServer::hosted);
    }

    /**
     * @param origin finds in the headers what the request is meant for, such as {@code https://management.azure.com}
     */
    private void serve(Socket socket, Function<Map<String, String>, Optional<String>> origin) {
        try (HttpConnection connection = new HttpConnection(socket)) {
            connections.add(connection);
            try {
                serve(connection, origin);
            } finally {
                connections.remove(connection);
            }
        } catch (IOException gone) {
            // The client has closed the connection, or it was broken on purpose.
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(HttpConnection connection, Function<Map<String, String>, Optional<String>> origin)
            throws IOException, InterruptedException {
        boolean keepAlive = true;
        while (keepAlive) {
            try {
                Optional<Incoming> incoming = connection.read();
                keepAlive = incoming.isPresent()
                        && answer(connection, incoming.get(), request(incoming.get(), origin))
                        && !incoming.get().last();
            } catch (ProtocolException broken) {
                connection.write(outgoing("GET", error(400, "BadRequest", "The request is not HTTP/1.1.")));
                keepAlive = false;
            } catch (HttpConnection.TooLarge large) {
                connection.write(outgoing("GET", error(413, "RequestEntityTooLarge", "The request is too large.")));
                keepAlive = false;
            }
        }
    }

    /**
     * If the host does not exist, the connection is closed without a response.
     *
     * @return whether the connection can carry more requests
     */
    private boolean answer(HttpConnection connection, Incoming incoming, Optional<Request> request)
            throws IOException, InterruptedException {
        if (request.isEmpty()) {
            connection.write(outgoing(
                    incoming.method(),
                    error(421, "MisdirectedRequest", "The request does not say which host it is for.")));
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
            return service.send(request);
        } catch (UncheckedIOException nobodyThere) {
            throw nobodyThere;
        } catch (RuntimeException defect) {
            // The class name alone: the message might contain parts of the request.
            return error(
                    500,
                    "InternalServerError",
                    "The practice cloud failed: " + defect.getClass().getName());
        }
    }

    private static Optional<Request> request(Incoming incoming, Function<Map<String, String>, Optional<String>> origin)
            throws ProtocolException {
        Optional<String> found = origin.apply(incoming.headers());
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Request(
                    incoming.method(), new URI(found.get() + incoming.target()), incoming.headers(), incoming.body()));
        } catch (URISyntaxException e) {
            throw new ProtocolException("not an address");
        }
    }

    private static Optional<String> forwarded(Map<String, String> headers) {
        String forwarded = headers.getOrDefault("forwarded", "");
        Matcher proto = PROTO.matcher(forwarded);
        String scheme = proto.find() ? proto.group(1).toLowerCase(Locale.ROOT) : "https";
        return HOST.matcher(forwarded)
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .filter(host -> !host.equals(METADATA))
                .map(host -> scheme + "://" + host);
    }

    private static Optional<String> hosted(Map<String, String> headers) {
        return Optional.ofNullable(headers.get("host"))
                .map(host -> host.replaceFirst(":\\d+$", ""))
                .filter(host -> HOST_NAME.matcher(host).matches())
                .map(host -> "https://" + host);
    }

    private EncodedResponse outgoing(String method, Response response) {
        return EncodedResponse.of(method, response, hook.date(time.now()));
    }

    private static void reset(HttpConnection connection) {
        try {
            connection.reset();
        } catch (IOException gone) {
            // It is closed already.
        }
    }

    private static Response error(int status, String code, String message) {
        return new Response(
                status,
                Map.of("Content-Type", JSON),
                ("{\"error\":{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}}")
                        .getBytes(StandardCharsets.UTF_8));
    }
}
