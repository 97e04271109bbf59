package io.keylesspull.practice.machine.program.net;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.keylesspull.practice.machine.state.MachineState;
import io.keylesspull.practice.wire.HttpService;
import io.keylesspull.practice.wire.Request;
import io.keylesspull.practice.wire.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Sends a machine's HTTP requests. */
public final class MachineHttpClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<Integer, String> REASONS = Map.of(
            401,
            "Unauthorized",
            403,
            "Forbidden",
            404,
            "Not Found",
            429,
            "Too Many Requests",
            500,
            "Internal Server Error",
            502,
            "Bad Gateway",
            503,
            "Service Unavailable",
            504,
            "Gateway Timeout");

    /** @param headers by lower-case name */
    public record Answer(int status, Map<String, String> headers, byte[] body) {

        public boolean isOk() {
            return status >= 200 && status < 300;
        }

        /** Such as {@code 503 Service Unavailable}. */
        public String statusLine() {
            return (status + " " + REASONS.getOrDefault(status, "")).strip();
        }

        public Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
        }

        /** A missing node if the body is no JSON. */
        public JsonNode json() {
            try {
                JsonNode node = JSON.readTree(body);
                return node == null ? MissingNode.getInstance() : node;
            } catch (IOException e) {
                return MissingNode.getInstance();
            }
        }
    }

    private final HttpService internet;
    private final String vmId;

    public MachineHttpClient(MachineState machine) {
        this(machine.world().internet(), machine.spec().vmId());
    }

    /** @param vmId ARM id of the machine, or of the cluster whose node it is */
    public MachineHttpClient(HttpService internet, String vmId) {
        this.internet = internet;
        this.vmId = vmId;
    }

    /** @throws UncheckedIOException if no host has this name, or none answers: see {@link Unreachable} */
    public Answer send(String method, String uri, Map<String, String> headers, byte[] body) {
        Map<String, String> all = new HashMap<>();
        headers.forEach((name, value) -> all.put(name.toLowerCase(Locale.ROOT), value));
        URI address = URI.create(uri);
        all.put("host", address.getHost());
        all.put(Request.MACHINE, vmId);
        Response response = internet.send(new Request(method, address, Map.copyOf(all), body));
        Map<String, String> answered = new HashMap<>();
        response.headers().forEach((name, value) -> answered.put(name.toLowerCase(Locale.ROOT), value));
        return new Answer(response.status(), answered, response.body() == null ? new byte[0] : response.body());
    }

    public Answer get(String uri, Map<String, String> headers) {
        return send("GET", uri, headers, new byte[0]);
    }

    public Answer postForm(String uri, Map<String, String> fields) {
        return send(
                "POST",
                uri,
                Map.of("Content-Type", "application/x-www-form-urlencoded"),
                form(fields).getBytes(StandardCharsets.UTF_8));
    }

    public static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(f -> encode(f.getKey()) + "=" + encode(f.getValue()))
                .collect(Collectors.joining("&"));
    }

    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
