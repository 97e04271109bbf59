package io.keylesspull.azure.http;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import java.net.URL;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/**
 * Waits for long-running operations and responds with their result. The SDK does so too, but it waits on its own clock,
 * loses the error code of a cancelled operation, and takes an error for the result when it reads the result
 * (azure-core-management 1.19.2).
 */
final class LongOperations implements HttpPipelinePolicy {

    private static final Set<HttpMethod> CHANGES =
            Set.of(HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.POST, HttpMethod.DELETE);

    private static final String BOUND = "keyless-pull-operation-bound";
    private static final String SHORTEST = "keyless-pull-operation-shortest-wait";
    private static final String NOT_FOLLOWED = "keyless-pull-operation-not-followed";

    private final Waits waits;

    LongOperations(Waits waits) {
        this.waits = waits;
    }

    @Override
    public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
        HttpRequest request = context.getHttpRequest();
        Mono<HttpResponse> first = Mono.defer(() -> next.clone().process());
        return CHANGES.contains(request.getHttpMethod())
                ? Mono.deferContextual(caller -> caller.hasKey(NOT_FOLLOWED)
                        ? first
                        : first.flatMap(response -> new LongOperation(
                                        request,
                                        url -> get(url, context, next),
                                        waits,
                                        caller.getOrDefault(SHORTEST, LongOperation.SHORTEST),
                                        caller.<Duration>getOrEmpty(BOUND).map(waits.now()::plus))
                                .follow(response)))
                : first;
    }

    /** For the subscriber's context: how long operations are waited for at most. */
    static Function<Context, Context> within(Duration bound) {
        return context -> context.put(BOUND, bound);
    }

    /**
     * For the subscriber's context: how long to wait at least before each look, even if Azure would be ready sooner.
     */
    static Function<Context, Context> unhurried(Duration shortest) {
        return context -> context.put(SHORTEST, shortest);
    }

    /** For the subscriber's context: the first response is the result, whatever it has begun. */
    static Context notFollowed(Context context) {
        return context.put(NOT_FOLLOWED, true);
    }

    private static Mono<HttpResponse> get(URL url, HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
        return Mono.defer(() -> {
            context.setHttpRequest(
                    new HttpRequest(HttpMethod.GET, url).setHeader(HttpHeaderName.ACCEPT, "application/json"));
            return next.clone().process();
        });
    }
}
