package io.keylesspull.practice;

import io.keylesspull.practice.wire.HttpService;
import io.keylesspull.practice.wire.Request;
import io.keylesspull.practice.wire.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Sends requests to a front door by real HTTP, as the product's routed client does. */
public final class Wire implements HttpService {

    private static final Set<String> SET_BY_CLIENT = Set.of("host", "content-length", "connection");

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI route;

    public Wire(URI route) {
        this.route = route;
    }

    @Override
    public Response send(Request request) {
        URI meant = request.uri();
        String query = meant.getRawQuery() == null ? "" : "?" + meant.getRawQuery();
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(route + meant.getRawPath() + query))
                .method(request.method(), HttpRequest.BodyPublishers.ofByteArray(request.body()))
                .header("Forwarded", "host=" + meant.getAuthority() + ";proto=" + meant.getScheme());
        request.headers().forEach((name, value) -> {
            if (!SET_BY_CLIENT.contains(name)) {
                builder.header(name, value);
            }
        });
        try {
            HttpResponse<byte[]> response = client.send(builder.build(), HttpResponse.BodyHandlers.ofByteArray());
            Map<String, String> headers = new HashMap<>();
            response.headers().map().forEach((name, values) -> headers.put(name, values.get(0)));
            return new Response(response.statusCode(), headers, response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
