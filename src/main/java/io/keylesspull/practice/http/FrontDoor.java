package io.keylesspull.practice.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
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
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * Where clients reach the practice cloud: an HTTP server on the loopback interface. The product's own clients say in the
 * header {@code Forwarded: host=…;proto=https} (RFC 7239) which host a request is really meant for; whoever comes over TLS
 * was led here believing that this is that host, and says so in {@code Host}.
 */
public final class FrontDoor implements AutoCloseable {

    // Only machines see it; from outside, the address leads nowhere, as in Azure.
    static final String METADATA = "169.254.169.254";
    private static final Pattern HOST = Pattern.compile("(?i)(?:^|[;,\\s])host=\"?([^\";,\\s]+)\"?");
    private static final Pattern PROTO = Pattern.compile("(?i)(?:^|[;,\\s])proto=\"?(https?)\"?");
    // At least one letter: never an address.
    private static final Pattern HOST_NAME = Pattern.compile("(?i)[a-z0-9.-]*[a-z][a-z0-9.-]*");
    private static final String NO_DELAY = "sun.net.httpserver.nodelay";
    private static final String JSON = "application/json; charset=utf-8";

    private final Internet internet;
    private final HttpServer server;
    private final ExecutorService threads;
    private final Function<Map<String, String>, Optional<String>> origin;

    private FrontDoor(Internet internet, HttpServer server, ExecutorService threads,
                      Function<Map<String, String>, Optional<String>> origin) {
        this.internet = internet;
        this.server = server;
        this.threads = threads;
        this.origin = origin;
    }

    /** Opens at a free port. @throws UncheckedIOException where the computer gives none */
    public static FrontDoor open(Internet internet) {
        try {
            return open(internet, HttpServer::create, FrontDoor::forwarded);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens at a free port, for TLS. @param certificates what it shows. @throws IOException where there is no port */
    static FrontDoor openSecure(Internet internet, SSLContext certificates) throws IOException {
        return open(internet, (address, backlog) -> {
            HttpsServer server = HttpsServer.create(address, backlog);
            server.setHttpsConfigurator(new HttpsConfigurator(certificates));
            return server;
        }, FrontDoor::hosted);
    }

    private static FrontDoor open(Internet internet, Listening listening,
                                  Function<Map<String, String>, Optional<String>> origin) throws IOException {
        // Without it each answer waits some 40 ms for an acknowledgement: head and body are two packets. Read once.
        if (System.getProperty(NO_DELAY) == null) {
            System.setProperty(NO_DELAY, "true");
        }
        HttpServer server = listening.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ExecutorService threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "practice-front-door");
            thread.setDaemon(true);
            return thread;
        });
        FrontDoor door = new FrontDoor(internet, server, threads, origin);
        server.setExecutor(threads);
        server.createContext("/", door::answer);
        server.start();
        return door;
    }

    /** Such as {@code http://127.0.0.1:49152}. */
    public URI route() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Where it listens. */
    InetSocketAddress address() {
        return server.getAddress();
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

    private Optional<Request> request(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders().forEach((name, values) ->
                headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
        URI asked = exchange.getRequestURI();
        String query = asked.getRawQuery() == null ? "" : "?" + asked.getRawQuery();
        return origin.apply(headers).map(meant -> new Request(exchange.getRequestMethod(),
                URI.create(meant + path(asked) + query), Map.copyOf(headers), body));
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

    /** Makes the server, bound. */
    private interface Listening {
        HttpServer at(InetSocketAddress address, int backlog) throws IOException;
    }
}
