package io.keylesspull.azure.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpRequest;
import io.keylesspull.azure.model.AzureCloud;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.SignInMethod;
import io.keylesspull.azure.signin.SignInEnvironment;
import io.keylesspull.azure.signin.SignIns;
import io.keylesspull.engine.event.Problem;
import io.keylesspull.network.Network;
import io.keylesspull.network.NetworkOptions;
import io.keylesspull.practice.PracticeCloud;
import io.keylesspull.practice.SetTime;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.wire.InspectingProxy;
import io.keylesspull.practice.wire.PracticeServer;
import io.keylesspull.setup.step.AzureFailures;
import io.keylesspull.text.Text;
import io.keylesspull.text.Texts;
import io.keylesspull.time.Time;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The client that the SDK, the sign-in and registries share, behind proxies of every mood. */
@Timeout(120)
class ProxyTest {

    private static final String HOST = "management.azure.com";

    @TempDir
    private Path folder;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger connections = new AtomicInteger();

    @AfterEach
    void close() {
        threads.shutdownNow();
    }

    @Test
    void requestsGoThroughAProxyThatInspectsThemAndAsksForAPassword() throws Exception {
        try (PracticeCloud cloud = PracticeCloud.start(Pace.INSTANT, Time.system(), new Random(1));
                PracticeServer server = cloud.serve(0, new SecureRandom());
                InspectingProxy proxy = new InspectingProxy(server)) {
            Path authority = Files.writeString(folder.resolve("ca.pem"), proxy.certificate());
            NetworkOptions options =
                    NetworkOptions.of(Optional.of(proxy.url()), Optional.empty(), Optional.of(authority));
            // 401 is the service's: it has no token.
            assertThat(status(options, Map.of())).isEqualTo(401);
            assertThat(proxy.inspected()).contains(HOST);

            Files.writeString(
                    folder.resolve("settings.json"), "{\"proxy\": \"" + proxy.url() + "\", \"caFile\": \"ca.pem\"}");
            assertThat(status(NetworkOptions.NONE, Map.of("HTTPS_PROXY", "http://127.0.0.1:1")))
                    .isEqualTo(401);
            Files.delete(folder.resolve("settings.json"));

            Map<String, String> environment = Map.of("https_proxy", proxy.url(), "SSL_CERT_FILE", authority.toString());
            assertThat(status(NetworkOptions.NONE, environment)).isEqualTo(401);

            Problem refused = problem(proxy.url().replace(proxy.password(), "Winter2026"));
            assertThat(what(refused)).contains(proxy.address(), "does not accept the user and password");
            assertThat(all(refused)).contains("--proxy").doesNotContain("Winter2026");

            Problem missing = problem("http://" + proxy.address());
            assertThat(what(missing)).contains(proxy.address(), "asks for a user and a password");
        }
    }

    @Test
    void aSignInByDeviceCodeReportsAnInspectingProxysCertificateAndIsNotRetried() throws Exception {
        try (PracticeCloud cloud = PracticeCloud.start(Pace.INSTANT, Time.system(), new Random(1));
                PracticeServer server = cloud.serve(0, new SecureRandom());
                InspectingProxy proxy = new InspectingProxy(server)) {
            NetworkOptions options = NetworkOptions.of(Optional.of(proxy.url()), Optional.empty(), Optional.empty());
            SignIns signIns = new SignIns(
                    Transport.over(network(options, Map.of()), new SetTime(Instant.EPOCH), new Random(1)),
                    threads,
                    SignInEnvironment.bare(),
                    Optional.empty());

            AzureException e = catchThrowableOfType(
                    AzureException.class,
                    () -> signIns.signIn(
                            SignInMethod.DEVICE_CODE, Optional.of(cloud.tenantId()), AzureCloud.PUBLIC, code -> {}));

            Problem problem = AzureFailures.problem(Text.of("setup.subject.account"), e);
            assertThat(what(problem)).contains("The certificate of login.microsoftonline.com is not trusted");
            assertThat(proxy.inspected()).hasSize(1);
        }
    }

    @Test
    void aProxyWithoutBasicIsReportedWithWhatItAsksForAndIsNotAskedAgain() throws Exception {
        try (ServerSocket proxy =
                answering("407 No\r\nProxy-Authenticate: Negotiate\r\nProxy-Authenticate: NTLM\r\nContent-Length: 0")) {
            Problem problem = problem("http://anna:hunter22@127.0.0.1:" + proxy.getLocalPort());
            assertThat(what(problem)).contains("127.0.0.1:" + proxy.getLocalPort(), "Negotiate, NTLM");
            assertThat(all(problem)).doesNotContain("hunter22");
            assertThat(connections).hasValue(1);
        }
    }

    @Test
    void aProxyThatForbidsAHostIsReportedWithItsAnswerAndIsNotAskedAgain() throws Exception {
        try (ServerSocket proxy = answering("403 Forbidden\r\nContent-Length: 0")) {
            assertThat(what(problem("http://127.0.0.1:" + proxy.getLocalPort())))
                    .contains("The proxy 127.0.0.1:" + proxy.getLocalPort() + " does not connect to " + HOST + ": 403");
            assertThat(connections).hasValue(1);
        }
    }

