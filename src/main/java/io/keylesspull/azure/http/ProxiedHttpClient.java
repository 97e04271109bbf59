package io.keylesspull.azure.http;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import io.keylesspull.network.Network;
import io.keylesspull.network.ProxyAddress;
import io.keylesspull.network.ProxyException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import reactor.core.publisher.Mono;

/**
 * Signs in to the proxy of a request, and reports the proxy's failures as its own. The login is sent with the first
 * request: Java's own authenticator would also fail on a service's answer 401 that names no scheme. It is a header that
 * Java sends to the proxy alone.
 */
final class ProxiedHttpClient implements HttpClient {

    private static final int LOGIN_REQUIRED = 407;
    private static final int SERVER_ERROR = 500;
    /**
     * Java's message if a proxy makes no tunnel; there is no exception type for it (JDK 17, PlainTunnelingConnection).
     */
    private static final Pattern NO_TUNNEL = Pattern.compile("Tunnel failed, got: (\\d+).*");

    /** There was no connection. */
    private static final List<Class<? extends Exception>> NOT_REACHED = List.of(
            UnresolvedAddressException.class,
            ConnectException.class,
            NoRouteToHostException.class,
            HttpConnectTimeoutException.class);

    private final HttpClient delegate;
    private final Network network;

    ProxiedHttpClient(HttpClient delegate, Network network) {
        this.delegate = delegate;
        this.network = network;
    }

    @Override
    public Mono<HttpResponse> send(HttpRequest request) {
        return send(request, Context.NONE);
    }

    @Override
    public Mono<HttpResponse> send(HttpRequest request, Context context) {
        URI address = URI.create(request.getUrl().toString());
        return network.proxy(address)
                // Deferred: policies still add headers to the request.
                .map(proxy -> Mono.defer(() -> send(request, context, proxy)))
                .orElseGet(() -> delegate.send(request, context).onErrorMap(thrown -> direct(address, thrown)));
    }

    /** A failure of a request that went to its own address. */
    private Throwable direct(URI address, Throwable thrown) {
        Throwable named = unresolved(address, thrown);
        return notReached(thrown)
                ? network.bypassedProxy(address)
                        .<Throwable>map(proxy -> ProxyException.bypassed(proxy, address.getHost(), named))
                        .orElse(named)
                : named;
    }

    private static boolean notReached(Throwable thrown) {
        return NOT_REACHED.stream()
                .anyMatch(type -> AzureErrors.cause(thrown, type).isPresent());
    }

    /** Java's own exception does not name the host. */
    private static Throwable unresolved(URI address, Throwable thrown) {
        if (AzureErrors.cause(thrown, UnresolvedAddressException.class).isEmpty()) {
            return thrown;
        }
        UnknownHostException named = new UnknownHostException(address.getHost());
        // Not as its cause, which would be taken for the reason.
        named.addSuppressed(thrown);
        return named;
    }

    private Mono<HttpResponse> send(HttpRequest request, Context context, ProxyAddress proxy) {
        HttpRequest signedIn = request.copy();
        proxy.login().ifPresent(login -> signedIn.setHeader(HttpHeaderName.PROXY_AUTHORIZATION, login.basic()));
        return delegate.send(signedIn, context)
                .onErrorMap(thrown ->
                        failure(proxy, request.getUrl().getHost(), thrown).orElse(thrown))
                .flatMap(response -> response.getStatusCode() == LOGIN_REQUIRED
                        ? Mono.error(ProxyException.login(proxy, challenges(response)))
                        : Mono.just(response));
    }

    /** @return empty if the failure is not the proxy's */
    private static Optional<Throwable> failure(ProxyAddress proxy, String host, Throwable thrown) {
        if (notReached(thrown)) {
            return Optional.of(ProxyException.notReached(proxy, thrown));
        }
        Matcher answer = NO_TUNNEL.matcher(String.valueOf(thrown.getMessage()));
        if (!answer.matches()) {
            return Optional.empty();
        }
        boolean retryable = Integer.parseInt(answer.group(1)) >= SERVER_ERROR;
        return Optional.of(ProxyException.refused(proxy, host, answer.group(1), retryable, thrown));
    }

    private static List<String> challenges(HttpResponse response) {
        String[] challenges = response.getHeaders().getValues(HttpHeaderName.PROXY_AUTHENTICATE);
        return challenges == null ? List.of() : List.of(challenges);
    }
}
