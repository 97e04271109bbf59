package io.keylesspull.practice;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import io.keylesspull.practice.wire.HttpService;
import io.keylesspull.practice.wire.Request;
import io.keylesspull.practice.wire.Response;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Takes the SDK's requests to the practice cloud without a wire, and remembers their addresses. */
public final class InMemoryHttpClient implements HttpClient {

    private final HttpService internet;
    private final List<String> seen = new CopyOnWriteArrayList<>();

    public InMemoryHttpClient(HttpService internet) {
        this.internet = internet;
    }

    /** As {@code POST https://…} without the query, in order. */
    public List<String> seen() {
        return seen;
    }

    @Override
    public Mono<HttpResponse> send(HttpRequest request) {
        return Mono.fromCallable(() -> {
            URI uri = URI.create(request.getUrl().toString());
            seen.add(request.getHttpMethod() + " " + uri.toString().replaceAll("\\?.*", ""));
            Map<String, String> headers = new HashMap<>();
            request.getHeaders().forEach(h -> headers.put(h.getName().toLowerCase(Locale.ROOT), h.getValue()));
            byte[] body = request.getBodyAsBinaryData() == null
                    ? new byte[0]
                    : request.getBodyAsBinaryData().toBytes();
            return new Answer(
                    request, internet.send(new Request(request.getHttpMethod().toString(), uri, headers, body)));
        });
    }

    private static final class Answer extends HttpResponse {

        private final Response response;

        Answer(HttpRequest request, Response response) {
            super(request);
            this.response = response;
        }

        @Override
        public int getStatusCode() {
            return response.status();
        }

        @Override
        @Deprecated
        public String getHeaderValue(String name) {
            return getHeaders().getValue(HttpHeaderName.fromString(name));
        }

        @Override
        public HttpHeaders getHeaders() {
            HttpHeaders headers = new HttpHeaders();
            response.headers().forEach((name, value) -> headers.set(HttpHeaderName.fromString(name), value));
            return headers;
        }

        @Override
        public Flux<ByteBuffer> getBody() {
            return Flux.just(ByteBuffer.wrap(response.body()));
        }

        @Override
        public Mono<byte[]> getBodyAsByteArray() {
            return Mono.just(response.body());
        }

        @Override
        public Mono<String> getBodyAsString() {
            return getBodyAsString(StandardCharsets.UTF_8);
        }

        @Override
        public Mono<String> getBodyAsString(Charset charset) {
            return Mono.just(new String(response.body(), charset));
        }
    }
}
