package io.keylesspull.azure.http;

import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.util.Configuration;
import com.azure.core.util.SharedExecutorService;
import io.keylesspull.network.Network;
import io.keylesspull.time.Time;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * How requests are sent, and the clock and randomness for the waits between them.
 *
 * @param client creates a client with its own connections
 * @param random spreads the waits before retries
 */
public record Transport(Supplier<HttpClient> client, Time time, RandomGenerator random) {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(60);

    public Transport {
        Objects.requireNonNull(client);
        Objects.requireNonNull(time);
        Objects.requireNonNull(random);
    }

    /** Every request goes to its own address, by the given network. */
    public static Transport over(Network network, Time time, RandomGenerator random) {
        return new Transport(
                () -> new ProxiedHttpClient(
                        client(java.net.http.HttpClient.newBuilder()
                                .proxy(network.proxies())
                                .sslContext(network.tls())),
                        network),
                time,
                random);
    }

    /** Every request goes to the given {@code http} address, with the original host in a header. */
    public static Transport routed(URI loopback, Time time, RandomGenerator random) {
        return new Transport(
                () -> new RoutingHttpClient(
                        client(java.net.http.HttpClient.newBuilder().proxy(java.net.http.HttpClient.Builder.NO_PROXY)),
                        loopback),
                time,
                random);
    }

    /** @param executor the threads that wait; must be unbounded */
    public Pipelines pipelines(ExecutorService executor) {
        return new Pipelines(client.get(), new Waits(time, new BlockingWork(executor)), random);
    }

    private static HttpClient client(java.net.http.HttpClient.Builder builder) {
        return new JdkHttpClientBuilder(builder.executor(SharedExecutorService.getInstance()))
                // With any other, the SDK looks for proxies in the environment, and keeps the header Authorization
                // back.
                .configuration(Configuration.NONE)
                .connectionTimeout(CONNECT)
                .responseTimeout(ANSWER)
                .readTimeout(ANSWER)
                .writeTimeout(ANSWER)
                .build();
    }
}
