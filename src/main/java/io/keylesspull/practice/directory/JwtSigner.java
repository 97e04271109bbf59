package io.keylesspull.practice.directory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.time.Time;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs and reads JSON web tokens with one secret of its own (RFC 7519, HS256). Safe for use by many threads. */
public final class JwtSigner {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final String HEADER = base64("{\"typ\":\"JWT\",\"alg\":\"HS256\"}".getBytes(StandardCharsets.UTF_8));

    private final SecretKeySpec key;
    private final RandomGenerator random;
    private final Time time;

    public JwtSigner(RandomGenerator random, Time time) {
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        this.key = new SecretKeySpec(secret, "HmacSHA256");
        this.random = random;
        this.time = time;
    }

    /** Signs the claims, with {@code iat}, {@code nbf}, {@code exp} and {@code jti} added. */
    public String sign(ObjectNode claims, Duration validity) {
        return sign(claims, validity, Duration.ZERO);
    }

    /** As above. @param start after how long the token becomes valid */
    String sign(ObjectNode claims, Duration validity, Duration start) {
        long now = time.now().getEpochSecond();
        ObjectNode payload = claims.deepCopy()
                .put("iat", now)
                .put("nbf", now + start.toSeconds())
                .put("exp", now + validity.toSeconds())
                .put("jti", id());
        try {
            String signed = HEADER + "." + base64(JSON.writeValueAsBytes(payload));
            return signed + "." + base64(signature(signed));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of JSON could not be written", e);
        }
    }

    /** The claims; empty if the token is malformed, has another signature, has expired or is not valid yet. */
    public Optional<JsonNode> read(String jwt) {
        long now = time.now().getEpochSecond();
        return verified(jwt)
                .filter(claims ->
                        claims.path("exp").asLong() > now && claims.path("nbf").asLong() <= now);
    }

    /** The claims, also of an expired token; empty if it is malformed or has another signature. */
    Optional<JsonNode> verified(String jwt) {
        String[] parts = jwt.split("\\.", -1);
        // The header must be exactly the one above: a token that names another algorithm is forged.
        if (parts.length != 3 || !parts[0].equals(HEADER)) {
            return Optional.empty();
        }
        try {
            Base64.Decoder decoder = Base64.getUrlDecoder();
            if (!MessageDigest.isEqual(signature(parts[0] + "." + parts[1]), decoder.decode(parts[2]))) {
                return Optional.empty();
            }
            return Optional.of(JSON.readTree(decoder.decode(parts[1])));
        } catch (IllegalArgumentException | IOException malformed) {
            return Optional.empty();
        }
    }

    private String id() {
        synchronized (random) {
            return new UUID(random.nextLong(), random.nextLong()).toString();
        }
    }

    private byte[] signature(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256", e);
        }
    }

    private static String base64(byte[] bytes) {
        return ENCODER.encodeToString(bytes);
    }
}
