package io.keylesspull.practice.wire;

import java.io.UncheckedIOException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Which service answers for which host name. Safe for use by many threads. */
public final class VirtualHosts implements HttpService {

    private final Map<String, HttpService> byName = new ConcurrentHashMap<>();
    private final Map<Predicate<String>, HttpService> byRule = new ConcurrentHashMap<>();

    public void add(String host, HttpService site) {
        byName.put(host.toLowerCase(Locale.ROOT), site);
    }

    /** @param serves evaluated for every request, with the host name in lower case */
    public void add(Predicate<String> serves, HttpService site) {
        byRule.put(serves, site);
    }

    /** @throws UncheckedIOException caused by an {@link UnknownHostException}, if no host has this name */
    @Override
    public Response send(Request request) {
        String host = Optional.ofNullable(request.uri().getHost()).orElse("");
        return find(host)
                .orElseThrow(() -> new UncheckedIOException(new UnknownHostException(host)))
                .send(request);
    }

    /** Whether a service answers for this name now. The name is compared without case. */
    public boolean has(String host) {
        return find(host).isPresent();
    }

    private Optional<HttpService> find(String name) {
        String host = name.toLowerCase(Locale.ROOT);
        return Optional.ofNullable(byName.get(host))
                .or(() -> byRule.entrySet().stream()
                        .filter(rule -> rule.getKey().test(host))
                        .map(Map.Entry::getValue)
                        .findFirst());
    }
}
