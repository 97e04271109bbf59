package io.keylesspull.azure.http;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.fasterxml.jackson.databind.JsonNode;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.AzureException.Kind;
import java.net.MalformedURLException;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/**
 * One long-running operation, followed once (Microsoft Learn, "Track asynchronous Azure operations"). Its status is
 * read from the address in the header {@code Azure-AsyncOperation}; without that, from {@code Location}, which has no
 * result while the operation runs; without both, from the resource's {@code provisioningState}.
 *
 * <p>Most operations do not say when to ask again. Registries and changes of a machine take a few seconds, deletions
 * minutes: polls begin after a second and come at intervals that double up to ten seconds.
 */
final class LongOperation {

    private static final HttpHeaderName STATUS = HttpHeaderName.fromString("Azure-AsyncOperation");
    private static final HttpHeaderName RESULT = HttpHeaderName.LOCATION;
    static final Duration SHORTEST = Duration.ofSeconds(1);
    /** The longest time between two polls if the service names none. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private enum OperationState {
        RUNNING,
        SUCCEEDED,
        FAILED
    }

    private final HttpRequest request;
    private final Function<URL, Mono<HttpResponse>> poll;
    private final Waits waits;
    private final Duration shortest;
    private final Optional<Instant> giveUp;
    /** The next wait if the service names none. One poll follows the other. */
    private volatile Duration next = SHORTEST;

    /**
     * @param request the request that started it
     * @param poll sends a GET to an address
     * @param shortest how long to wait at least before each poll
     * @param giveUp when to stop waiting; empty: never
     */
    LongOperation(
            HttpRequest request,
            Function<URL, Mono<HttpResponse>> poll,
            Waits waits,
            Duration shortest,
            Optional<Instant> giveUp) {
        this.request = request;
        this.poll = poll;
        this.waits = waits;
        this.shortest = shortest;
        this.giveUp = giveUp;
    }

    /**
     * Waits until the operation has ended.
     *
     * @param first the response to the request
     * @return the same if no operation is running, else the result; fails with an {@link AzureException} if the
     *     operation failed
     */
    Mono<HttpResponse> follow(HttpResponse first) {
        int status = first.getStatusCode();
        if (status != 200 && status != 201 && status != 202) {
            return Mono.just(first);
        }
        return JsonResponses.json(first).flatMap(body -> {
            String provisioning = provisioningState(body);
            Optional<URL> operation = address(first, STATUS);
            if (operation.isPresent()
                    && (status == 202
                            || state(provisioning) != OperationState.SUCCEEDED
                                    && (status == 201 || !provisioning.isEmpty()))) {
                return later(first, () -> status(operation.get(), address(first, RESULT)));
            }
            if (status == 202) {
                return address(first, RESULT)
                        .map(url -> later(first, () -> result(url)))
                        .orElseGet(() -> lost(
                                status, "Azure accepted the request and did not say where to ask what becomes of it."));
            }
            return isOfAResource() ? settled(first, body) : Mono.just(first);
        });
    }

    private Mono<HttpResponse> status(URL operation, Optional<URL> location) {
        return poll.apply(operation)
                .flatMap(answer -> JsonResponses.json(answer).flatMap(body -> {
                    String status = body.path("status").asText("");
                    if (answer.getStatusCode() >= 400) {
                        return refused(answer, body);
                    }
                    if (status.isEmpty()) {
                        return lost(
                                answer.getStatusCode(), "Azure's answer about the operation does not say how it is.");
                    }
                    return switch (state(status)) {
                        case RUNNING ->
                            later(
                                    answer,
                                    () -> status(
                                            address(answer, STATUS).orElse(operation),
                                            address(answer, RESULT).or(() -> location)));
                        case FAILED -> failed(answer, body, status);
                        case SUCCEEDED ->
                            isOfAResource()
                                    ? resource()
                                    : request.getHttpMethod() == HttpMethod.POST && location.isPresent()
                                            ? result(location.get())
                                            : Mono.just(JsonResponses.of(request, ""));
                    };
                }));
    }

    private Mono<HttpResponse> result(URL location) {
        return poll.apply(location)
                .flatMap(answer -> JsonResponses.text(answer).flatMap(text -> {
                    if (answer.getStatusCode() >= 400) {
                        return refused(answer, JsonResponses.json(text));
                    }
                    if (answer.getStatusCode() == 202) {
                        return later(
                                answer, () -> result(address(answer, RESULT).orElse(location)));
                    }
                    // The SDK knows of each request what its end may be called: 204 is not always among it, nor is 200.
                    return isOfAResource()
                            ? resource()
                            : Mono.just(JsonResponses.of(request, answer.getStatusCode(), text));
                }));
    }

