package io.keylesspull.practice.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keylesspull.practice.SetTime;
import io.keylesspull.practice.fault.Fault;
import io.keylesspull.practice.fault.Occasions;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class HttpFaultTest {

    private static final String ARM = "management.azure.com";
    private static final String BODY = "{\"value\":\"0123456789\"}";

    private final List<String> carriedOut = new CopyOnWriteArrayList<>();
    private final HttpFaults faults = new HttpFaults();
    private final SetTime time = new SetTime(Instant.parse("2026-03-01T09:00:00Z"));
    private final HttpService service = request -> {
        carriedOut.add(request.method() + " " + request.uri().getPath());
        return new Response(200, Map.of("Content-Type", "application/json"), BODY.getBytes(StandardCharsets.UTF_8));
    };
    private final LoopbackHttpServer server = LoopbackHttpServer.open(service, faults, time);
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 408, 409, 429, 500, 502, 503, 504})
    void aStatusComesWithTheBodyOfItsService(int status) throws Exception {
        Fault fault = faults.add(RequestMatcher.to("*"), Occasions.always(), HttpFault.status(status));
        for (String host : List.of(ARM, "login.microsoftonline.com", "one.azurecr.io")) {
            HttpResponse<String> answer = get(host, "/x/providers/Microsoft.Compute/y");
            assertThat(answer.statusCode()).isEqualTo(status);
            String body = new ObjectMapper()
                    .readTree(answer.body())
                    .at(
                            host.equals(ARM)
                                    ? "/error/code"
                                    : host.startsWith("login") ? "/error_description" : "/errors/0/code")
                    .asText();
            assertThat(body).as(host).isNotEmpty();
        }
        assertThat(carriedOut).isEmpty();
        assertThat(fault.fired()).isEqualTo(3);
    }

    @Test
    void aThrottledClientGetsRetryAfter() throws Exception {
        faults.add(RequestMatcher.to(ARM), Occasions.first(1), HttpFault.status(429, Duration.ofSeconds(7)));
        HttpResponse<String> answer = get(ARM, "/subscriptions");
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).contains("7");
        assertThat(answer.body()).contains("SubscriptionRequestsThrottled");
        assertThat(get(ARM, "/subscriptions").statusCode()).isEqualTo(200);
    }

    @Test
    void aRefusalHasTheCodeItWasGiven() throws Exception {
        faults.add(RequestMatcher.polling(), Occasions.always(), HttpFault.refusal(404, "NotFound", "It is \"gone\"."));
        HttpResponse<String> answer = get(ARM, "/subscriptions/s/providers/Microsoft.Compute/locations/l/operations/1");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(new ObjectMapper()
                        .readTree(answer.body())
                        .at("/error/message")
                        .asText())
                .isEqualTo("It is \"gone\".");
        assertThat(get(ARM, "/subscriptions").statusCode()).isEqualTo(200);
    }

    @Test
    void requestsAreMatchedByHostMethodAndPath() throws Exception {
        Fault fault = faults.add(
                RequestMatcher.to("*.azurecr.io").method("GET").path("/V2/.*/tags$"),
                Occasions.always(),
                HttpFault.status(503));
        assertThat(get("one.azurecr.io", "//v2//a/tags?n=1").statusCode()).isEqualTo(503);
        assertThat(get("one.azurecr.io", "/v2/a/tags/x").statusCode()).isEqualTo(200);
        assertThat(get(ARM, "/v2/a/tags").statusCode()).isEqualTo(200);
        assertThat(send(request("one.azurecr.io", "/v2/a/tags").DELETE()).statusCode())
                .isEqualTo(200);
        assertThat(fault.fired()).isEqualTo(1);
    }

    @Test
    void anAnswerCanGoWrongAfterTheRequestHasTakenEffect() throws Exception {
        faults.add(
                RequestMatcher.to(ARM),
                Occasions.first(1),
                HttpFault.status(504).afterTheEffect());
        assertThat(get(ARM, "/a").statusCode()).isEqualTo(504);
        assertThat(carriedOut).containsExactly("GET /a");
    }

    @Test
    void whatIsNotJsonComesWithStatus200() throws Exception {
        faults.add(RequestMatcher.to(ARM), Occasions.always(), HttpFault.notJson());
        HttpResponse<String> answer = get(ARM, "/a");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThatThrownBy(() -> new ObjectMapper().readTree(answer.body()))
                .isInstanceOf(JsonProcessingException.class);
        assertThat(carriedOut).isEmpty();
    }

    @Test
    void aConnectionIsResetBeforeTheRequestTakesEffectOrAfterIt() throws Exception {
        faults.add(RequestMatcher.to(ARM), Occasions.only(1), HttpFault.reset());
        faults.add(RequestMatcher.to(ARM), Occasions.only(1), HttpFault.reset().afterTheEffect());
        assertThatThrownBy(() -> raw("/one"))
                .isInstanceOf(SocketException.class)
                .hasMessageContaining("reset");
        assertThat(carriedOut).isEmpty();
        assertThatThrownBy(() -> raw("/two"))
                .isInstanceOf(SocketException.class)
                .hasMessageContaining("reset");
        assertThat(carriedOut).containsExactly("GET /two");
        assertThat(raw("/three")).endsWith(BODY);
    }

    @Test
    void aConnectionIsResetInTheMiddleOfABody() {
        faults.add(RequestMatcher.to(ARM), Occasions.always(), HttpFault.resetInTheMiddle());
        assertThatThrownBy(() -> raw("/a")).isInstanceOf(SocketException.class).hasMessageContaining("reset");
        assertThat(carriedOut).containsExactly("GET /a");
    }

    @Test
    void aBodyThatIsCutShortIsShorterThanItSays() throws Exception {
        faults.add(RequestMatcher.to(ARM), Occasions.always(), HttpFault.cutShort());
        String answer = raw("/a");
        assertThat(answer).contains("Content-Length: " + BODY.length()).endsWith(BODY.substring(0, BODY.length() / 2));
        assertThatThrownBy(() -> get(ARM, "/a"))
                .isInstanceOf(IOException.class)
                .hasRootCauseInstanceOf(EOFException.class);
    }

    @Test
    void aBlackHoleNeverAnswersAndLetsGoOfWhoLeaves() throws Exception {
        Fault fault = faults.add(RequestMatcher.to(ARM), Occasions.first(1), HttpFault.blackHole());
        try (Socket socket = asked("/a")) {
            socket.setSoTimeout(100);
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        }
        assertThat(fault.fired()).isEqualTo(1);
        assertThat(carriedOut).isEmpty();
        assertThat(get(ARM, "/a").statusCode()).isEqualTo(200);
    }

    @Test
    void aDripTakesAPauseOfTheCloudsTimeForEveryByte() throws Exception {
        Instant before = time.now();
        faults.add(RequestMatcher.to(ARM), Occasions.always(), HttpFault.drip(Duration.ofSeconds(2)));
        assertThat(get(ARM, "/a").body()).isEqualTo(BODY);
        assertThat(Duration.between(before, time.now())).isEqualTo(Duration.ofSeconds(2L * BODY.length()));
    }

    @Test
    void connectionsAreRefusedUntilTheFaultIsRemoved() throws Exception {
        assertThat(get(ARM, "/a").statusCode()).isEqualTo(200);
        Fault fault = faults.refuseConnections(server);
        Fault another = faults.refuseConnections(server);
        assertThat(fault.fired()).isEqualTo(1);
        // The client's pooled connection of before is broken off, too.
        assertThatThrownBy(() -> get(ARM, "/a")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> raw("/a")).isInstanceOf(ConnectException.class);
        fault.remove();
        assertThatThrownBy(() -> raw("/a")).isInstanceOf(ConnectException.class);
        another.remove();
        another.remove();
        assertThat(raw("/a")).endsWith(BODY);
        assertThat(get(ARM, "/a").statusCode()).isEqualTo(200);
    }

    @Test
    void theClockBehindTheDateCanBeWrong() throws Exception {
        assertThat(get(ARM, "/a").headers().firstValue("Date")).contains("Sun, 1 Mar 2026 09:00:00 GMT");
        Fault fault = faults.skewClock(Duration.ofMinutes(-30));
        assertThat(get(ARM, "/a").headers().firstValue("Date")).contains("Sun, 1 Mar 2026 08:30:00 GMT");
        fault.remove();
        assertThat(get(ARM, "/a").headers().firstValue("Date")).contains("Sun, 1 Mar 2026 09:00:00 GMT");
        assertThat(fault.fired()).isEqualTo(1);
    }

    @Test
    void somethingElseCanHappenJustBeforeARequestIsCarriedOut() throws Exception {
        Fault fault = faults.before(
                RequestMatcher.to(ARM).path("/b"), Occasions.only(2), () -> carriedOut.add("something else"));
        get(ARM, "/b");
        get(ARM, "/b");
        get(ARM, "/b");
        assertThat(carriedOut).containsExactly("GET /b", "something else", "GET /b", "GET /b");
        assertThat(fault.fired()).isEqualTo(1);
    }

    @Test
    void machinesSeeWrongAnswersToo() {
        HttpService seen = request -> faults.answer(request, service).response();
        faults.add(RequestMatcher.to(ARM).ofClients(), Occasions.always(), HttpFault.status(500));
        Fault connections = faults.add(RequestMatcher.to(ARM), Occasions.always(), HttpFault.reset());
        Fault machines = faults.add(RequestMatcher.to(ARM).ofMachines(), Occasions.first(1), HttpFault.status(503));
        Request asked =
                new Request("GET", URI.create("https://" + ARM + "/a"), Map.of("x-practice-machine", "m"), new byte[0]);
        assertThat(Stream.generate(() -> seen.send(asked).status()).limit(2)).containsExactly(503, 200);
        assertThat(machines.fired()).isEqualTo(1);
        assertThat(connections.matched()).isZero();
    }

    @Test
    void requestsInPiecesAreRead() throws Exception {
        HttpRequest chunked = request(ARM, "/a")
                .PUT(HttpRequest.BodyPublishers.ofInputStream(() -> InputStream.nullInputStream()))
                .build();
        assertThat(client.send(chunked, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(200);
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.route().getPort())) {
            socket.getOutputStream().write("nonsense\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 400 ");
        }
    }

    private HttpResponse<String> get(String host, String path) throws Exception {
        return send(request(host, path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String host, String path) {
        return HttpRequest.newBuilder(URI.create(server.route() + path)).header("Forwarded", "host=" + host);
    }

    /** All that comes until the end, without a client that would try again. */
    private String raw(String path) throws IOException {
        try (Socket socket = asked(path)) {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Socket asked(String path) throws IOException {
        Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.route().getPort());
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: x\r\nForwarded: host=" + ARM
                                + "\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }
}
