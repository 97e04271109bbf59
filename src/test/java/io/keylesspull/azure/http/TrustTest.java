package io.keylesspull.azure.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpRequest;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.engine.event.Problem;
import io.keylesspull.network.Network;
import io.keylesspull.network.NetworkOptions;
import io.keylesspull.practice.SetTime;
import io.keylesspull.practice.wire.TestAuthority;
import io.keylesspull.setup.step.AzureFailures;
import io.keylesspull.text.Text;
import io.keylesspull.text.Texts;
import io.keylesspull.time.Time;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ProxySelector;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The client that the SDK, the sign-in and registries share, against servers whose authority nobody knows. */
@Timeout(60)
class TrustTest {

    private static final String ISSUER = "CN=Keyless Pull practice cloud";
    private static final NetworkOptions NOTHING = NetworkOptions.NONE;

    @TempDir
    private Path folder;

    private final TestAuthority authority = new TestAuthority();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger connections = new AtomicInteger();

    @AfterEach
    void close() {
        threads.shutdownNow();
    }

    @Test
    void anAuthorityThatIsNotKnownIsReportedWithHostAndIssuerAndWhatToDoAndIsNotRetried() throws Exception {
        try (SSLServerSocket server = serve(authority, "localhost")) {
            Problem problem = refused(server, network(NOTHING, Map.of()));
            for (Locale language : List.of(Locale.ENGLISH, Locale.JAPANESE)) {
                Texts texts = new Texts(language);
                assertThat(texts.render(problem.what())).contains("localhost", ISSUER);
                assertThat(texts.render(problem.meaning())).contains("localhost");
                assertThat(texts.render(problem.remedy())).contains("--ca-file", ISSUER);
            }
            assertThat(problem.details()).isEmpty();
            assertThat(connections).hasValue(1);
        }
    }

    @Test
    void whoIsNamedOnTheCommandLineIsTrusted() throws Exception {
        try (SSLServerSocket server = serve(authority, "localhost")) {
            assertThat(status(server, network(trusting(authority), Map.of()))).isEqualTo(200);
        }
    }

    @Test
    void whoIsNamedInTheSettingsFileIsTrusted() throws Exception {
        Files.writeString(folder.resolve("contoso.pem"), authority.pem());
        Files.writeString(folder.resolve("settings.json"), "{\"caFile\": \"contoso.pem\"}");
        try (SSLServerSocket server = serve(authority, "localhost")) {
            assertThat(status(server, network(NOTHING, Map.of()))).isEqualTo(200);
        }
    }

    @Test
    void whoIsInTheBundleThatTheEnvironmentNamesIsTrusted() throws Exception {
        Path bundle = Files.writeString(folder.resolve("bundle.pem"), new TestAuthority().pem() + authority.pem());
        try (SSLServerSocket server = serve(authority, "localhost")) {
            assertThat(status(server, network(NOTHING, Map.of("SSL_CERT_FILE", bundle.toString()))))
                    .isEqualTo(200);
        }
    }

    @Test
    void aCertificateOfAnotherHostIsReportedAsThat() throws Exception {
        try (SSLServerSocket server = serve(authority, "login.microsoftonline.com")) {
            Problem problem = refused(server, network(trusting(authority), Map.of()));
            assertThat(new Texts(Locale.ENGLISH).render(problem.what()))
                    .contains("The certificate of localhost is not valid", "localhost found");
            assertThat(connections).hasValue(1);
        }
    }

    @Test
    void anExpiredCertificateIsReportedAsThat() throws Exception {
        TestAuthority old = new TestAuthority(new SetTime(Instant.parse("2020-01-01T00:00:00Z")));
        try (SSLServerSocket server = serve(old, "localhost")) {
            Problem problem = refused(server, network(trusting(old), Map.of()));
            assertThat(new Texts(Locale.ENGLISH).render(problem.what())).contains("localhost", "to 2020-12-31T");
        }
    }

    private static NetworkOptions trusting(TestAuthority authority) {
        return new NetworkOptions(Optional.empty(), Optional.empty(), List.of(authority.certificate()));
    }

    private Network network(NetworkOptions options, Map<String, String> environment) throws Exception {
        return Network.open(options, folder.resolve("settings.json"), environment, ProxySelector.of(null));
    }

    private Problem refused(SSLServerSocket server, Network network) {
        AzureException e = catchThrowableOfType(AzureException.class, () -> status(server, network));
        assertThat(e.kind()).isEqualTo(AzureException.Kind.UNREACHABLE);
        return AzureFailures.problem(Text.of("setup.subject.account"), e);
    }

    private int status(SSLServerSocket server, Network network) throws AzureException, InterruptedException {
        HttpPipeline pipeline = Transport.over(network, Time.system(), new Random(1))
                .pipelines(threads)
                .directory();
        return SdkCall.get(() -> pipeline.send(
                        new HttpRequest(HttpMethod.GET, "https://localhost:" + server.getLocalPort() + "/")))
                .getStatusCode();
    }

    private SSLServerSocket serve(TestAuthority by, String name) throws IOException {
        SSLServerSocket server = (SSLServerSocket)
                by.server(name).getServerSocketFactory().createServerSocket(0, 50, InetAddress.getByName("localhost"));
        threads.execute(() -> {
            while (!server.isClosed()) {
                try (Socket client = server.accept()) {
                    connections.incrementAndGet();
                    client.setSoTimeout((int) Duration.ofSeconds(20).toMillis());
                    client.getInputStream().read(new byte[8192]);
                    client.getOutputStream()
                            .write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"
                                    .getBytes(StandardCharsets.US_ASCII));
                } catch (IOException refused) {
                    // The client did not trust the server, or the test is over.
                }
            }
        });
        return server;
    }
}
