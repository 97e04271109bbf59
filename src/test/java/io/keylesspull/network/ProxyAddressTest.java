package io.keylesspull.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keylesspull.network.ProxyAddress.Login;
import io.keylesspull.network.ProxyAddress.Protocol;
import io.keylesspull.text.Text;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProxyAddressTest {

    private static final Text SOURCE = Text.of("network.source.named", "HTTPS_PROXY");

    @Test
    void theUsualFormsAreRead() throws Exception {
        assertThat(http("http://proxy.contoso.com:3128")).hasToString("proxy.contoso.com:3128");
        assertThat(http("proxy.contoso.com:3128/")).hasToString("proxy.contoso.com:3128");
        assertThat(http("HTTP://10.0.0.8")).hasToString("10.0.0.8:80");
        assertThat(http("http://[fd00::8]:3128").host()).isEqualTo("fd00::8");
        assertThat(http("http://[fd00::8]:3128")).hasToString("[fd00::8]:3128");
        assertThat(ProxyAddress.parse("socks5://jump", SOURCE, Set.of(Protocol.values())))
                .hasToString("jump:1080");
    }

    @Test
    void aLoginIsPercentDecodedAndItsPasswordIsNotPrinted() throws Exception {
        ProxyAddress proxy = http("http://CONTOSO%5Canna:p%40ss+w:rd%25@proxy:8080");
        assertThat(proxy.login()).contains(new Login("CONTOSO\\anna", "p@ss+w:rd%"));
        assertThat(proxy.login().orElseThrow()).hasToString("CONTOSO\\anna");
        assertThat(proxy).hasToString("proxy:8080");
        assertThat(http("http://anna@proxy:8080").login()).contains(new Login("anna", ""));
        // A password may hold an @ that nobody has encoded.
        assertThat(http("http://anna:p@ss@proxy:8080").login()).contains(new Login("anna", "p@ss"));
        assertThat(new Login("Aladdin", "open sesame").basic()).isEqualTo("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    }

    @Test
    void whatIsWrongIsReportedWithItsSourceAndWithoutThePassword() {
        assertWrong("http://anna:hunter22@", "is not the address of a proxy");
        assertWrong("ftp://anna:hunter22@proxy:21", "is not the address of a proxy");
        assertWrong("http://anna:hunter22@proxy:99999", "its port is not a number from 1 to 65535");
        assertWrong("http://anna:hunter22%@proxy:8080", "written as %25");
        assertWrong("https://anna:hunter22@proxy:8080", "TLS to the proxy itself is not supported");
        assertWrong("socks5://anna:hunter22@proxy:1080", "SOCKS is for SSH only");
    }

    private static void assertWrong(String text, String words) {
        assertThatThrownBy(() -> http(text))
                .isInstanceOf(NetworkSettingsException.class)
                .hasMessageContainingAll("HTTPS_PROXY", words)
                .hasMessageNotContaining("hunter22")
                .hasNoCause();
    }

    private static ProxyAddress http(String text) throws NetworkSettingsException {
        return ProxyAddress.parse(text, SOURCE, Set.of(Protocol.HTTP));
    }
}
