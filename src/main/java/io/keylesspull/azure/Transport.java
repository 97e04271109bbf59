package io.keylesspull.azure;

import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** Where requests really go. @param route empty: where they are addressed to; else a loopback address for all */
public record Transport(Optional<URI> route) {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(60);

    public Transport {
        Objects.requireNonNull(route);
    }

    /** Requests go where they are addressed to. */
    public static Transport direct() {
        return new Transport(Optional.empty());
    }

    /** Every request goes to the given {@code http} address, which is told in a header whom it was meant for. */
    public static Transport routed(URI loopback) {
        return new Transport(Optional.of(loopback));
    }

    /** A new client of its own connections. */
    HttpClient client() {
        HttpClient direct = new JdkHttpClientBuilder().connectionTimeout(CONNECT).responseTimeout(ANSWER)
                .readTimeout(ANSWER).writeTimeout(ANSWER).build();
        return route.<HttpClient>map(to -> new RoutingHttpClient(direct, to)).orElse(direct);
    }
}