    @Test
    void aProxyThatCannotConnectNowIsAskedAgain() throws Exception {
        try (ServerSocket proxy = answering("503 Unavailable\r\nContent-Length: 0")) {
            assertThat(what(problem("http://127.0.0.1:" + proxy.getLocalPort())))
                    .contains(HOST + ": 503");
            assertThat(connections).hasValueGreaterThan(1);
        }
    }

    @Test
    void aProxyThatIsNotThereIsReportedWithItsAddressInBothLanguages() throws Exception {
        String address;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            address = "127.0.0.1:" + closed.getLocalPort();
        }
        Problem problem = problem("http://anna:hunter22@" + address);
        assertThat(what(problem)).isEqualTo("The proxy " + address + " cannot be reached.");
        assertThat(new Texts(Locale.JAPANESE).render(problem.what())).contains("プロキシ " + address);
        assertThat(all(problem)).contains("--proxy").doesNotContain("hunter22");
    }

    @Test
    void aProxyWhoseNameIsUnknownIsReportedWithIt() throws Exception {
        assertThat(what(problem("http://proxy.invalid:3128")))
                .contains("The proxy proxy.invalid:3128 is not known", "“proxy.invalid”");
    }

    private Problem problem(String proxy) throws Exception {
        NetworkOptions options = NetworkOptions.of(Optional.of(proxy), Optional.empty(), Optional.empty());
        AzureException e = catchThrowableOfType(AzureException.class, () -> status(options, Map.of()));
        assertThat(e.kind()).isEqualTo(AzureException.Kind.UNREACHABLE);
        return AzureFailures.problem(Text.of("setup.subject.account"), e);
    }

    /** Java's own exception names neither the host nor the reason. */
    @Test
    void aHostThatIsNotKnownIsReportedByItsName() throws Exception {
        NetworkOptions direct = NetworkOptions.of(Optional.empty(), Optional.empty(), Optional.empty());
        AzureException e =
                catchThrowableOfType(AzureException.class, () -> status(direct, Map.of(), "nowhere.invalid"));

        assertThat(e.kind()).isEqualTo(AzureException.Kind.UNREACHABLE);
        assertThat(AzureFailures.problem(Text.of("setup.subject.account"), e).details())
                .isEqualTo("Unknown host: nowhere.invalid");
    }

    @Test
    void aHostThatIsAnExceptionFromTheProxyIsReportedAsOne() throws Exception {
        Map<String, String> environment =
                Map.of("HTTPS_PROXY", "http://proxy.invalid:3128", "NO_PROXY", "nowhere.invalid");
        AzureException e = catchThrowableOfType(
                AzureException.class, () -> status(NetworkOptions.NONE, environment, "nowhere.invalid"));

        Problem problem = AzureFailures.problem(Text.of("setup.subject.account"), e);
        assertThat(what(problem)).isEqualTo("nowhere.invalid cannot be reached directly.");
        assertThat(all(problem))
                .contains(
                        "NO_PROXY excepts this host from the proxy proxy.invalid:3128 (set by HTTPS_PROXY)",
                        "Unknown host: nowhere.invalid");
    }

    private int status(NetworkOptions options, Map<String, String> environment) throws Exception {
        return status(options, environment, HOST);
    }

    private int status(NetworkOptions options, Map<String, String> environment, String host) throws Exception {
        Network network = Network.open(options, folder.resolve("settings.json"), environment, ProxySelector.of(null));
        HttpPipeline pipeline = Transport.over(network, new SetTime(Instant.EPOCH), new Random(1))
                .pipelines(threads)
                .directory();
        return SdkCall.get(() -> pipeline.send(
                        new HttpRequest(HttpMethod.GET, "https://" + host + "/subscriptions?api-version=2022-12-01")))
                .getStatusCode();
    }

    private Network network(NetworkOptions options, Map<String, String> environment) throws Exception {
        return Network.open(options, folder.resolve("settings.json"), environment, ProxySelector.of(null));
    }

    private static String what(Problem problem) {
        return new Texts(Locale.ENGLISH).render(problem.what());
    }

    private static String all(Problem problem) {
        Texts texts = new Texts(Locale.ENGLISH);
        return String.join(
                "\n",
                List.of(
                        what(problem),
                        texts.render(problem.meaning()),
                        texts.render(problem.remedy()),
                        problem.details()));
    }

    private ServerSocket answering(String answer) throws IOException {
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(() -> {
            while (!server.isClosed()) {
                try (Socket client = server.accept()) {
                    connections.incrementAndGet();
                    client.getInputStream().read(new byte[8192]);
                    client.getOutputStream()
                            .write(("HTTP/1.1 " + answer + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
                } catch (IOException closed) {
                    // The test is over.
                }
            }
        });
        return server;
    }
}
