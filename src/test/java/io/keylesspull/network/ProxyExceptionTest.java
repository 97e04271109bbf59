package io.keylesspull.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.network.ProxyAddress.Protocol;
import io.keylesspull.text.Text;
import io.keylesspull.text.Texts;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyExceptionTest {

    private static final ProxyAddress PROXY = new ProxyAddress(
            Protocol.HTTP, "proxy", 8080, Optional.empty(), Text.of("network.source.named", "HTTPS_PROXY"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Negotiate|NTLM",
                "Negotiate, NTLM",
                "Negotiate YIIG==, NTLM",
            })
    void aProxyThatTakesNoBasicSaysWhatItTakesAndALocalOneHelps(String headers) {
        NetworkProblem problem = problem(headers);

        assertThat(render(problem.what()))
                .isEqualTo("The proxy proxy:8080 takes no password by Basic authentication; it asks for"
                        + " Negotiate, NTLM.");
        assertThat(render(problem.remedy())).contains("such as Px or Cntlm");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Basic realm=\"x\"",
                "Negotiate|Basic realm=\"x\"",
                "Negotiate, NTLM, Basic realm=\"a, Digest\", charset=\"UTF-8\"",
                "basic realm=x",
            })
    void oneThatTakesBasicTooAsksForAUser(String headers) {
        assertThat(render(problem(headers).what())).isEqualTo("The proxy proxy:8080 asks for a user and a password.");
    }

    @Test
    void aParameterIsNoWayOfSigningIn() {
        assertThat(render(problem("Digest realm=\"x\", nonce=abc, algorithm = MD5, qop=\"auth,auth-int\"")
                        .what()))
                .endsWith("it asks for Digest.");
    }

    private static NetworkProblem problem(String headers) {
        List<String> challenges = Arrays.asList(headers.split("\\|"));
        return ProxyException.login(PROXY, challenges).problem();
    }

    private static String render(Text text) {
        return new Texts(Locale.ENGLISH).render(text);
    }
}
