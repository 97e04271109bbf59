package io.keylesspull.practice.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keylesspull.practice.SetTime;
import io.keylesspull.practice.fault.Fault;
import io.keylesspull.practice.wire.Request;
import io.keylesspull.practice.wire.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TokenFaultsTest {

    private static final String TENANT = "11111111-2222-3333-4444-555555555555";

    private final SetTime time = new SetTime(Instant.parse("2026-01-01T00:00:00Z"));
    private final TokenFaults faults = new TokenFaults();
    private final Tokens tokens = new Tokens(new Random(1), time, faults);
    private final IdentityProvider provider = new IdentityProvider(
            tokens,
            List.of(new PracticeTenant(
                    "Practice directory",
                    "practice.example",
                    new PracticeUser(
                            "99999999-2222-3333-4444-555555555555", "Admin", "admin@practice.example", TENANT))));

    @Test
    void tokensIssuedSoFarExpireAndNewOnesAreGood() {
        JsonNode signIn = signIn();
        String old = signIn.path("access_token").asText();
        Fault expired = faults.expireAccessTokens();
        assertThat(tokens.read(old)).isEmpty();
        assertThat(tokens.hasExpired(old)).isTrue();
        assertThat(expired.fired()).isPositive();

        JsonNode renewed = renew(signIn.path("refresh_token").asText());
        assertThat(tokens.read(renewed.path("access_token").asText())).isPresent();
        assertThat(tokens.hasExpired(renewed.path("access_token").asText())).isFalse();
        expired.remove();
        assertThat(tokens.read(old)).isPresent();
    }

    @Test
    void aSignInExpiresAndHasToBeMadeAgain() {
        String refresh = signIn().path("refresh_token").asText();
        Fault expired = faults.expireSignIns();
        assertThat(renew(refresh).path("error_description").asText()).startsWith("AADSTS700082");
        assertThat(expired.fired()).isEqualTo(1);
        assertThat(renew(signIn().path("refresh_token").asText()).has("access_token"))
                .isTrue();
    }

    @Test
    void tokensHaveTheGivenLifetimeAndSaySo() {
        faults.accessTokensLast(Duration.ofMinutes(1));
        JsonNode signIn = signIn();
        assertThat(signIn.path("expires_in").asInt()).isEqualTo(59);
        time.sleep(Duration.ofSeconds(59));
        assertThat(tokens.read(signIn.path("access_token").asText())).isPresent();
        time.sleep(Duration.ofSeconds(1));
        assertThat(tokens.read(signIn.path("access_token").asText())).isEmpty();
    }

    @Test
    void tokensOfAFastClockAreValidLater() {
        Fault fast = faults.accessTokensValidAfter(Duration.ofMinutes(5));
        String token = signIn().path("access_token").asText();
        fast.remove();
        assertThat(tokens.read(token)).isEmpty();
        assertThat(tokens.hasExpired(token)).isFalse();
        time.sleep(Duration.ofMinutes(5));
        assertThat(tokens.read(token)).isPresent();
        assertThat(fast.fired()).isEqualTo(1);
    }

    private JsonNode signIn() {
        JsonNode code = post("devicecode", "client_id=c&scope=https%3A%2F%2Fmanagement.azure.com%2F.default");
        return post(
                "token",
                "client_id=c&grant_type=device_code&scope=https%3A%2F%2Fmanagement.azure.com%2F.default"
                        + "&device_code=" + code.path("device_code").asText());
    }

    private JsonNode renew(String refreshToken) {
        return post(
                "token",
                "client_id=c&grant_type=refresh_token&scope=https%3A%2F%2Fmanagement.azure.com%2F.default"
                        + "&refresh_token=" + refreshToken);
    }

    private JsonNode post(String what, String form) {
        Response answer = provider.handle(new Request(
                "POST",
                URI.create("https://login.microsoftonline.com/" + TENANT + "/oauth2/v2.0/" + what),
                Map.of(),
                form.getBytes(StandardCharsets.UTF_8)));
        try {
            return new ObjectMapper().readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
