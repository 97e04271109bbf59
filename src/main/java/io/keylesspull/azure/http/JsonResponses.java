package io.keylesspull.azure.http;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.FluxUtil;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads HTTP responses as JSON, and creates responses with a JSON body. */
final class JsonResponses {

    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonResponses() {}

    /** @return empty text if there is no body */
    static Mono<String> text(HttpResponse response) {
        return response.getBodyAsString().defaultIfEmpty("");
    }

    static Mono<JsonNode> json(HttpResponse response) {
        return text(response).map(JsonResponses::json);
    }

    /** @return a missing node if it is not JSON */
    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException notJson) {
            return JSON.missingNode();
        }
    }

    /** A response with status 200. @param body JSON; may be empty */
    static HttpResponse of(HttpRequest request, String body) {
        return of(request, 200, body);
    }

    static HttpResponse of(HttpRequest request, int status, String body) {
        return new Json(request, status, body.getBytes(StandardCharsets.UTF_8));
    }

    private static final class Json extends HttpResponse {

        private final int status;
        private final byte[] body;
        private final HttpHeaders headers =
                new HttpHeaders().set(HttpHeaderName.CONTENT_TYPE, "application/json; charset=utf-8");

        Json(HttpRequest request, int status, byte[] body) {
            super(request);
            this.status = status;
            this.body = body;
        }

        @Override
        public int getStatusCode() {
            return status;
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
            return body.length == 0 ? Flux.empty() : Flux.just(ByteBuffer.wrap(body));
        }

        @Override
        public Mono<byte[]> getBodyAsByteArray() {
            return FluxUtil.collectBytesInByteBufferStream(getBody());
        }

        @Override
        public Mono<String> getBodyAsString() {
            return getBodyAsString(StandardCharsets.UTF_8);
        }

        @Override
        public Mono<String> getBodyAsString(Charset charset) {
            return body.length == 0 ? Mono.empty() : Mono.just(new String(body, charset));
        }
    }
}