    /** Reads the resource. An error here is about the resource, such as that somebody has deleted it meanwhile. */
    private Mono<HttpResponse> resource() {
        return poll.apply(request.getUrl())
                .flatMap(answer -> JsonResponses.text(answer).flatMap(text -> {
                    JsonNode body = JsonResponses.json(text);
                    return answer.getStatusCode() >= 400
                            ? Mono.error(AzureErrors.ofBody(answer.getStatusCode(), body, text, null))
                            : settled(JsonResponses.of(request, text), body);
                }));
    }

    private Mono<HttpResponse> settled(HttpResponse answer, JsonNode body) {
        String provisioning = provisioningState(body);
        return provisioning.isEmpty()
                ? Mono.just(answer)
                : switch (state(provisioning)) {
                    case RUNNING -> later(answer, this::resource);
                    case FAILED -> failed(answer, body, provisioning);
                    case SUCCEEDED -> Mono.just(answer);
                };
    }

    private Mono<HttpResponse> later(HttpResponse answer, Supplier<Mono<HttpResponse>> then) {
        if (giveUp.filter(waits.now()::isAfter).isPresent()) {
            return Mono.error(new AzureException(
                    Kind.OPERATION_LOST,
                    AzureException.NOT_ENDED,
                    answer.getStatusCode(),
                    "Azure has not ended the operation in the time that it was waited for.",
                    null));
        }
        Duration wait = RetryAfter.of(answer.getHeaders(), waits.now()).orElseGet(this::interval);
        return waits.of(wait.compareTo(shortest) < 0 ? shortest : wait).then(Mono.defer(then));
    }

    private Duration interval() {
        Duration now = next;
        Duration doubled = now.multipliedBy(2);
        next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        return now;
    }

    /** @param status Failed or Canceled; used as the error code if Azure gives none */
    private static Mono<HttpResponse> failed(HttpResponse answer, JsonNode body, String status) {
        AzureException error = AzureErrors.ofBody(
                answer.getStatusCode(), body, "The operation ended as “" + status + "”. Azure does not say why.", null);
        return Mono.error(
                error.code().isEmpty()
                        ? new AzureException(error.kind(), status, error.status(), error.getMessage(), null)
                        : error);
    }

    /** If the operation is not found, the resource may exist or not. */
    private Mono<HttpResponse> refused(HttpResponse answer, JsonNode body) {
        AzureException error = AzureErrors.ofBody(answer.getStatusCode(), body, "", null);
        if (answer.getStatusCode() != 404) {
            return Mono.error(error);
        }
        Mono<HttpResponse> lost = lost(
                404,
                "Azure does not find the operation that it had begun"
                        + (error.getMessage().isEmpty() ? "." : ": " + error.getMessage()));
        return request.getHttpMethod() == HttpMethod.DELETE
                ? gone().flatMap(gone -> gone ? Mono.just(JsonResponses.of(request, "")) : lost)
                : lost;
    }

    /** Some operations have an address below the resource, which goes away when the resource is deleted. */
    private Mono<Boolean> gone() {
        return poll.apply(request.getUrl()).map(answer -> answer.getStatusCode() == 404);
    }

    private static Mono<HttpResponse> lost(int status, String message) {
        return Mono.error(new AzureException(Kind.OPERATION_LOST, "", status, message, null));
    }

    /**
     * An address in a header; empty unless its host is the request's host or a subdomain: no other may see the token.
     */
    private Optional<URL> address(HttpResponse answer, HttpHeaderName header) {
        String value = answer.getHeaders().getValue(header);
        if (value == null) {
            return Optional.empty();
        }
        try {
            URL url = new URL(request.getUrl(), value);
            String home = request.getUrl().getHost().toLowerCase(Locale.ROOT);
            String host = url.getHost().toLowerCase(Locale.ROOT);
            return url.getProtocol().equals(request.getUrl().getProtocol())
                            && (host.equals(home) || host.endsWith("." + home))
                    ? Optional.of(url)
                    : Optional.empty();
        } catch (MalformedURLException e) {
            return Optional.empty();
        }
    }

    private boolean isOfAResource() {
        return request.getHttpMethod() == HttpMethod.PUT || request.getHttpMethod() == HttpMethod.PATCH;
    }

    private static String provisioningState(JsonNode resource) {
        return resource.at("/properties/provisioningState").asText("");
    }

    /** Every other status means that the operation is still running. */
    private static OperationState state(String status) {
        return switch (status.toLowerCase(Locale.ROOT)) {
            case "succeeded" -> OperationState.SUCCEEDED;
            case "failed", "canceled", "cancelled" -> OperationState.FAILED;
            default -> OperationState.RUNNING;
        };
    }
}
