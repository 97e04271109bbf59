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
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Mono;

/**
 * Reads an answer to its end before anybody looks at it, so that one that breaks off, drips or is not JSON is found
 * out where it can still be asked for again.
 */
final class BufferedResponse {

    private static final JsonFactory JSON = new JsonFactory();

    private BufferedResponse() {
    }

    /** @param within how long it may take in all, on the computer's own clock: the wire knows no other */
    static Mono<HttpResponse> read(Mono<HttpResponse> answer, Duration within) {
        return answer.flatMap(BufferedResponse::read)
                .timeout(within, Mono.error(() -> new HttpTimeoutException(
                        "There was no whole answer within " + within.toSeconds() + " s.")));
    }

    private static Mono<HttpResponse> read(HttpResponse response) {
        HttpResponse whole = response.buffer();
        return whole.getBodyAsByteArray().defaultIfEmpty(new byte[0])
                .flatMap(body -> isAzures(response.getStatusCode(), body) ? Mono.just(whole)
                        : Mono.error(new NotAzureException(host(response.getRequest()), response.getStatusCode(),
                                SdkValues.orEmpty(response.getHeaders().getValue(HttpHeaderName.CONTENT_TYPE)))));
    }

    /** The control plane, registries and the directory speak JSON or say nothing; errors may come from in between. */
    private static boolean isAzures(int status, byte[] body) {
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
