package io.keylesspull.azure.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.AzureException.Kind;
import io.keylesspull.azure.model.Waiting;
import io.keylesspull.practice.SetTime;
import io.keylesspull.text.Text;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A real client against a service on loopback that breaks off in every way. */
@Timeout(60)
class WireFaultsTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 11\r\n\r\n";
    private static final Duration LONG = Duration.ofSeconds(40);
    /** For what is never answered: longer would only take longer. */
    private static final Duration SHORT = Duration.ofMillis(300);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Waiting> waits = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private ServerSocket server;

    private interface Wire {
        void serve(Socket socket) throws IOException, InterruptedException;
    }

    @BeforeEach
    void open() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }

    @Test
    void whoRefusesConnectionsIsAskedForAMinute() throws Exception {
        server.close();

        AzureException e = catchThrowableOfType(AzureException.class, () -> ask(HttpMethod.POST));

        assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(waits)
                .hasSizeBetween(5, 9)
                .extracting(Waiting::reason)
                .containsOnly(Text.of("azure.waiting.unreachable", "management.azure.com"));
    }

    @Test
    void aConnectionThatIsResetIsTriedAgain() throws Exception {
        serve(first(socket -> {
            // A reset before the first byte is something that the JDK's client itself tries again, once.
            write(socket, "HTTP/1.1 200");
            socket.setSoLinger(true, 0);
        }));

        assertThat(ask(HttpMethod.GET)).isEqualTo("{\"a\": true}");

        assertThat(waits)
                .extracting(Waiting::reason)
                .containsExactly(Text.of("azure.waiting.brokenOff", "management.azure.com"));
    }

    @Test
    void aBodyThatIsCutShortIsAskedForAgain() throws Exception {
        serve(first(socket -> write(socket, OK + "{\"a\":")));

        assertThat(ask(HttpMethod.GET)).isEqualTo("{\"a\": true}");

        assertThat(waits)
                .extracting(Waiting::reason)
                .containsExactly(Text.of("azure.waiting.brokenOff", "management.azure.com"));
    }

    @Test
    void aBodyThatEndsWithItsConnectionInTheMiddleOfAWordIsNotBelieved() throws Exception {
        serve(first(socket -> write(socket, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{\"a\": tr")));

        assertThat(ask(HttpMethod.GET)).isEqualTo("{\"a\": true}");

        assertThat(waits)
                .extracting(Waiting::reason)
                .containsExactly(Text.of("azure.waiting.notAzure", "management.azure.com"));
    }

    @Test
    void aBlackHoleIsTriedTwiceMore() throws Exception {
        serve(socket -> Thread.currentThread().join());

        AzureException e = catchThrowableOfType(AzureException.class, () -> ask(HttpMethod.GET, SHORT));

        assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(e.getMessage()).isNotBlank();
        assertThat(waits)
                .hasSize(2)
                .extracting(Waiting::reason)
                .containsOnly(Text.of("azure.waiting.unanswered", "management.azure.com"));
    }

    @Test
    void anAnswerThatDripsForEverEnds() throws Exception {
        serve(socket -> {
            write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
            while (true) {
                write(socket, " ");
                Duration drip = Duration.ofMillis(20);
                synchronized (this) {
                    wait(drip.toMillis());
                }
            }
        });

        AzureException e = catchThrowableOfType(AzureException.class, () -> ask(HttpMethod.GET, SHORT));

        assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(waits)
                .hasSize(2)
                .extracting(Waiting::reason)
                .containsOnly(Text.of("azure.waiting.unanswered", "management.azure.com"));
    }

    @Test
    void whatMayHaveBeenDoneIsNotDoneTwice() throws Exception {
        serve(socket -> socket.setSoLinger(true, 0));

        AzureException e = catchThrowableOfType(AzureException.class, () -> ask(HttpMethod.POST));

        assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(connections).hasValue(1);
    }

    private Wire first(Wire broken) {
        return socket -> {
            if (connections.get() == 1) {
                broken.serve(socket);
            } else {
                write(socket, OK + "{\"a\": true}");
            }
        };
    }

    private void serve(Wire wire) {
        threads.execute(() -> {
            while (!server.isClosed()) {
                try {
                    Socket socket = server.accept();
                    connections.incrementAndGet();
                    threads.execute(() -> serve(wire, socket));
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    private void serve(Wire wire, Socket socket) {
        try (socket) {
            readRequest(socket.getInputStream());
            wire.serve(socket);
        } catch (IOException gone) {
            // the client has had enough
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** To the end of its head: what is left unread would make the system reset the connection. */
    private static void readRequest(InputStream in) throws IOException {
        int matched = 0;
        while (matched < 4) {
            int read = in.read();
            if (read < 0) {
                throw new IOException("no request");
            }
            matched = read == "\r\n\r\n".charAt(matched) ? matched + 1 : read == '\r' ? 1 : 0;
        }
    }

    private static void write(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private String ask(HttpMethod method) throws AzureException, InterruptedException {
        return ask(method, LONG);
    }

    private String ask(HttpMethod method, Duration answer) throws AzureException, InterruptedException {
        HttpClient client = new RoutingHttpClient(
                new JdkHttpClientBuilder().build(), URI.create("http://127.0.0.1:" + server.getLocalPort()));
        RetryBudget budget =
                new RetryBudget(RetryBudget.OF_A_RUN.throttled(), RetryBudget.OF_A_RUN.failing(), 2, answer, false);
        HttpPipeline pipeline = new HttpPipelineBuilder()
                .httpClient(client)
                .policies(new Retries(
                        budget,
                        new Waits(new SetTime(Instant.EPOCH), new BlockingWork(threads)),
                        new Random(1),
                        waits::add))
                .build();
        return SdkCall.get(() -> pipeline.send(new HttpRequest(method, "https://management.azure.com/x"))
                .flatMap(HttpResponse::getBodyAsString));
    }
}
