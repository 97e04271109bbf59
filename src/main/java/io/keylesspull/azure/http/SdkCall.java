package io.keylesspull.azure.http;

import com.azure.core.http.rest.PagedFlux;
import com.azure.core.http.rest.Response;
import com.azure.core.util.FluxUtil;
import com.fasterxml.jackson.databind.JsonNode;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.AzureException.Kind;
import io.keylesspull.paging.Pages;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Waits for results of the SDK. The waits can be interrupted, and exceptions become {@link AzureException}s. */
public final class SdkCall {

    private SdkCall() {}

    /**
     * Waits for a result that must not be empty.
     *
     * @param request run on another thread, so that an interrupt ends the wait even if the SDK itself blocks
     */
    public static <T> T get(Supplier<Mono<T>> request) throws AzureException, InterruptedException {
        return optional(request)
                .orElseThrow(
                        () -> new AzureException(Kind.OTHER, "", 0, "The service answered without content.", null));
    }

    /** Waits until it is done, with or without a result. */
    public static <T> Optional<T> optional(Supplier<Mono<T>> request) throws AzureException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        try {
            return Mono.defer(request).subscribeOn(Schedulers.boundedElastic()).blockOptional();
        } catch (RuntimeException e) {
            if (AzureErrors.interrupted(e)) {
                // The thread's flag may be set too; the exception alone reports the interrupt.
                Thread.interrupted();
                throw new InterruptedException();
            }
            throw AzureErrors.of(e);
        }
    }

    /**
     * A request whose long-running operation Azure may not end in reasonable time.
     *
     * @param bound how long to wait for the operation; then the request fails with the code
     *     {@link AzureException#NOT_ENDED}
     */
    public static <T> Supplier<Mono<T>> within(Duration bound, Supplier<Mono<T>> request) {
        return () -> request.get().contextWrite(LongOperations.within(bound));
    }

    /**
     * A request whose long-running operation is one of very many: it is asked for seldom, since Azure counts that, too.
     *
     * @param shortest how long to wait at least before each look
     */
    public static <T> Supplier<Mono<T>> unhurried(Duration shortest, Supplier<Mono<T>> request) {
        return () -> request.get().contextWrite(LongOperations.unhurried(shortest));
    }

    /**
     * Sends a request and waits for the first response alone: the operation that it begins goes on.
     *
     * @param request one that the SDK gives with its response, which it does not follow either
     * @return the response; a missing node if it is empty
     */
    public static JsonNode begin(Supplier<Mono<Response<Flux<ByteBuffer>>>> request)
            throws AzureException, InterruptedException {
        return JsonResponses.json(optional(() -> request.get()
                        .flatMap(response -> FluxUtil.collectBytesInByteBufferStream(response.getValue()))
                        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                        .contextWrite(LongOperations::notFollowed))
                .orElse(""));
    }

    /** As {@link #get}, but empty if the resource does not exist. */
    public static <T> Optional<T> find(Supplier<Mono<T>> request) throws AzureException, InterruptedException {
        try {
            return optional(request);
        } catch (AzureException e) {
            if (e.kind() == Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** The pages as they come. They are asked for when they are read. */
    public static <T> Pages<T, AzureException> pages(Supplier<PagedFlux<T>> request) {
        return wantsMore -> optional(() -> request.get()
                .byPage()
                .takeWhile(page -> wantsMore.test(page.getValue()))
                .then());
    }

    /** All pages. */
    public static <T> List<T> list(Supplier<PagedFlux<T>> request) throws AzureException, InterruptedException {
        return get(() -> request.get().collectList());
    }
}
