package io.keylesspull.practice.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keylesspull.time.Time;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Base64;
import java.util.List;

/** Checks the token with which an application proves that it has a certificate's key (RFC 7523). */
final class ClientAssertions {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Time time;

    ClientAssertions(Time time) {
        this.time = time;
    }

    /**
     * @param registered the application's certificates
     * @return the application (client) id
     * @throws SignInError if the certificate is not registered, or the token is not valid
     */
    String client(String assertion, List<X509Certificate> registered) {
        String[] parts = assertion.split("\\.", -1);
        if (parts.length != 3) {
            throw SignInError.badAssertion("The assertion is not a token.");
        }
        JsonNode header = json(parts[0]);
        JsonNode claims = json(parts[1]);
        X509Certificate certificate = registered.stream()
                .filter(each -> matches(each, "SHA-1", header.path("x5t").asText())
                        || matches(each, "SHA-256", header.path("x5t#S256").asText()))
                .findFirst()
                .orElseThrow(() -> SignInError.badAssertion("The certificate with identifier used to sign the client"
                        + " assertion is not registered on application. [Reason - The key was not found.]"));
        try {
            Signature signature = verifier(header.path("alg").asText());
            signature.initVerify(certificate);
            signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            if (!signature.verify(Base64.getUrlDecoder().decode(parts[2]))) {
                throw SignInError.badAssertion("Client assertion failed signature validation.");
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw SignInError.badAssertion("Client assertion failed signature validation.");
        }
        if (claims.path("exp").asLong() <= time.now().getEpochSecond()) {
            throw SignInError.oldAssertion();
        }
        return claims.path("sub").asText();
    }

    private static Signature verifier(String algorithm) throws GeneralSecurityException {
        if (algorithm.equals("RS256")) {
            return Signature.getInstance("SHA256withRSA");
        }
        Signature signature = Signature.getInstance("RSASSA-PSS");
        signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
        return signature;
    }

    /** Thumbprints should be in Base64 for URLs (RFC 7515); MSAL for Java sends the other Base64. */
    private static boolean matches(X509Certificate certificate, String algorithm, String thumbprint) {
        try {
            byte[] hash = MessageDigest.getInstance(algorithm).digest(certificate.getEncoded());
            return thumbprint.equals(Base64.getUrlEncoder().withoutPadding().encodeToString(hash))
                    || thumbprint.equals(Base64.getEncoder().encodeToString(hash));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(String part) {
        try {
            return JSON.readTree(Base64.getUrlDecoder().decode(part));
        } catch (IOException | IllegalArgumentException e) {
            throw SignInError.badAssertion("The assertion cannot be read.");
        }
    }
}
