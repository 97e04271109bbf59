package io.keylesspull.azure.http;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Sends every request to one address, with the original host in a {@code Forwarded} header (RFC 7239). It is the last
 * stage before the network, so that policies that look at the request or its response see the original address.
 */
final class RoutingHttpClient implements HttpClient {

    private static final HttpHeaderName FORWARDED = HttpHeaderName.fromString("Forwarded");

    private final HttpClient delegate;
    private final URI route;

    RoutingHttpClient(HttpClient delegate, URI route) {
        this.delegate = delegate;
        this.route = route;
    }

    @Override
    public Mono<HttpResponse> send(HttpRequest request) {
        return send(request, Context.NONE);
    }

    @Override
    public Mono<HttpResponse> send(HttpRequest request, Context context) {
        return Mono.defer(() -> delegate.send(routed(request), context))
                .map(response -> new RoutedResponse(request, response));
    }

    @Override
    public HttpResponse sendSync(HttpRequest request, Context context) {
        return new RoutedResponse(request, delegate.sendSync(routed(request), context));
    }

    private HttpRequest routed(HttpRequest request) {
        URL original = request.getUrl();
        HttpRequest routed =
                new HttpRequest(request.getHttpMethod(), address(original), new HttpHeaders(request.getHeaders()));
        BinaryData body = request.getBodyAsBinaryData();
        if (body != null) {
            routed.setBody(body);
        }
        return routed.setHeader(
                FORWARDED, "host=" + quoted(original.getAuthority()) + ";proto=" + original.getProtocol());
    }

    private URL address(URL original) {
        try {
            return new URL(route.getScheme(), route.getHost(), route.getPort(), original.getFile());
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("not a route: " + route, e);
        }
    }

    /** A host with a port must be quoted: a token cannot hold a colon. */
    private static String quoted(String authority) {
        return authority.indexOf(':') < 0 ? authority : '"' + authority + '"';
    }

    /** The delegate's response, with the original request. */
    private static final class RoutedResponse extends HttpResponse {

        private final HttpResponse response;

        RoutedResponse(HttpRequest request, HttpResponse response) {
            super(request);
            this.response = response;
        }

        @Override
        public int getStatusCode() {
            return response.getStatusCode();
        }

        @Override
        @Deprecated
        public String getHeaderValue(String name) {
            return response.getHeaders().getValue(HttpHeaderName.fromString(name));
        }

        @Override
        public HttpHeaders getHeaders() {
            return response.getHeaders();
        }

        @Override
        public Flux<ByteBuffer> getBody() {
            return response.getBody();
        }

        @Override
        public BinaryData getBodyAsBinaryData() {
            return response.getBodyAsBinaryData();
        }

        @Override
        public Mono<byte[]> getBodyAsByteArray() {
            return response.getBodyAsByteArray();
        }

        @Override
        public Mono<String> getBodyAsString() {
            return response.getBodyAsString();
        }

        @Override
        public Mono<String> getBodyAsString(Charset charset) {
            return response.getBodyAsString(charset);
        }

        @Override
        public void close() {
            response.close();
        }
    }
}
