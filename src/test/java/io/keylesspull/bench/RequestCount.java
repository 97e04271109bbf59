package io.keylesspull.bench;

import io.keylesspull.practice.wire.Request;
import io.keylesspull.practice.wire.RequestMatcher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Counts what the program asks of the control plane. */
final class RequestCount {

    private static final RequestMatcher CONTROL_PLANE = RequestMatcher.to("management.azure.com");
    private static final RequestMatcher POLLING = RequestMatcher.polling();

    private final List<Request> all = new ArrayList<>();

    synchronized void add(Request request) {
        if (CONTROL_PLANE.test(request)) {
            all.add(request);
        }
    }

    synchronized void reset() {
        all.clear();
    }

    synchronized int polling() {
        return (int) all.stream().filter(POLLING).count();
    }

    synchronized int withoutPolling() {
        return all.size() - polling();
    }

    /** By method and what it is about: how often, polling left out. */
    synchronized Map<String, Integer> byKind() {
        Map<String, Integer> kinds = new TreeMap<>();
        all.stream()
                .filter(request -> !POLLING.test(request))
                .forEach(request -> kinds.merge(kind(request), 1, Integer::sum));
        return kinds;
    }

    /**
     * Each address that was read again although nothing had been written there since, and how often it was read then;
     * polling left out. Each page of a list is an address.
     */
    synchronized Map<String, Integer> sameFactTwice() {
        Map<String, Map<String, Integer>> reads = new HashMap<>();
        Map<String, Integer> twice = new TreeMap<>();
        for (Request request : all) {
            String path = path(request).toLowerCase(Locale.ROOT);
            if (POLLING.test(request)) {
                continue;
            }
            if (!request.method().equals("GET")) {
                // Whatever lies above may tell of it, and what lies below may come or go with it.
                reads.keySet().removeIf(read -> read.startsWith(path) || path.startsWith(read));
            } else {
                int times =
                        reads.computeIfAbsent(path, first -> new HashMap<>()).merge(page(request), 1, Integer::sum);
                if (times > 1) {
                    twice.merge(path(request), times, Math::max);
                }
            }
        }
        return twice;
    }

    /** The skip token; empty for the first page. */
    private static String page(Request request) {
        return Stream.of(
                        Objects.requireNonNullElse(request.uri().getQuery(), "").split("&"))
                .filter(part -> part.toLowerCase(Locale.ROOT).startsWith("$skiptoken="))
                .findFirst()
                .orElse("");
    }

    private static String kind(Request request) {
        String path = path(request);
        String[] parts = path.split("/");
        // /subscriptions/id/resourcegroups/name, …/providers/Namespace/type/name/child/name: names are left out.
        StringBuilder kind = new StringBuilder(request.method()).append(' ');
        int providers = path.toLowerCase(Locale.ROOT).lastIndexOf("/providers/");
        if (providers < 0) {
            for (int i = 1; i < parts.length; i += 2) {
                kind.append('/').append(parts[i]);
            }
            return kind.toString();
        }
        String[] typed = path.substring(providers + "/providers/".length()).split("/");
        kind.append(typed[0]);
        for (int i = 1; i < typed.length; i += 2) {
            kind.append('/').append(typed[i]);
        }
        return kind.toString();
    }

    private static String path(Request request) {
        return request.uri().getPath().replaceAll("/{2,}", "/");
    }
}
