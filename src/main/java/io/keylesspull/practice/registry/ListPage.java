package io.keylesspull.practice.registry;

import io.keylesspull.practice.wire.Parameters;
import io.keylesspull.practice.wire.Request;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** One page of a list. @param headers with the {@code Link} to the next page, if there is one */
record ListPage<T>(List<T> items, Map<String, String> headers) {

    private static final int DEFAULT = 100;

    /** Selects the page by the query's {@code n} and {@code last}. @param all in the order of their names */
    static <T> ListPage<T> of(List<T> all, Function<T, String> name, Request request) {
        Parameters query = Parameters.ofQuery(request);
        int size = size(query);
        String last = query.get("last").orElse("");
        List<T> rest = all.stream()
                .filter(item -> name.apply(item).compareTo(last) > 0)
                .toList();
        if (rest.size() <= size) {
            return new ListPage<>(rest, Map.of());
        }
        List<T> page = rest.subList(0, size);
        String next = request.uri().getRawPath() + "?last="
                + URLEncoder.encode(name.apply(page.get(size - 1)), StandardCharsets.UTF_8) + "&n=" + size
                + query.get("orderby").map(order -> "&orderby=" + order).orElse("");
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
