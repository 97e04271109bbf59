package io.keylesspull.azure.http;

import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
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
 * Why a request did not get through, where sending the same once more can help.
 *
 * @param sort   decides how long it is tried
 * @param reason in words
 * @param asked  how long the service asks to wait, where it says so
 */
record RetryableFailure(Sort sort, Text reason, Optional<Duration> asked) {

    /** ASKED: the service says when to come back, or at least that it is throttling. */
    enum Sort { ASKED, FAILED, UNANSWERED }

    private static final int TOO_MANY_REQUESTS = 429;
    /** The service gave up on hearing the request's end: it has done nothing (RFC 9110, 15.5.9). */
    private static final int REQUEST_TIMEOUT = 408;
    /** The control plane's only POST here that changes nothing. */
    private static final String QUESTION = "/checkNameAvailability";
    private static final Set<Integer> SERVICE_IN_TROUBLE = Set.of(500, 502, 503, 504);

    /** @param question whether the request changes nothing @return empty where sending it again would not help */
    static Optional<RetryableFailure> of(HttpResponse response, boolean question, Instant now) {
        int status = response.getStatusCode();
        Optional<Duration> asked = RetryAfter.of(response.getHeaders(), now);
        if (status == TOO_MANY_REQUESTS) {
            return Optional.of(new RetryableFailure(Sort.ASKED, Text.of("azure.waiting.throttled"), asked));
        }
        if (status == REQUEST_TIMEOUT || SERVICE_IN_TROUBLE.contains(status)
                && (asked.isPresent() || question || isRepeatable(response.getRequest()))) {
            return Optional.of(new RetryableFailure(asked.isPresent() ? Sort.ASKED : Sort.FAILED,
                    Text.of("azure.waiting.status", String.valueOf(status)), asked));
        }
        return Optional.empty();
    }

    /** As above, for what was not answered. Also empty where it may have been carried out, and should not be twice. */
    static Optional<RetryableFailure> of(HttpRequest request, boolean question, Throwable thrown) {
        String host = request.getUrl().getHost();
        // A certificate that is not trusted now will not be in a moment.
        if (AzureErrors.interrupted(thrown) || !AzureErrors.isNetwork(thrown) || has(thrown, CertificateException.class)) {
            return Optional.empty();
        }
        if (has(thrown, ConnectException.class) || has(thrown, UnknownHostException.class)
                || has(thrown, NoRouteToHostException.class) || has(thrown, UnresolvedAddressException.class)
                || has(thrown, HttpConnectTimeoutException.class)) {
            return Optional.of(new RetryableFailure(Sort.FAILED, Text.of("azure.waiting.unreachable", host), Optional.empty()));
        }
        if (!question && !isRepeatable(request)) {
            return Optional.empty();
        }
        if (has(thrown, HttpTimeoutException.class)) {
            return Optional.of(new RetryableFailure(Sort.UNANSWERED, Text.of("azure.waiting.unanswered", host),
                    Optional.empty()));
        }
        String key = has(thrown, NotAzureException.class) ? "azure.waiting.notAzure" : "azure.waiting.brokenOff";
        return Optional.of(new RetryableFailure(Sort.FAILED, Text.of(key, host), Optional.empty()));
    }

    /**
     * Whether doing it twice comes to the same as once. PATCH is in it: the control plane's is a merge patch (RFC 7396;
     * rule arm-resource-patch of typespec-azure).
     */
    private static boolean isRepeatable(HttpRequest request) {
        return request.getHttpMethod() != HttpMethod.POST || request.getUrl().getPath().endsWith(QUESTION);
    }

    private static boolean has(Throwable thrown, Class<? extends Exception> type) {
        return AzureErrors.cause(thrown, type).isPresent();
    }
}
