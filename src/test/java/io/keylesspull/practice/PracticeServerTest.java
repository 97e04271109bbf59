package io.keylesspull.practice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.directory.PracticeApp;
import io.keylesspull.practice.fault.Fault;
import io.keylesspull.practice.fault.Occasions;
import io.keylesspull.practice.wire.HttpFault;
import io.keylesspull.practice.wire.PracticeServer;
import io.keylesspull.practice.wire.RequestMatcher;
import io.keylesspull.time.Time;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The practice cloud as clients meet it that know nothing of it but a proxy and a certificate. */
class PracticeServerTest {

    private static final int IN_TIME_MILLIS = 10_000;

    private static final Faults FAULTS = new Faults();
    private static PracticeCloud cloud;
    private static PracticeServer server;

    @BeforeAll
    static void serve() throws IOException {
        cloud = FAULTS.start(Pace.INSTANT, Time.system(), new Random(7));
        server = cloud.serve(0, new SecureRandom());
    }

    @AfterAll
    static void close() {
        server.close();
        cloud.close();
    }

    @Test
    void aClientThatTrustsTheCertificateSignsInAndMakesAGroupAndARegistry() throws Exception {
        HttpClient client = client(server.certificate());
        String token = token(client);
        String group =
                "https://management.azure.com/subscriptions/" + cloud.subscriptionId() + "/resourceGroups/served";
        assertThat(put(client, token, group + "?api-version=2021-04-01", "{\"location\":\"japaneast\"}")
                        .statusCode())
                .isEqualTo(201);
        String registry = group + "/providers/Microsoft.ContainerRegistry/registries/servedregistry";
        HttpResponse<String> made = put(
                client,
                token,
                registry + "?api-version=2025-11-01",
                "{\"location\":\"japaneast\",\"sku\":{\"name\":\"Basic\"}}");
        assertThat(made.statusCode()).isEqualTo(201);
        String loginServer = json(made).at("/properties/loginServer").asText();
        // A host that was not there when the server was opened has a certificate, too.
        HttpResponse<String> data = client.send(
                HttpRequest.newBuilder(URI.create("https://" + loginServer + "/v2/"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(data.statusCode()).isEqualTo(401);
        assertThat(data.headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(
                        challenge -> assertThat(challenge).contains("https://" + loginServer + "/oauth2/token"));
        assertThat(cloud.resource(URI.create(registry).getPath())).isPresent();
    }

    @Test
    void whatGoesWrongInTheCloudGoesWrongForThoseWhoComeThisWayToo() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://management.azure.com/struck"))
                .build();
        HttpClient client = client(server.certificate());
        Fault fault = FAULTS.http()
                .add(
                        RequestMatcher.to("management.azure.com").path("/struck"),
                        Occasions.always(),
                        HttpFault.status(503));
        assertThat(client.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(503);
        fault.remove();
        assertThat(client.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(401);
    }

    @Test
    void aClientThatDoesNotTrustTheCertificateEndsTheConnection() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://management.azure.com/subscriptions"))
                .build();
        HttpClient trustsTheSystem =
                HttpClient.newBuilder().proxy(proxy(server)).build();
        assertThatThrownBy(() -> trustsTheSystem.send(request, BodyHandlers.discarding()))
                .isInstanceOf(SSLHandshakeException.class);
        try (PracticeServer other = cloud.serve(0, new SecureRandom())) {
            HttpClient trustsAnother = client(other.certificate());
            assertThatThrownBy(() -> trustsAnother.send(request, BodyHandlers.discarding()))
                    .isInstanceOf(SSLHandshakeException.class);
        }
    }

    @Test
    void nothingLeadsOutOfThePracticeCloud() throws Exception {
        for (String target : List.of(
                "example.com:443",
                "nosuchregistry.azurecr.io:443",
                "management.azure.com:80",
                "169.254.169.254:80",
                "169.254.169.254:443",
                "127.0.0.1:" + cloud.route().getPort(),
                "192.0.2.1:22")) {
            try (Socket socket = ask("CONNECT " + target + " HTTP/1.1\r\n\r\n")) {
                assertThat(line(socket)).as(target).startsWith("HTTP/1.1 502 ");
            }
        }
    }

    @Test
    void whatIsNoTunnelIsRefused() throws Exception {
        for (String head : List.of(
                "GET http://management.azure.com/ HTTP/1.1\r\nHost: management.azure.com\r\n\r\n",
                "CONNECT management.azure.com HTTP/1.1\r\n\r\n",
                "hello\r\n\r\n")) {
            try (Socket socket = ask(head)) {
                assertThat(line(socket)).as(head).startsWith("HTTP/1.1 405 ");
            }
        }
    }

    @Test
    void whoNamesNoHostThatIsThereIsShownNoCertificate() {
        for (String name : List.of("nosuchhost.example", "169.254.169.254", "")) {
            assertThatThrownBy(() -> tls(name)).as(name).isInstanceOf(SSLException.class);
        }
    }

    @Test
    void theMetadataServiceIsForMachinesOnly() throws Exception {
        try (Socket socket = tls("management.azure.com")) {
            socket.getOutputStream()
                    .write(("GET /metadata/identity/oauth2/token HTTP/1.1\r\n"
                                    + "Host: 169.254.169.254\r\nMetadata: true\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(line(socket)).isEqualTo("HTTP/1.1 421");
        }
    }

    @Test
    void theMachinesSpeakSshThroughTheSameProxy() throws Exception {
        String id = cloud.resourceIds()
                .filter(one -> one.endsWith("/practiceBarePublicIP"))
                .findFirst()
                .orElseThrow();
        String address =
                cloud.resource(id).orElseThrow().at("/properties/ipAddress").asText();
        try (Socket socket = ask("CONNECT " + address + ":22 HTTP/1.1\r\n\r\n")) {
            assertThat(line(socket)).isEqualTo("HTTP/1.1 200 Connection established");
            assertThat(line(socket)).isEmpty();
            assertThat(line(socket)).startsWith("SSH-2.0-");
        }
    }

    @Test
    void aTakenPortIsReportedAndLeavesNothingOpen() {
        int taken = server.proxy().getPort();
        assertThatThrownBy(() -> cloud.serve(taken, new SecureRandom())).isInstanceOf(BindException.class);
    }

    @Test
    void closingEndsEveryTunnel() throws Exception {
        PracticeServer other = cloud.serve(0, new SecureRandom());
        try (Socket socket = ask(other, "CONNECT management.azure.com:443 HTTP/1.1\r\n\r\n")) {
            assertThat(line(socket)).startsWith("HTTP/1.1 200 ");
            assertThat(line(socket)).isEmpty();
            other.close();
            assertThat(endOf(socket)).isTrue();
        }
        assertThatThrownBy(() -> ask(other, "")).isInstanceOf(IOException.class);
    }

    /** In a tunnel to the control plane. @param name the host that the client says it looks for; empty to say none */
    private static SSLSocket tls(String name) throws Exception {
        Socket socket = ask("CONNECT management.azure.com:443 HTTP/1.1\r\n\r\n");
        assertThat(line(socket)).startsWith("HTTP/1.1 200 ");
        assertThat(line(socket)).isEmpty();
        SSLSocket tls =
                (SSLSocket) context(server.certificate()).getSocketFactory().createSocket(socket, "", 443, true);
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setServerNames(name.isEmpty() ? List.of() : List.of(new SNIHostName(name)));
        tls.setSSLParameters(parameters);
        tls.startHandshake();
        return tls;
    }

    private static Socket ask(String head) throws IOException {
        return ask(server, head);
    }

    private static Socket ask(PracticeServer of, String head) throws IOException {
        Socket socket = new Socket(of.proxy().getHost(), of.proxy().getPort());
        socket.setSoTimeout(IN_TIME_MILLIS);
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static String line(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder line = new StringBuilder();
        for (int read = in.read(); read >= 0 && read != '\n'; read = in.read()) {
            line.append((char) read);
        }
        return line.toString().stripTrailing();
    }

    private static boolean endOf(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (IOException reset) {
            return !(reset instanceof SocketTimeoutException);
        }
    }

    private static String token(HttpClient client) throws Exception {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create(
                                "https://login.microsoftonline.com/" + cloud.tenantId() + "/oauth2/v2.0/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(
                                "grant_type=client_credentials&client_id=" + PracticeApp.CLIENT_ID + "&client_secret="
                                        + PracticeApp.SECRET + "&scope=https://management.azure.com/.default"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        return json(answer).path("access_token").asText();
    }

    private static HttpResponse<String> put(HttpClient client, String token, String uri, String body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(uri))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return new ObjectMapper().readTree(answer.body());
    }

    private static HttpClient client(String certificate) throws Exception {
        return HttpClient.newBuilder()
                .proxy(proxy(server))
                .sslContext(context(certificate))
                .build();
    }

    private static ProxySelector proxy(PracticeServer of) {
        return ProxySelector.of(
                new InetSocketAddress(of.proxy().getHost(), of.proxy().getPort()));
    }

    private static SSLContext context(String certificate) throws Exception {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry(
                "practice",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(
                                new ByteArrayInputStream(certificate.getBytes(StandardCharsets.US_ASCII))));
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }
}
