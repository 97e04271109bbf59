package io.keylesspull.practice.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the product's own clients reach the practice cloud: an HTTP server on the loopback interface. Which host a request
 * is really meant for stands in its header {@code Forwarded: host=…;proto=https} (RFC 7239).
 */
public final class FrontDoor implements AutoCloseable {

    // Only machines see it; from outside, the address leads nowhere, as in Azure.
    private static final String METADATA = "169.254.169.254";
    private static final Pattern HOST = Pattern.compile("(?i)(?:^|[;,\\s])host=\"?([^\";,\\s]+)\"?");
    private static final Pattern PROTO = Pattern.compile("(?i)(?:^|[;,\\s])proto=\"?(https?)\"?");
    private static final String NO_DELAY = "sun.net.httpserver.nodelay";
    private static final String JSON = "application/json; charset=utf-8";

    private final Internet internet;
    private final HttpServer server;
    private final ExecutorService threads;

    private FrontDoor(Internet internet, HttpServer server, ExecutorService threads) {
        this.internet = internet;
        this.server = server;
        this.threads = threads;
    }

    /** Opens at a free port. @throws UncheckedIOException where the computer gives none */
    public static FrontDoor open(Internet internet) {
        try {
            // Without it each answer waits some 40 ms for an acknowledgement: head and body are two packets. Read once.
            if (System.getProperty(NO_DELAY) == null) {
                System.setProperty(NO_DELAY, "true");
            }
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            ExecutorService threads = Executors.newCachedThreadPool(work -> {
                Thread thread = new Thread(work, "practice-front-door");
                thread.setDaemon(true);
                return thread;
            });
            FrontDoor door = new FrontDoor(internet, server, threads);
            server.setExecutor(threads);
            server.createContext("/", door::answer);
            server.start();
            return door;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Such as {@code http://127.0.0.1:49152}. */
    public URI route() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    /** Whoever asks for a host that is not there gets no answer at all: the connection is closed. */
    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Optional<Request> request = request(exchange);
            if (request.isEmpty()) {
                send(exchange, error(421, "MisdirectedRequest", "The request does not tell which host it is for."));
                return;
            }
            send(exchange, respond(request.get()));
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

    private static Optional<Request> request(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders().forEach((name, values) ->
                headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
        String forwarded = headers.getOrDefault("forwarded", "");
        Matcher host = HOST.matcher(forwarded);
        if (!host.find() || host.group(1).equals(METADATA)) {
            return Optional.empty();
        }
        Matcher proto = PROTO.matcher(forwarded);
        String origin = (proto.find() ? proto.group(1).toLowerCase(Locale.ROOT) : "https") + "://" + host.group(1);
        URI asked = exchange.getRequestURI();
        String query = asked.getRawQuery() == null ? "" : "?" + asked.getRawQuery();
        return Optional.of(new Request(exchange.getRequestMethod(), URI.create(origin + path(asked) + query),
                Map.copyOf(headers), body));
    }

    /** As it was sent. A path that starts with two slashes looks like an authority to {@link URI}. */
    private static String path(URI asked) {
        String authority = asked.getRawAuthority();
        return authority == null ? asked.getRawPath() : "//" + authority + asked.getRawPath();
    }

    private static void send(HttpExchange exchange, Response response) throws IOException {
        response.headers().forEach((name, value) -> {
            if (!name.equalsIgnoreCase("Content-Length")) {
                exchange.getResponseHeaders().set(name, value);
            }
        });
        boolean head = exchange.getRequestMethod().equals("HEAD");
        if (head) {
            response.headers().entrySet().stream().filter(header -> header.getKey().equalsIgnoreCase("Content-Length"))
                    .forEach(header -> exchange.getResponseHeaders().set("Content-Length", header.getValue()));
        }
        if (head || response.status() == 204 || response.status() == 304 || response.body().length == 0) {
            exchange.sendResponseHeaders(response.status(), -1);
            return;
        }
        exchange.sendResponseHeaders(response.status(), response.body().length);
        exchange.getResponseBody().write(response.body());
    }

    private static Response error(int status, String code, String message) {
        return new Response(status, Map.of("Content-Type", JSON),
                ("{\"error\":{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}}")
                        .getBytes(StandardCharsets.UTF_8));
    }
}
