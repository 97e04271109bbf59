package io.keylesspull.practice.directory;

import io.keylesspull.practice.wire.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;

/**
 * Sign-in by device code (RFC 8628). The practice user approves every code at once, so that nobody waits. A code is a
 * signed token, so nothing has to be stored.
 */
final class DeviceCodes {

    private static final Duration VALIDITY = Duration.ofMinutes(15);
    private static final String PAGE = "https://microsoft.com/devicelogin";
    // No vowels and no characters that look alike, as in real codes.
    private static final String LETTERS = "BCDFGHJKLMNPQRSTVWXZ23456789";

    private final Tokens tokens;

    DeviceCodes(Tokens tokens) {
        this.tokens = tokens;
    }

    Response issue(String clientId) {
        String deviceCode = tokens.issueInternal(
                DirectoryResponses.object().put("use", "device").put("appid", clientId), VALIDITY);
        String userCode = userCode(deviceCode);
        return DirectoryResponses.json(
                200,
                DirectoryResponses.object()
                        .put("user_code", userCode)
                        .put("device_code", deviceCode)
                        .put("verification_uri", PAGE)
                        .put("expires_in", VALIDITY.toSeconds())
                        .put("interval", 5)
                        .put(
                                "message",
                                "To sign in, use a web browser to open the page " + PAGE + " and enter the code "
                                        + userCode + " to authenticate."));
    }

    /** @throws SignInError if this is not such a code, or it has expired */
    void redeem(String deviceCode) {
        if (tokens.readInternal(deviceCode)
                .filter(claims -> claims.path("use").asText().equals("device"))
                .isEmpty()) {
            throw SignInError.badDeviceCode();
        }
    }

    private static String userCode(String deviceCode) {
        byte[] hash = sha256(deviceCode);
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < 9; i++) {
            code.append(LETTERS.charAt((hash[i] & 0xff) % LETTERS.length()));
        }
        return code.toString();
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
