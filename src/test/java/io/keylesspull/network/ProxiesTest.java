package io.keylesspull.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keylesspull.text.Text;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxiesTest {

    private static final URI AZURE = URI.create("https://management.azure.com/subscriptions");
    private static final ProxySelector NONE = ProxySelector.of(null);
    private static final ProxySelector SYSTEM = ProxySelector.of(InetSocketAddress.createUnresolved("system", 8080));

    @Test
    void theFirstThatIsSetCounts() throws Exception {
        Map<String, String> environment = Map.of("HTTPS_PROXY", "http://environment:1");
        ProxyAddress chosen =
                ProxyAddress.parse("chosen:1", Text.of("network.source.system"), Set.of(ProxyAddress.Protocol.HTTP));
        assertThat(Proxies.of(Optional.of(chosen), environment, SYSTEM).find(AZURE))
                .contains(chosen);
        assertThat(found(environment, SYSTEM)).isEqualTo("environment:1");
        assertThat(found(Map.of(), SYSTEM)).isEqualTo("system:8080");
        assertThat(found(Map.of("HTTPS_PROXY", ""), NONE)).isEqualTo("none");
    }

    @Test
    void eachSchemeHasItsVariableInCapitalOrSmallLetters() throws Exception {
        assertThat(found(Map.of("https_proxy", "small:1"), NONE)).isEqualTo("small:1");
        assertThat(found(Map.of("https_proxy", "small:1", "HTTPS_PROXY", "capital:1"), NONE))
                .isEqualTo("capital:1");
        assertThat(found(Map.of("HTTP_PROXY", "plain:1"), NONE)).isEqualTo("none");
        assertThat(Proxies.of(Optional.empty(), Map.of("http_proxy", "plain:1"), NONE)
                        .find(URI.create("http://example.com/")))
                .map(ProxyAddress::toString)
                .contains("plain:1");
    }

    @Test
    void theMetadataServiceAndThisComputerNeverGoThroughAProxy() throws Exception {
        Proxies proxies = Proxies.of(
                Optional.empty(), Map.of("HTTP_PROXY", "environment:1", "HTTPS_PROXY", "environment:1"), SYSTEM);
        for (String host : new String[] {"169.254.169.254", "localhost", "127.0.0.1", "127.8.8.8", "[::1]"}) {
            for (String scheme : new String[] {"http", "https"}) {
                URI request = URI.create(scheme + "://" + host + ":8080/metadata/identity/oauth2/token");
                assertThat(proxies.find(request)).as("%s", request).isEmpty();
                assertThat(proxies.select(request)).containsExactly(Proxy.NO_PROXY);
            }
        }
        assertThat(proxies.select(AZURE))
                .containsExactly(new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("environment", 1)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "* | a.contoso.com:443 | true",
                "contoso.com | contoso.com:443 | true",
                "contoso.com | a.contoso.com:443 | true",
                "contoso.com | notcontoso.com:443 | false",
                ".contoso.com | a.contoso.com:443 | true",
                "*.contoso.com | a.contoso.com:443 | true",
                "CONTOSO.com | A.Contoso.COM:443 | true",
                "x.org contoso.com | a.contoso.com:443 | true",
                "x.org, contoso.com | a.contoso.com:443 | true",
                "contoso.com:8443 | contoso.com:443 | false",
                "contoso.com:8443 | contoso.com:8443 | true",
                "10.1.2.3 | 10.1.2.3:443 | true",
                "10.1.2.3 | 10.1.2.30:443 | false",
                "10.0.0.0/8 | 10.200.0.1:443 | true",
                "10.0.0.0/8 | 11.0.0.1:443 | false",
                "10.0.0.0/8 | ten.contoso.com:443 | false",
                "172.16.0.0/12 | 172.31.255.255:443 | true",
                "172.16.0.0/12 | 172.32.0.0:443 | false",
                "10.0.0.0/40 | 10.0.0.0:443 | false",
                "10.0.0.0/x | 10.0.0.0:443 | false",
                "10.1.2.3:8443 | 10.1.2.3:443 | false",
                "fd00::/8 | [fd12::1]:443 | true",
                "[fd12::1]:443 | [fd12::1]:443 | true",
                "fd12::1 | [fd12::1]:443 | true",
                "[[, ],contoso.com | contoso.com:443 | true"
            })
    void exceptionsAreReadInTheirUsualForms(String exceptions, String target, boolean direct) throws Exception {
        Map<String, String> environment = Map.of("HTTPS_PROXY", "environment:1", "no_proxy", exceptions);
        assertThat(Proxies.of(Optional.empty(), environment, SYSTEM)
                        .find(URI.create("https://" + target + "/"))
                        .isEmpty())
                .isEqualTo(direct);
    }

    @Test
    void aMalformedVariableIsReportedUnlessAnotherProxyIsChosen() throws Exception {
        Map<String, String> environment = Map.of("https_proxy", "socks5://x");
        assertThatThrownBy(() -> Proxies.of(Optional.empty(), environment, NONE))
                .isInstanceOf(NetworkSettingsException.class)
                .hasMessageContaining("https_proxy");
        ProxyAddress chosen =
                ProxyAddress.parse("chosen:1", Text.of("network.source.system"), Set.of(ProxyAddress.Protocol.HTTP));
        assertThat(Proxies.of(Optional.of(chosen), environment, NONE).find(AZURE))
                .contains(chosen);
    }

    private static String found(Map<String, String> environment, ProxySelector system) throws NetworkSettingsException {
        return Proxies.of(Optional.empty(), environment, system)
                .find(AZURE)
                .map(ProxyAddress::toString)
                .orElse("none");
    }
}
