package io.keylesspull.azure.http;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.BinaryData;
import com.azure.core.util.FluxUtil;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiPredicate;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The other end of the wire, in memory: answers each request with the next answer for its method and path. */
public final class ScriptedHttp implements HttpClient {

    public record Seen(String method, String url, HttpHeaders headers, String body) {

        public JsonNode json() {
            try {
                return new ObjectMapper().readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private record Line(
            BiPredicate<String, String> fits, int status, Map<String, String> headers, String body, boolean always) {}

    private final Deque<Line> lines = new ArrayDeque<>();
    private final List<Seen> seen = new CopyOnWriteArrayList<>();

    /** The next request whose method is this and whose URL contains the text gets this answer, once. */
    public ScriptedHttp answer(String method, String inUrl, int status, String body) {
        return answer(method, inUrl, status, Map.of(), body);
    }

    public synchronized ScriptedHttp answer(
            String method, String inUrl, int status, Map<String, String> headers, String body) {
        lines.add(new Line((m, url) -> m.equals(method) && url.contains(inUrl), status, headers, body, false));
        return this;
    }

    /** As {@link #answer}, whenever there is nothing else left for the request. */
    synchronized ScriptedHttp always(
            String method, String inUrl, int status, Map<String, String> headers, String body) {
        lines.add(new Line((m, url) -> m.equals(method) && url.contains(inUrl), status, headers, body, true));
        return this;
    }

    public List<Seen> seen() {
        return seen;
    }

    public Seen only(String method) {
        List<Seen> found = seen.stream().filter(s -> s.method().equals(method)).toList();
        if (found.size() != 1) {
            throw new AssertionError("not one " + method + " among " + seen);
        }
        return found.get(0);
    }

    @Override
    public Mono<HttpResponse> send(HttpRequest request) {
        return Mono.defer(() -> Mono.just(respond(request)));
    }

    private synchronized HttpResponse respond(HttpRequest request) {
        String method = request.getHttpMethod().toString();
        String url = request.getUrl().toString();
        BinaryData body = request.getBodyAsBinaryData();
        seen.add(new Seen(method, url, new HttpHeaders(request.getHeaders()), body == null ? "" : body.toString()));
        Line line = lines.stream()
                .filter(l -> l.fits().test(method, url))
                .min(Comparator.comparing(Line::always))
                .orElseThrow(() -> new IllegalStateException("nothing written for " + method + " " + url));
        if (!line.always()) {
            lines.remove(line);
        }
        return new Answer(request, line);
    }

    private static final class Answer extends HttpResponse {

        private final Line line;
        private final HttpHeaders headers = new HttpHeaders();

        Answer(HttpRequest request, Line line) {
            super(request);
            this.line = line;
            headers.set(HttpHeaderName.CONTENT_TYPE, "application/json");
            line.headers().forEach((name, value) -> headers.set(HttpHeaderName.fromString(name), value));
        }

        @Override
        public int getStatusCode() {
            return line.status();
        }

        @Override
        @Deprecated
        public String getHeaderValue(String name) {
            return headers.getValue(HttpHeaderName.fromString(name));
        }

        @Override
        public HttpHeaders getHeaders() {
            return headers;
        }

        @Override
        public Flux<ByteBuffer> getBody() {
            return Flux.just(ByteBuffer.wrap(line.body().getBytes(StandardCharsets.UTF_8)));
        }

        @Override
        public Mono<byte[]> getBodyAsByteArray() {
            return FluxUtil.collectBytesInByteBufferStream(getBody());
        }

        @Override
        public Mono<String> getBodyAsString() {
            return Mono.just(line.body());
        }

        @Override
        public Mono<String> getBodyAsString(Charset charset) {
            return getBodyAsString();
        }
    }
}
