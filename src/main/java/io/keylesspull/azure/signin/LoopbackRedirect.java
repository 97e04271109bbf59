package io.keylesspull.azure.signin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.keylesspull.text.Texts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The address on this computer to which the directory sends the browser after a sign-in. Accepts one answer, and only
 * the one with the state of the request.
 */
final class LoopbackRedirect implements AutoCloseable {

    /** What the directory answered. @param error as in RFC 6749; empty if there is a code */
    record Answer(String code, String error, String description) {

        @Override
        public String toString() {
            return "Answer[" + error + "]";
        }
    }

    private static final int LONGEST = 64 * 1024;

    private final HttpServer server;
    private final String state;
    private final Texts texts;
    private final BlockingQueue<Answer> answers = new ArrayBlockingQueue<>(1);

    private LoopbackRedirect(HttpServer server, String state, Texts texts) {
        this.server = server;
        this.state = state;
        this.texts = texts;
    }

    static LoopbackRedirect open(String state, Texts texts) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        LoopbackRedirect redirect = new LoopbackRedirect(server, state, texts);
        server.createContext("/", redirect::handle);
        server.start();
        return redirect;
    }

    /** The directory allows any port of this name, but not of another name for the same address. */
    URI address() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    /** @return empty if there was no answer in time */
    Optional<Answer> await(Duration patience) throws InterruptedException {
        return Optional.ofNullable(answers.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String sent = exchange.getRequestMethod().equals("POST")
                    ? new String(exchange.getRequestBody().readNBytes(LONGEST), StandardCharsets.ISO_8859_1)
                    : exchange.getRequestURI().getRawQuery();
            Map<String, String> values = parameters(sent == null ? "" : sent);
            if (!state.equals(values.get("state"))) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            Answer answer = new Answer(
                    values.getOrDefault("code", ""),
                    values.getOrDefault("error", values.containsKey("code") ? "" : "invalid_response"),
                    values.getOrDefault("error_description", ""));
            show(exchange, answer.error().isEmpty() ? "azure.browser.done" : "azure.browser.refused");
            // A second answer changes nothing.
            boolean unused = answers.offer(answer);
        }
    }

    private void show(HttpExchange exchange, String key) throws IOException {
        byte[] page = ("<!DOCTYPE html><html lang=\"" + texts.locale().getLanguage()
                        + "\"><head><meta charset=\"utf-8\"><title>Keyless Pull</title></head>"
                        + "<body style=\"font-family:sans-serif;margin:4em\"><p>" + texts.render(key)
                        + "</p></body></html>")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(200, page.length);
        exchange.getResponseBody().write(page);
        exchange.getResponseBody().flush();
    }

    private static Map<String, String> parameters(String encoded) {
        Map<String, String> values = new HashMap<>();
        for (String pair : encoded.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                values.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return values;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException brokenEscape) {
            return text;
        }
    }
}
