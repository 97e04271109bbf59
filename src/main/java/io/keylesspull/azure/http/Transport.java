package io.keylesspull.azure.http;

import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import io.keylesspull.time.Time;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.random.RandomGenerator;

/**
 * Where requests are sent, and the clock and randomness for the waits between them.
 *
 * @param route a loopback address that all requests are sent to; empty: each goes to its own address
 * @param random spreads the waits before retries
 */
public record Transport(Optional<URI> route, Time time, RandomGenerator random) {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(60);

    public Transport {
        Objects.requireNonNull(route);
        Objects.requireNonNull(time);
        Objects.requireNonNull(random);
    }

    /** Every request goes to its own address. */
    public static Transport direct(Time time, RandomGenerator random) {
        return new Transport(Optional.empty(), time, random);
    }

    /** Every request goes to the given {@code http} address, with the original host in a header. */
    public static Transport routed(URI loopback, Time time, RandomGenerator random) {
        return new Transport(Optional.of(loopback), time, random);
    }

    /** @param executor the threads that wait; must be unbounded */
    public Pipelines pipelines(ExecutorService executor) {
        return new Pipelines(client(), new Waits(time, new BlockingWork(executor)), random);
    }

    /** A new client with its own connections. */
    private HttpClient client() {
        HttpClient direct = new JdkHttpClientBuilder()
                .connectionTimeout(CONNECT)
                .responseTimeout(ANSWER)
                .readTimeout(ANSWER)
                .writeTimeout(ANSWER)
                .build();
        return route.<HttpClient>map(to -> new RoutingHttpClient(direct, to)).orElse(direct);
    }
}
