package io.keylesspull.practice.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keylesspull.practice.Wire;
import io.keylesspull.time.Time;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoopbackHttpServerTest {

    private final List<Request> seen = new ArrayList<>();
    private final VirtualHosts hosts = new VirtualHosts();
    private LoopbackHttpServer server;
    private Wire wire;

    @BeforeEach
    void open() {
        hosts.add("management.azure.com", request -> {
            seen.add(request);
            return new Response(200, Map.of("X-Answer", "yes"), "hello".getBytes(StandardCharsets.UTF_8));
        });
        hosts.add("empty.example", request -> new Response(204, Map.of(), new byte[0]));
        hosts.add("broken.example", request -> {
            throw new IllegalStateException("a secret");
        });
        hosts.add("169.254.169.254", request -> new Response(200, Map.of(), new byte[0]));
        hosts.add(
                host -> host.endsWith(".azurecr.io"),
                request -> new Response(200, Map.of(), request.uri().getHost().getBytes(StandardCharsets.UTF_8)));
        server = LoopbackHttpServer.open(hosts, HttpHook.NONE, Time.system());
        wire = new Wire(server.route());
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void theOriginalAddressIsRestored() {
        Response answer = send("POST", "https://management.azure.com//subscriptions/a%20b?api-version=2022-12-01");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo("hello");
        assertThat(seen).singleElement().satisfies(request -> {
            assertThat(request.uri())
                    .hasToString("https://management.azure.com//subscriptions/a%20b?api-version=2022-12-01");
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.body()).asString(StandardCharsets.UTF_8).isEqualTo("{}");
        });
    }

    @Test
    void aHeadOrAnEmptyAnswerHasNoBody() {
        assertThat(send("HEAD", "https://management.azure.com/x").body()).isEmpty();
        assertThat(send("GET", "https://empty.example/").status()).isEqualTo(204);
        assertThat(send("GET", "https://management.azure.com/x").status()).isEqualTo(200);
    }

    @Test
    void hostsAreFoundByRuleToo() {
        assertThat(new String(send("GET", "https://one.azurecr.io/v2/").body(), StandardCharsets.UTF_8))
                .isEqualTo("one.azurecr.io");
    }

    @Test
    void nobodyAnswersForAnUnknownHost() {
        assertThatThrownBy(() -> send("GET", "https://nobody.example/")).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void theMetadataServiceIsForMachinesOnly() {
        assertThat(send("GET", "http://169.254.169.254/metadata/instance").status())
                .isEqualTo(421);
    }

    @Test
    void aRequestThatNamesNoHostIsRefused() throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(server.route().resolve("/subscriptions"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(421);
    }

    @Test
    void aDefectIsAnsweredWithoutWhatItSays() {
        Response answer = send("GET", "https://broken.example/");
        assertThat(answer.status()).isEqualTo(500);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                .contains("IllegalStateException")
                .doesNotContain("secret");
    }

    private Response send(String method, String uri) {
        return wire.send(new Request(method, URI.create(uri), Map.of(), "{}".getBytes(StandardCharsets.UTF_8)));
    }
}
