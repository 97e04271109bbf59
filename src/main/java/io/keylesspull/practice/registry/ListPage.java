package io.keylesspull.practice.registry;

import io.keylesspull.practice.wire.Parameters;
import io.keylesspull.practice.wire.Request;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** One page of a list. @param headers with the {@code Link} to the next page, if there is one */
record ListPage<T>(List<T> items, Map<String, String> headers) {

    private static final int DEFAULT = 100;

    /** Selects the page by the query's {@code n} and {@code last}. @param all in the order of their names */
    static <T> ListPage<T> of(List<T> all, Function<T, String> name, Request request) {
        String last = Parameters.ofQuery(request).get("last").orElse("");
        return of(
                all.stream()
                        .filter(item -> name.apply(item).compareTo(last) > 0)
                        .toList(),
                name,
                request,
                size(Parameters.ofQuery(request)));
    }

    /**
     * The same in the order of time if the query asks for it by {@code orderby}: the latest of all are on the first
     * page then, as {@code az acr repository show-tags --orderby time_desc --top 10} relies on (Azure/azure-cli,
     * command_modules/acr/repository.py).
     */
    static <T> ListPage<T> of(List<T> all, Function<T, String> name, Function<T, Instant> time, Request request) {
        Parameters query = Parameters.ofQuery(request);
        Comparator<T> byTime = Comparator.comparing(time);
        Optional<Comparator<T>> order = Optional.ofNullable(
                switch (query.get("orderby").orElse("")) {
                    case "timeasc" -> byTime;
                    case "timedesc" -> byTime.reversed();
                    default -> null;
                });
        if (order.isEmpty()) {
            return of(all, name, request);
        }
        List<T> ordered = all.stream().sorted(order.get()).toList();
        int from = query.get("last")
                .map(last -> ordered.stream().map(name).toList().indexOf(last) + 1)
                .orElse(0);
        return of(ordered.subList(from, ordered.size()), name, request, size(query));
    }

    private static <T> ListPage<T> of(List<T> rest, Function<T, String> name, Request request, int size) {
        if (rest.size() <= size) {
            return new ListPage<>(rest, Map.of());
        }
        List<T> page = rest.subList(0, size);
        String next = request.uri().getRawPath() + "?last="
                + URLEncoder.encode(name.apply(page.get(size - 1)), StandardCharsets.UTF_8) + "&n=" + size
                + Parameters.ofQuery(request)
                        .get("orderby")
                        .map(order -> "&orderby=" + order)
                        .orElse("");
        return new ListPage<>(page, Map.of("Link", "<" + next + ">; rel=\"next\""));
    }

    private static int size(Parameters query) {
        try {
            int asked = query.get("n").map(Integer::parseInt).orElse(DEFAULT);
            return asked > 0 ? asked : DEFAULT;
        } catch (NumberFormatException e) {
            throw new RegistryError(400, "PAGINATION_NUMBER_INVALID", "n must be a number");
        }
    }
}
