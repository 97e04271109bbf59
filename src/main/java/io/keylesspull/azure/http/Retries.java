package io.keylesspull.azure.http;

import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import io.keylesspull.azure.http.RetryableFailure.Sort;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import reactor.core.publisher.Mono;

/**
 * Sends a request again that did not get through: after as long as the service asks, else after waits that double from
 * about a second to about a quarter of a minute. Each wait is told before it begins. The SDK's own policy waits in
 * silence and on a clock of its own, and does not notice an answer that breaks off.
 */
final class Retries implements HttpPipelinePolicy {

    private static final Duration FIRST = Duration.ofMillis(800);
    private static final Duration LONGEST = Duration.ofSeconds(15);

    private final RetryBudget patience;
    private final Waits waits;
    private final RandomGenerator random;
    private final Consumer<Waiting> listener;

    /** @param random spreads the waits, so that those who were turned away together do not come back together */
    Retries(RetryBudget patience, Waits waits, RandomGenerator random, Consumer<Waiting> listener) {
        this.patience = patience;
        this.waits = waits;
        this.random = random;
        this.listener = listener;
    }

    @Override
    public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
        return attempt(new Sending(context, next, context.getHttpRequest()), new History(0, 0, null, null, null));
    }

    private Mono<HttpResponse> attempt(Sending sending, History history) {
        return Mono.defer(() -> BufferedResponse.read(sending.once(), patience.answer()))
                .map(response -> new Result(
                        RetryableFailure.of(response, patience.questions(), waits.now()), Mono.just(response)))
                .onErrorResume(e -> Mono.just(
                        new Result(RetryableFailure.of(sending.request(), patience.questions(), e), Mono.error(e))))
                .flatMap(result -> result.trouble()
                        .flatMap(trouble -> again(sending, history.plus(trouble.sort(), waits.now()), trouble))
                        .orElse(result.end()));
    }

    /** @return empty where it is given up */
    private Optional<Mono<HttpResponse>> again(Sending sending, History history, RetryableFailure trouble) {
        Duration wait = trouble.asked().orElseGet(() -> backOff(history.attempt()));
        Duration left = Duration.between(waits.now(), history.giveUp(patience));
        if (left.compareTo(wait) < 0 || history.unanswered() > patience.unanswered()) {
            return Optional.empty();
        }
        return Optional.of(Mono.defer(() -> {
            listener.accept(new Waiting(trouble.reason(), history.attempt(), wait, left));
            return waits.of(wait).then(Mono.defer(() -> attempt(sending, history)));
        }));
    }

    private Duration backOff(int attempt) {
        long doubled = FIRST.toMillis() << Math.min(attempt - 1, 10);
        long full = Math.min(doubled, LONGEST.toMillis());
        return Duration.ofMillis(full - random.nextLong(full / 4));
    }

    /** Each attempt begins with the request as it was first given: policies further in add to it. */
    private record Sending(HttpPipelineCallContext context, HttpPipelineNextPolicy next, HttpRequest request) {

        Mono<HttpResponse> once() {
            context.setHttpRequest(request.copy());
            return next.clone().process();
        }
    }

    /** @param trouble empty where it is the end @param end the answer or error as it is */
    private record Result(Optional<RetryableFailure> trouble, Mono<HttpResponse> end) {
    }

    /**
     * What has happened to a request so far.
     *
     * @param attempt    how often it was sent
     * @param unanswered how often without an answer
     * @param sort       the last trouble's; null before the first
     * @param first      when the first trouble came; null before it
     * @param since      since when the trouble is of this sort
     */
    private record History(int attempt, int unanswered, Sort sort, Instant first, Instant since) {

        History plus(Sort now, Instant at) {
            return new History(attempt + 1, unanswered + (now == Sort.UNANSWERED ? 1 : 0), now,
                    first == null ? at : first, now == sort ? since : at);
        }

        /** Never later than the longest patience after the first trouble, whatever the sorts in between. */
        Instant giveUp(RetryBudget patience) {
            Instant last = first.plus(patience.asked());
            Instant trouble = since.plus(patience.trouble());
            return sort == Sort.FAILED && trouble.isBefore(last) ? trouble : last;
        }
    }
}
