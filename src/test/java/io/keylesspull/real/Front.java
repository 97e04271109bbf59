package io.keylesspull.real;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.keylesspull.practice.wire.HttpService;
import io.keylesspull.practice.wire.Request;
import io.keylesspull.practice.wire.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/** Every web server of the machines' internet: takes their HTTP and HTTPS, and hands it to whoever answers them. */
final class Front implements Sandbox.Outgoing, AutoCloseable {

    private static final int HTTPS = 443;

    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "real-machine-front");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<Integer, String> sources = new ConcurrentHashMap<>();
    private final List<Asked> requests = new CopyOnWriteArrayList<>();
    private final HttpServer http;
    private final HttpServer https;
    private final Function<String, HttpService> seenFrom;

    /** @param what as {@code GET https://host/path}, without the query */
    private record Asked(String from, String what) {}

    /** @param seenFrom the internet as it is seen from an address */
    Front(SSLContext tls, Function<String, HttpService> seenFrom) throws IOException {
        this.seenFrom = seenFrom;
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        http = HttpServer.create(anyPort, 0);
        HttpsServer secured = HttpsServer.create(anyPort, 0);
        secured.setHttpsConfigurator(new HttpsConfigurator(tls));
        https = secured;
        for (HttpServer server : List.of(http, https)) {
            server.setExecutor(threads);
            server.createContext("/", exchange -> answer(exchange, server == https ? "https" : "http"));
            server.start();
        }
    }

    /** What was asked so far from an address, as {@code GET https://host/path} without the query. */
    List<String> requests(String address) {
        return requests.stream()
                .filter(asked -> asked.from().equals(address))
                .map(Asked::what)
                .toList();
    }

    @Override
    public void take(SocketChannel connection, String source, int port) throws IOException {
        SocketChannel server = SocketChannel.open((port == HTTPS ? https : http).getAddress());
        int seenAs = ((InetSocketAddress) server.getLocalAddress()).getPort();
        sources.put(seenAs, source);
        Pipe.join(connection, server, () -> sources.remove(seenAs));
    }

    private void answer(HttpExchange exchange, String scheme) throws IOException {
        try (exchange) {
            String source = sources.getOrDefault(exchange.getRemoteAddress().getPort(), "");
            Response response = seenFrom.apply(source).send(request(exchange, scheme, source));
            response.headers().forEach((name, value) -> {
                if (!name.equalsIgnoreCase("Content-Length")) {
                    exchange.getResponseHeaders().set(name, value);
                }
            });
            if (exchange.getRequestMethod().equals("HEAD")) {
                response.headers().forEach((name, value) -> {
                    if (name.equalsIgnoreCase("Content-Length")) {
                        exchange.getResponseHeaders().set(name, value);
                    }
                });
                exchange.sendResponseHeaders(response.status(), -1);
            } else {
                exchange.sendResponseHeaders(
                        response.status(), response.body().length == 0 ? -1 : response.body().length);
                exchange.getResponseBody().write(response.body());
            }
        } catch (UncheckedIOException nobodyThere) {
            throw nobodyThere.getCause();
        }
    }

    private Request request(HttpExchange exchange, String scheme, String source) throws IOException {
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
        String host = headers.getOrDefault("host", "").replaceFirst(":\\d+$", "");
        URI asked = exchange.getRequestURI();
        String query = asked.getRawQuery() == null ? "" : "?" + asked.getRawQuery();
        requests.add(new Asked(source, exchange.getRequestMethod() + " " + scheme + "://" + host + asked.getRawPath()));
        return new Request(
                exchange.getRequestMethod(),
                URI.create(scheme + "://" + host + asked.getRawPath() + query),
                Map.copyOf(headers),
                exchange.getRequestBody().readAllBytes());
    }

    @Override
    public void close() {
        http.stop(0);
        https.stop(0);
        threads.shutdownNow();
    }
}
