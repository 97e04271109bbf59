package io.keylesspull.azure.http;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import reactor.core.publisher.Mono;

/**
 * Reads a response to its end before it is used, so that one that breaks off, is too slow or is not JSON is noticed
 * where the request can still be retried.
 */
final class BufferedResponse {

    private static final JsonFactory JSON = new JsonFactory();

    private BufferedResponse() {}

    /** @param within how long it may take in all, in real time */
    static Mono<HttpResponse> read(Mono<HttpResponse> response, Duration within) {
        return response.flatMap(BufferedResponse::read)
                .timeout(
                        within,
                        Mono.error(() -> new HttpTimeoutException(
                                "There was no whole answer within " + within.toSeconds() + " s.")));
    }

    private static Mono<HttpResponse> read(HttpResponse response) {
        HttpResponse whole = response.buffer();
        return whole.getBodyAsByteArray()
                .defaultIfEmpty(new byte[0])
                .flatMap(body -> isFromAzure(response.getStatusCode(), body)
                        ? Mono.just(whole)
                        : Mono.error(new NotAzureException(
                                host(response.getRequest()),
                                response.getStatusCode(),
                                SdkValues.orEmpty(response.getHeaders().getValue(HttpHeaderName.CONTENT_TYPE)))));
    }

    /**
     * The control plane, registries and the directory answer with JSON or no body; a proxy's errors may be anything.
     */
    private static boolean isFromAzure(int status, byte[] body) {
        if (status / 100 != 2 || body.length == 0) {
            return true;
        }
        try (JsonParser parser = JSON.createParser(body)) {
            boolean any = false;
            while (parser.nextToken() != null) {
                any = true;
            }
            return any;
        } catch (JsonProcessingException e) {
            return false;
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory does not fail", e);
        }
    }

    private static String host(HttpRequest request) {
        return request.getUrl().getHost();
    }
}
