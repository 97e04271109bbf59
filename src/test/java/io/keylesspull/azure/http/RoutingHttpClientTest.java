package io.keylesspull.azure.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import java.net.URI;
import org.junit.jupiter.api.Test;

class RoutingHttpClientTest {

    private static final String ASKED = "https://management.azure.com/subscriptions?api-version=1&$filter=a%20b";

    private final ScriptedHttp wire = new ScriptedHttp();
    private final RoutingHttpClient client = new RoutingHttpClient(wire, URI.create("http://127.0.0.1:4711"));

    @Test
    void onlyTheAuthorityIsRewritten() {
        wire.answer("GET", "", 200, "{}");

        client.send(new HttpRequest(HttpMethod.GET, ASKED)).block();

        assertThat(wire.only("GET").url()).isEqualTo("http://127.0.0.1:4711/subscriptions?api-version=1&$filter=a%20b");
        assertThat(wire.only("GET").headers().getValue(HttpHeaderName.fromString("Forwarded")))
                .isEqualTo("host=management.azure.com;proto=https");
    }

    @Test
    void bodyAndHeadersGoAlong() {
        wire.answer("POST", "", 200, "{}");

        client.send(new HttpRequest(HttpMethod.POST, ASKED)
                        .setHeader(HttpHeaderName.ACCEPT, "a/b")
                        .setBody("hello"))
                .block();

        assertThat(wire.only("POST").body()).isEqualTo("hello");
        assertThat(wire.only("POST").headers().getValue(HttpHeaderName.ACCEPT)).isEqualTo("a/b");
    }

    @Test
    void theResponseTellsTheRequestAsItWasAsked() {
        wire.answer("GET", "", 200, "{\"a\":1}");
        HttpRequest asked = new HttpRequest(HttpMethod.GET, ASKED);

        HttpResponse response = client.send(asked).block();

        assertThat(response.getRequest()).isSameAs(asked);
        assertThat(asked.getUrl()).hasToString(ASKED);
        assertThat(asked.getHeaders().getValue(HttpHeaderName.fromString("Forwarded")))
                .isNull();
        assertThat(response.getBodyAsString().block()).isEqualTo("{\"a\":1}");
    }
}
