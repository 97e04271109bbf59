package io.keylesspull.network;

import io.keylesspull.text.Texts;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/** A server's certificate is not trusted. Nothing was sent to the server. */
public final class UntrustedCertificateException extends CertificateException implements NetworkFault {

    private static final long serialVersionUID = 1;

    private final transient NetworkProblem problem;

    private UntrustedCertificateException(NetworkProblem problem, CertificateException cause) {
        super(new Texts(Locale.ENGLISH).render(problem.what()), cause);
        this.problem = problem;
    }

    /**
     * @param host the server's name
     * @param chain what the server presented, its own certificate first; not empty
     * @param cause why Java does not trust it
     */
    static UntrustedCertificateException of(String host, X509Certificate[] chain, CertificateException cause) {
        // The last one is where the way to a trusted authority ends.
        String issuer = chain[chain.length - 1].getIssuerX500Principal().getName();
        NetworkProblem problem = isOutOfDate(chain[0])
                ? NetworkProblem.of(
                        "certificateDate",
                        host,
                        chain[0].getNotBefore().toInstant().toString(),
                        chain[0].getNotAfter().toInstant().toString())
                : has(cause, CertPathBuilderException.class)
                        ? NetworkProblem.of("untrusted", host, issuer)
                        : NetworkProblem.of(
                                "badCertificate",
                                host,
                                Objects.requireNonNullElse(
                                        cause.getMessage(), cause.getClass().getSimpleName()),
                                issuer);
        return new UntrustedCertificateException(problem, cause);
    }

    private static boolean isOutOfDate(X509Certificate certificate) {
        try {
            certificate.checkValidity();
        } catch (CertificateExpiredException | CertificateNotYetValidException outOfDate) {
            return true;
        }
        return false;
    }

    private static boolean has(Throwable thrown, Class<? extends Exception> type) {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
                .limit(20)
                .anyMatch(type::isInstance);
    }

    @Override
    public NetworkProblem problem() {
        return problem;
    }
}
