package io.keylesspull.azure.resource;

import io.keylesspull.azure.http.SdkCall;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.ResourceListener;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Creates resources at the same time that have no need of each other. */
final class SideBySide {

    private SideBySide() {}

    /**
     * One of the resources.
     *
     * @param <T> its description
     */
    static final class Part<T> {

        private final String id;
        private final Supplier<Mono<T>> create;
        private volatile Optional<T> resource = Optional.empty();
        private volatile Optional<Throwable> failure = Optional.empty();

        private Part(String id, Supplier<Mono<T>> create) {
            this.id = id;
            this.create = create;
        }

        /** @param find finds it if it exists */
        static <T> Part<T> of(String id, Supplier<Mono<T>> find, Supplier<Mono<T>> create)
                throws AzureException, InterruptedException {
            Part<T> part = new Part<>(id, create);
            part.resource = SdkCall.find(find);
            return part;
        }

        private Mono<Void> made() {
            return Mono.defer(create)
                    .subscribeOn(Schedulers.boundedElastic())
                    .doOnNext(there -> resource = Optional.of(there))
                    .doOnError(e -> failure = Optional.of(e))
                    .onErrorResume(e -> Mono.empty())
                    .then();
        }

        /** The resource, after {@link SideBySide#create}. */
        T resource() {
            return resource.orElseThrow();
        }
    }

    /**
     * Creates those that do not exist, and waits for all of them, also if one fails.
     *
     * @param listener is called for each before any request is sent, and of each that was made
     */
    static void create(List<Part<?>> parts, ResourceListener listener) throws AzureException, InterruptedException {
        List<Part<?>> missing =
                parts.stream().filter(part -> part.resource.isEmpty()).toList();
        missing.forEach(part -> listener.creating(part.id));
        SdkCall.optional(
                () -> Mono.when(missing.stream().<Mono<Void>>map(Part::made).toList()));
        for (Part<?> part : missing) {
            if (part.resource.isPresent()) {
                listener.created(part.id);
            }
        }
        for (Part<?> part : missing) {
            if (part.resource.isEmpty()) {
                // Reported as errors of single requests are; without one, Azure answered nothing.
                SdkCall.get(() -> part.failure.map(Mono::error).orElseGet(Mono::empty));
            }
        }
    }
}
