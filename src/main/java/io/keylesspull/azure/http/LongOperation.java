package io.keylesspull.azure.http;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.fasterxml.jackson.databind.JsonNode;
import io.keylesspull.azure.model.AzureException.Kind;
import io.keylesspull.azure.model.AzureException;
import java.net.MalformedURLException;
import java.net.URL;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/**
 * One operation that goes on after it was answered (Microsoft Learn, "Track asynchronous Azure operations"): where
 * {@code Azure-AsyncOperation} is told, that is asked for the status; else {@code Location}, which has no result while
 * it goes on; else what was put, by its {@code provisioningState}.
 *
 * @param request that began it
 * @param ask     sends a GET to an address
 */
record LongOperation(HttpRequest request, Function<URL, Mono<HttpResponse>> ask, Waits waits) {

    private static final HttpHeaderName STATUS = HttpHeaderName.fromString("Azure-AsyncOperation");
    private static final HttpHeaderName RESULT = HttpHeaderName.LOCATION;
    /** Between two questions, where the service does not say. */
    private static final Duration PACE = Duration.ofSeconds(10);
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private enum State { GOING_ON, SUCCEEDED, FAILED }

    /**
     * @param first the answer to the request
     * @return the same where nothing goes on, else with what came of it; fails with an {@link AzureException} where it
     *         ended badly
     */
    Mono<HttpResponse> follow(HttpResponse first) {
        int status = first.getStatusCode();
        if (status != 200 && status != 201 && status != 202) {
            return Mono.just(first);
        }
        return JsonResponses.json(first).flatMap(body -> {
            String said = provisioning(body);
            Optional<URL> operation = address(first, STATUS);
            if (operation.isPresent() && (status == 202 || state(said) != State.SUCCEEDED
                    && (status == 201 || !said.isEmpty()))) {
                return later(first, () -> status(operation.get(), address(first, RESULT)));
            }
            if (status == 202) {
                return address(first, RESULT).map(url -> later(first, () -> result(url))).orElseGet(() -> lost(status,
                        "Azure accepted the request and did not say where to ask what becomes of it."));
            }
            return isOfAResource() ? settled(first, body) : Mono.just(first);
        });
    }

    private Mono<HttpResponse> status(URL operation, Optional<URL> location) {
        return ask.apply(operation).flatMap(answer -> JsonResponses.json(answer).flatMap(body -> {
            String said = body.path("status").asText("");
            if (answer.getStatusCode() >= 400) {
                return refused(answer, body);
            }
            if (said.isEmpty()) {
                return lost(answer.getStatusCode(), "Azure's answer about the operation does not say how it is.");
            }
            return switch (state(said)) {
                case GOING_ON -> later(answer, () -> status(address(answer, STATUS).orElse(operation),
                        address(answer, RESULT).or(() -> location)));
                case FAILED -> ended(answer, body, said);
                case SUCCEEDED -> isOfAResource() ? resource()
                        : request.getHttpMethod() == HttpMethod.POST && location.isPresent() ? result(location.get())
                        : Mono.just(JsonResponses.of(request, ""));
            };
        }));
    }

    private Mono<HttpResponse> result(URL location) {
        return ask.apply(location).flatMap(answer -> JsonResponses.text(answer).flatMap(text -> {
            if (answer.getStatusCode() >= 400) {
                return refused(answer, JsonResponses.json(text));
            }
            if (answer.getStatusCode() == 202) {
                return later(answer, () -> result(address(answer, RESULT).orElse(location)));
            }
            return isOfAResource() ? resource() : Mono.just(JsonResponses.of(request, text));
        }));
    }

    /** Reads what was put. An error here is about the resource, such as that somebody has deleted it meanwhile. */
    private Mono<HttpResponse> resource() {
        return ask.apply(request.getUrl()).flatMap(answer -> JsonResponses.text(answer).flatMap(text -> {
            JsonNode body = JsonResponses.json(text);
            return answer.getStatusCode() >= 400
                    ? Mono.error(AzureErrors.answered(answer.getStatusCode(), body, text, null))
                    : settled(JsonResponses.of(request, text), body);
        }));
    }

    private Mono<HttpResponse> settled(HttpResponse answer, JsonNode body) {
        String said = provisioning(body);
        return said.isEmpty() ? Mono.just(answer) : switch (state(said)) {
            case GOING_ON -> later(answer, this::resource);
            case FAILED -> ended(answer, body, said);
            case SUCCEEDED -> Mono.just(answer);
        };
    }

    private Mono<HttpResponse> later(HttpResponse answer, Supplier<Mono<HttpResponse>> then) {
        Duration asked = RetryAfter.of(answer.getHeaders(), waits.now()).orElse(PACE);
        return waits.of(asked.compareTo(SHORTEST) < 0 ? SHORTEST : asked).then(Mono.defer(then));
    }

    /** @param said Failed or Canceled, which is the code where Azure tells no other */
    private static Mono<HttpResponse> ended(HttpResponse answer, JsonNode body, String said) {
        AzureException told = AzureErrors.answered(answer.getStatusCode(), body,
                "The operation ended as “" + said + "”. Azure does not say why.", null);
        return Mono.error(told.code().isEmpty()
                ? new AzureException(told.kind(), said, told.status(), told.getMessage(), null) : told);
    }

    /** That the operation is not found says nothing about the resource: it may be there or not. */
    private Mono<HttpResponse> refused(HttpResponse answer, JsonNode body) {
        AzureException told = AzureErrors.answered(answer.getStatusCode(), body, "", null);
        if (answer.getStatusCode() != 404) {
            return Mono.error(told);
        }
        Mono<HttpResponse> lost = lost(404, "Azure does not find the operation that it had begun"
                + (told.getMessage().isEmpty() ? "." : ": " + told.getMessage()));
        return request.getHttpMethod() == HttpMethod.DELETE ? gone().flatMap(gone -> gone
                ? Mono.just(JsonResponses.of(request, "")) : lost) : lost;
    }

    /** An operation that is asked for below what it deletes goes with that. */
    private Mono<Boolean> gone() {
        return ask.apply(request.getUrl()).map(answer -> answer.getStatusCode() == 404);
    }

    private static Mono<HttpResponse> lost(int status, String message) {
        return Mono.error(new AzureException(Kind.OPERATION_LOST, "", status, message, null));
    }

    /** Only where the request itself went, or below that: nobody else is to see the token. */
    private Optional<URL> address(HttpResponse answer, HttpHeaderName header) {
        String said = answer.getHeaders().getValue(header);
        if (said == null) {
            return Optional.empty();
        }
        try {
            URL url = new URL(request.getUrl(), said);
            String home = request.getUrl().getHost().toLowerCase(Locale.ROOT);
            String host = url.getHost().toLowerCase(Locale.ROOT);
            return url.getProtocol().equals(request.getUrl().getProtocol())
                    && (host.equals(home) || host.endsWith("." + home)) ? Optional.of(url) : Optional.empty();
        } catch (MalformedURLException e) {
            return Optional.empty();
        }
    }

    private boolean isOfAResource() {
        return request.getHttpMethod() == HttpMethod.PUT || request.getHttpMethod() == HttpMethod.PATCH;
    }

    private static String provisioning(JsonNode resource) {
        return resource.at("/properties/provisioningState").asText("");
    }

    /** All but the three final states say that it goes on. */
    private static State state(String said) {
        return switch (said.toLowerCase(Locale.ROOT)) {
            case "succeeded" -> State.SUCCEEDED;
            case "failed", "canceled", "cancelled" -> State.FAILED;
            default -> State.GOING_ON;
        };
    }
}
