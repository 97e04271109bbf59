package io.keylesspull.azure.http;

import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.keylesspull.azure.http.RetryableFailure.Sort;
import io.keylesspull.azure.model.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Retries failed requests: after as long as the service asks for, else after waits that double from about a second to
 * about 15 seconds. Each wait is reported before it begins. The SDK's own policy reports nothing, waits on its own
 * clock, and does not notice a response that breaks off.
 */
final class Retries implements HttpPipelinePolicy {

    private static final Duration FIRST = Duration.ofMillis(800);
    private static final Duration LONGEST = Duration.ofSeconds(15);

    private final RetryBudget budget;
    private final Waits waits;
    private final RandomGenerator random;
    private final Consumer<Waiting> listener;

    /** @param random spreads the waits, so that requests that were throttled together are not retried together */
    Retries(RetryBudget budget, Waits waits, RandomGenerator random, Consumer<Waiting> listener) {
        this.budget = budget;
        this.waits = waits;
        this.random = random;
        this.listener = listener;
    }

    @Override
    public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
        return attempt(
                new RetriedRequest(context, next, context.getHttpRequest()), new RetryHistory(0, 0, null, null, null));
    }

    private Mono<HttpResponse> attempt(RetriedRequest request, RetryHistory history) {
        return Mono.defer(() -> BufferedResponse.read(request.send(), budget.response()))
                .flatMap(response -> refusal(response)
                        .map(body -> new AttemptResult(
                                RetryableFailure.of(response, body, budget.readOnly(), waits.now()),
                                Mono.just(response))))
                .onErrorResume(e -> Mono.just(new AttemptResult(
                        RetryableFailure.of(request.original(), budget.readOnly(), e), Mono.error(e))))
                .flatMap(result -> result.failure()
                        .flatMap(failure -> retry(request, history.plus(failure.sort(), waits.now()), failure))
                        .orElse(result.end()));
    }

    /** Why to come back later. */
    private static Mono<JsonNode> refusal(HttpResponse response) {
        return response.getStatusCode() == RetryableFailure.TOO_MANY_REQUESTS
                ? JsonResponses.json(response)
                : Mono.just(MissingNode.getInstance());
    }

    /** @return empty if the request is given up */
    private Optional<Mono<HttpResponse>> retry(RetriedRequest request, RetryHistory history, RetryableFailure failure) {
        Duration wait = failure.retryAfter().orElseGet(() -> backOff(history.attempts()));
        Duration left = Duration.between(waits.now(), history.giveUpAt(budget));
        if (left.compareTo(wait) < 0 || history.unanswered() > budget.unanswered()) {
            return Optional.empty();
        }
        return Optional.of(Mono.defer(() -> {
            listener.accept(new Waiting(failure.reason(), history.attempts(), wait, left));
            return waits.of(wait).then(Mono.defer(() -> attempt(request, history)));
        }));
    }

    private Duration backOff(int attempt) {
        long doubled = FIRST.toMillis() << Math.min(attempt - 1, 10);
        long full = Math.min(doubled, LONGEST.toMillis());
        return Duration.ofMillis(full - random.nextLong(full / 4));
    }

    /** Each attempt sends a copy of the original request, because later policies add headers to it. */
    private record RetriedRequest(HttpPipelineCallContext context, HttpPipelineNextPolicy next, HttpRequest original) {

        Mono<HttpResponse> send() {
            context.setHttpRequest(original.copy());
            return next.clone().process();
        }
    }

    /** @param failure empty if there is nothing to retry @param end the response or the error itself */
    private record AttemptResult(Optional<RetryableFailure> failure, Mono<HttpResponse> end) {}

    /**
     * The failed attempts of one request.
     *
     * @param attempts how often it was sent
     * @param unanswered how often it got no response
     * @param sort the sort of the last failure; null before the first
     * @param first when the first failure happened; null before it
     * @param since since when failures are of this sort
     */
    private record RetryHistory(
            int attempts,
            int unanswered,
            @Nullable Sort sort,
            @Nullable Instant first,
            @Nullable Instant since) {

        RetryHistory plus(Sort now, Instant at) {
            return new RetryHistory(
                    attempts + 1,
                    unanswered + (now == Sort.UNANSWERED ? 1 : 0),
                    now,
                    first == null ? at : first,
                    now == sort ? since : at);
        }

        /** Never later than the longest budget after the first failure, whatever the sorts in between. */
        Instant giveUpAt(RetryBudget budget) {
            Instant last = Objects.requireNonNull(first).plus(budget.throttled());
            Instant failing = Objects.requireNonNull(since).plus(budget.failing());
            return sort == Sort.FAILED && failing.isBefore(last) ? failing : last;
        }
    }
}
