package io.keylesspull.azure.http;

import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.fasterxml.jackson.databind.JsonNode;
import io.keylesspull.network.ProxyException;
import io.keylesspull.text.Text;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A failure of a request that a retry can repair.
 *
 * @param sort decides how long the request is retried
 * @param reason for people
 * @param retryAfter how long the service asks to wait, if it says so
 */
record RetryableFailure(Sort sort, Text reason, Optional<Duration> retryAfter) {

    /** THROTTLED: the service says how long to wait, or at least that it throttles. */
    enum Sort {
        THROTTLED,
        FAILED,
        UNANSWERED
    }

    static final int TOO_MANY_REQUESTS = 429;
    /** The service did not receive the whole request in time and has done nothing (RFC 9110, 15.5.9). */
    private static final int REQUEST_TIMEOUT = 408;
    /** The only POST to the control plane here that changes nothing. */
    private static final String READ_ONLY_POST = "/checkNameAvailability";

    private static final Set<Integer> SERVER_ERRORS = Set.of(500, 502, 503, 504);

    /**
     * @param body of a response that says to come back later
     * @param readOnly whether the request changes nothing
     * @return empty if a retry would not help
     */
    static Optional<RetryableFailure> of(HttpResponse response, JsonNode body, boolean readOnly, Instant now) {
        int status = response.getStatusCode();
        Optional<Duration> retryAfter = RetryAfter.of(response.getHeaders(), now);
        if (status == TOO_MANY_REQUESTS) {
            // The network says so too if it is at work on something that the request depends on.
            boolean busy = body.at("/error/code").asText().equalsIgnoreCase("RetryableError");
            return Optional.of(new RetryableFailure(
                    Sort.THROTTLED, Text.of(busy ? "azure.waiting.busy" : "azure.waiting.throttled"), retryAfter));
        }
        if (status == REQUEST_TIMEOUT
                || SERVER_ERRORS.contains(status)
                        && (retryAfter.isPresent() || readOnly || isIdempotent(response.getRequest()))) {
            return Optional.of(new RetryableFailure(
                    retryAfter.isPresent() ? Sort.THROTTLED : Sort.FAILED,
                    Text.of("azure.waiting.status", String.valueOf(status)),
                    retryAfter));
        }
        return Optional.empty();
    }

    /** As above, for a request without a response. Also empty if it may have been carried out and must not be twice. */
    static Optional<RetryableFailure> of(HttpRequest request, boolean readOnly, Throwable thrown) {
        String host = request.getUrl().getHost();
        // A retry does not make a certificate trusted.
        if (AzureErrors.interrupted(thrown)
                || !AzureErrors.isNetwork(thrown)
                || has(thrown, CertificateException.class)) {
            return Optional.empty();
        }
        Optional<ProxyException> proxy = AzureErrors.cause(thrown, ProxyException.class);
        if (proxy.isPresent()) {
            // The request did not get further than to the proxy.
            return proxy.filter(ProxyException::retryable)
                    .map(failure ->
                            new RetryableFailure(Sort.FAILED, failure.problem().what(), Optional.empty()));
        }
        if (has(thrown, ConnectException.class)
                || has(thrown, UnknownHostException.class)
                || has(thrown, NoRouteToHostException.class)
                || has(thrown, UnresolvedAddressException.class)
                || has(thrown, HttpConnectTimeoutException.class)) {
            return Optional.of(
                    new RetryableFailure(Sort.FAILED, Text.of("azure.waiting.unreachable", host), Optional.empty()));
        }
        if (!readOnly && !isIdempotent(request)) {
            return Optional.empty();
        }
        if (has(thrown, HttpTimeoutException.class)) {
            return Optional.of(
                    new RetryableFailure(Sort.UNANSWERED, Text.of("azure.waiting.unanswered", host), Optional.empty()));
        }
        String key = has(thrown, NotAzureException.class) ? "azure.waiting.notAzure" : "azure.waiting.brokenOff";
        return Optional.of(new RetryableFailure(Sort.FAILED, Text.of(key, host), Optional.empty()));
    }

    /**
     * Whether the request may be sent twice. PATCH may: the control plane's is a merge patch (RFC 7396; rule
     * arm-resource-patch of typespec-azure).
     */
    private static boolean isIdempotent(HttpRequest request) {
        return request.getHttpMethod() != HttpMethod.POST
                || request.getUrl().getPath().endsWith(READ_ONLY_POST);
    }

    private static boolean has(Throwable thrown, Class<? extends Exception> type) {
        return AzureErrors.cause(thrown, type).isPresent();
    }
}
