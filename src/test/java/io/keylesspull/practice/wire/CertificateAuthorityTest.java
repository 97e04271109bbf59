package io.keylesspull.practice.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keylesspull.practice.SetTime;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateAuthorityTest {

    private static final String LONG_NAME = "a".repeat(50) + "-h3ghd6fugvc2b8gc.azurecr.io";
    private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");

    private final CertificateAuthority authority = authority(NOW);

    @ParameterizedTest
    @ValueSource(strings = {"2026-03-01T09:00:00Z", "2049-06-01T00:00:00Z", "2051-01-01T00:00:00Z"})
    void aHostsCertificateIsGoodForAYearFromNowInAnyCentury(String start) {
        Instant now = Instant.parse(start);
        CertificateAuthority then = authority(now);
        X509Certificate host = then.issue("management.azure.com", then.keyPair().getPublic());
        assertThatCode(() -> validate(host, then, now)).doesNotThrowAnyException();
        assertThatCode(() -> validate(host, then, now.plus(Duration.ofDays(364))))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> validate(host, then, now.plus(Duration.ofDays(366))))
                .isInstanceOf(CertPathValidatorException.class);
        assertThatThrownBy(() -> validate(host, then, now.minus(Duration.ofDays(1))))
                .isInstanceOf(CertPathValidatorException.class);
    }

    @Test
    void aCertificateIsForOneHostAndForServersOnly() throws Exception {
        X509Certificate host = authority.issue(LONG_NAME, authority.keyPair().getPublic());
        assertThat(host.getSubjectAlternativeNames()).containsExactly(List.of(2, LONG_NAME));
        assertThat(host.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThat(host.getBasicConstraints()).isEqualTo(-1);
        assertThat(host.getKeyUsage()).startsWith(true, false, false, false, false, false, false);
    }

    @Test
    void theAuthorityVouchesForServersButNotForOtherAuthorities() {
        X509Certificate own = authority.certificate();
        assertThat(own.getBasicConstraints()).isZero();
        assertThat(own.getKeyUsage()).startsWith(false, false, false, false, false, true, true);
        assertThat(own.getSerialNumber().signum()).isPositive();
    }

    @Test
    void anotherAuthorityOfTheSameNameVouchesForNothingOfThisOne() {
        X509Certificate host =
                authority.issue("management.azure.com", authority.keyPair().getPublic());
        assertThatThrownBy(() -> validate(host, authority(NOW), NOW)).isInstanceOf(CertPathValidatorException.class);
    }

    @Test
    void theFileHoldsTheCertificateAndNoKey() throws Exception {
        assertThat(authority.pem())
                .startsWith("-----BEGIN CERTIFICATE-----\n")
                .endsWith("-----END CERTIFICATE-----\n")
                .doesNotContain("PRIVATE");
        assertThat(CertificateFactory.getInstance("X.509")
                        .generateCertificates(
                                new ByteArrayInputStream(authority.pem().getBytes(StandardCharsets.US_ASCII))))
                .singleElement()
                .isEqualTo(authority.certificate());
    }

    private static CertificateAuthority authority(Instant now) {
        return new CertificateAuthority(new SecureRandom(), new SetTime(now));
    }

    private static void validate(X509Certificate host, CertificateAuthority trusted, Instant at) throws Exception {
        PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(trusted.certificate(), null)));
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(at));
        CertPathValidator.getInstance("PKIX")
                .validate(CertificateFactory.getInstance("X.509").generateCertPath(List.of(host)), parameters);
    }
}
