package io.keylesspull.network;

import io.keylesspull.text.Text;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which HTTP proxy a request goes through. The first that is set counts: the command line's, the settings file's, the
 * environment's ({@code HTTPS_PROXY} for https, {@code HTTP_PROXY} for http, or in small letters), the system's.
 * {@code NO_PROXY} makes exceptions from all but the system's, which has its own.
 */
final class Proxies extends ProxySelector {

    /**
     * Never by a proxy, whatever is set. The address is that of Azure's Instance Metadata Service, which answers nobody
     * but the machine itself (Microsoft Learn, "Azure Instance Metadata Service", "Proxies").
     */
    private static final NoProxy NEVER = NoProxy.parse("localhost, 127.0.0.0/8, [::1], 169.254.169.254");

    private final Optional<ProxyAddress> chosen;
    private final Map<String, ProxyAddress> byScheme;
    private final NoProxy exceptions;
    private final ProxySelector system;

    private Proxies(
            Optional<ProxyAddress> chosen,
            Map<String, ProxyAddress> byScheme,
            NoProxy exceptions,
            ProxySelector system) {
        this.chosen = chosen;
        this.byScheme = byScheme;
        this.exceptions = exceptions;
        this.system = system;
    }

    /**
     * @param chosen the proxy that the user has chosen for this program; empty if there is none
     * @param environment the process's environment
     * @param system finds the system's proxies
     * @throws NetworkSettingsException if the environment's proxy is malformed; not if another is chosen
     */
    static Proxies of(Optional<ProxyAddress> chosen, Map<String, String> environment, ProxySelector system)
            throws NetworkSettingsException {
        Map<String, ProxyAddress> byScheme = new HashMap<>();
        if (chosen.isEmpty()) {
            for (String scheme : List.of("http", "https")) {
                Optional<String> name = variable(environment, scheme.toUpperCase(Locale.ROOT) + "_PROXY");
                if (name.isPresent()) {
                    byScheme.put(
                            scheme,
                            ProxyAddress.parse(
                                    environment.getOrDefault(name.get(), ""),
                                    Text.of("network.source.named", name.get()),
                                    Set.of(ProxyAddress.Protocol.HTTP)));
                }
            }
        }
        NoProxy exceptions = NoProxy.parse(
                variable(environment, "NO_PROXY").map(environment::get).orElse(""));
        return new Proxies(chosen, byScheme, exceptions, system);
    }

    /** The name of a variable that is set and not empty, in capital or small letters. */
    private static Optional<String> variable(Map<String, String> environment, String name) {
        return Stream.of(name, name.toLowerCase(Locale.ROOT))
                .filter(spelling -> !environment.getOrDefault(spelling, "").isBlank())
                .findFirst();
    }

    /** @return empty: the request goes to its own address */
    Optional<ProxyAddress> find(URI request) {
        String host = request.getHost();
        int port = request.getPort() > 0 ? request.getPort() : "http".equals(request.getScheme()) ? 80 : 443;
        if (host == null || NEVER.contains(host, port)) {
            return Optional.empty();
        }
        Optional<ProxyAddress> own = chosen.or(() -> Optional.ofNullable(byScheme.get(request.getScheme())));
        return own.isPresent() ? own.filter(proxy -> !exceptions.contains(host, port)) : ofSystem(request);
    }

    /** The proxy that a request would go through if {@code NO_PROXY} did not except its host; empty otherwise. */
    Optional<ProxyAddress> bypassed(URI request) {
        return find(request).isPresent() || exceptions.isEmpty()
                ? Optional.empty()
                : new Proxies(chosen, byScheme, NoProxy.parse(""), ProxySelector.of(null)).find(request);
    }

    private Optional<ProxyAddress> ofSystem(URI request) {
        return system.select(request).stream()
                .filter(proxy -> proxy.type() == Proxy.Type.HTTP)
                .map(Proxy::address)
                .filter(InetSocketAddress.class::isInstance)
                .map(InetSocketAddress.class::cast)
                .findFirst()
                .map(address -> new ProxyAddress(
                        ProxyAddress.Protocol.HTTP,
                        address.getHostString(),
                        address.getPort(),
                        Optional.empty(),
                        Text.of("network.source.system")));
    }

    @Override
    public List<Proxy> select(URI request) {
        return List.of(find(request)
                .map(proxy -> new Proxy(Proxy.Type.HTTP, proxy.socketAddress()))
                .orElse(Proxy.NO_PROXY));
    }

    @Override
    public void connectFailed(URI request, SocketAddress proxy, IOException failure) {
        // The request fails with the same exception.
    }
}
