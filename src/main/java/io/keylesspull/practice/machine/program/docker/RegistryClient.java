package io.keylesspull.practice.machine.program.docker;

import com.fasterxml.jackson.databind.JsonNode;
import io.keylesspull.practice.machine.program.net.MachineHttpClient;
import io.keylesspull.practice.machine.state.DockerEngine;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The Docker daemon's side of the registry protocol (distribution specification, token authentication). */
public final class RegistryClient {

    static final String ACCEPT = "application/vnd.docker.distribution.manifest.v2+json, "
            + "application/vnd.docker.distribution.manifest.list.v2+json, application/vnd.oci.image.index.v1+json, "
            + "application/vnd.oci.image.manifest.v1+json";
    private static final Map<Integer, String> STATUS_TEXTS = Map.of(
            500, " Internal Server Error", 502, " Bad Gateway", 503, " Service Unavailable", 504, " Gateway Timeout");
    private static final Pattern PARAMETER = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    /** What docker prints after {@code Error response from daemon:}. */
    public static final class Refusal extends Exception {

        private final String code;

        Refusal(String code, String message) {
            super(message);
            this.code = code;
        }

        @Override
        public String getMessage() {
            return Objects.requireNonNull(super.getMessage());
        }

        /** The registry's own code, such as {@code MANIFEST_UNKNOWN}. */
        String code() {
            return code;
        }
    }

    private final MachineHttpClient http;
    private final String host;
    private final Optional<DockerEngine.Login> login;
    private @Nullable String bearer;

    RegistryClient(MachineHttpClient http, String host, Optional<DockerEngine.Login> login) {
        this.http = http;
        this.host = host;
        this.login = login;
    }

    String url(String path) {
        return "https://" + host + path;
    }

    /**
     * Asks the registry how to authenticate, and gets a token.
     *
     * @param scope null for a login only
     * @param about the request that docker names if this fails
     * @return the refresh token that the registry also gave, if any
     */
    Optional<String> authenticate(@Nullable String scope, String about) throws Refusal {
        MachineHttpClient.Answer ping;
        try {
            ping = http.get(url("/v2/"), Map.of());
        } catch (UncheckedIOException e) {
            throw noSuchHost();
        }
        if (ping.status() == 404 || ping.status() >= 500) {
            throw noSuchHost();
        }
        Map<String, String> challenge = challenge(ping);
        if (ping.status() == 403) {
            throw refusal(about, ping);
        }
        if (ping.status() != 401 || challenge.isEmpty()) {
            return Optional.empty();
        }
        MachineHttpClient.Answer answer = token(challenge, scope);
        if (!answer.isOk()) {
            throw refusal(about, answer);
        }
        JsonNode body = answer.json();
        bearer = body.path("access_token").asText(body.path("token").asText());
        return Optional.ofNullable(body.path("refresh_token").asText(null));
    }

    private Refusal noSuchHost() {
        return new Refusal(
                "UNREACHABLE",
                "Get \"" + url("/v2/") + "\": dial tcp: lookup " + host + " on 127.0.0.53:53: no such host");
    }

    private MachineHttpClient.Answer token(Map<String, String> challenge, @Nullable String scope) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("service", challenge.getOrDefault("service", host));
        if (scope != null) {
            fields.put("scope", scope);
        }
        if (login.isPresent() && login.get().identityToken()) {
            fields.put("client_id", "docker");
            fields.put("grant_type", "refresh_token");
            fields.put("refresh_token", login.get().secret());
            return http.postForm(challenge.getOrDefault("realm", ""), fields);
        }
        Map<String, String> headers = new HashMap<>();
        if (login.isPresent()) {
            fields.put("account", login.get().username());
            fields.put("client_id", "docker");
            fields.put("offline_token", "true");
            headers.put(
                    "Authorization",
                    "Basic "
                            + Base64.getEncoder()
                                    .encodeToString((login.get().username() + ":"
                                                    + login.get().secret())
                                            .getBytes(StandardCharsets.UTF_8)));
        }
        return http.get(challenge.get("realm") + "?" + MachineHttpClient.form(fields), headers);
    }

    public static Map<String, String> challenge(MachineHttpClient.Answer answer) {
        Map<String, String> parameters = new HashMap<>();
        String header = answer.header("WWW-Authenticate").orElse("");
        if (header.toLowerCase(Locale.ROOT).startsWith("bearer")) {
            Matcher matcher = PARAMETER.matcher(header);
            while (matcher.find()) {
                parameters.put(matcher.group(1), matcher.group(2));
            }
        }
        return parameters.containsKey("realm") ? parameters : Map.of();
    }

    MachineHttpClient.Answer send(String method, String path, Map<String, String> headers, byte[] body) {
        Map<String, String> all = new HashMap<>(headers);
        if (bearer != null) {
            all.put("Authorization", "Bearer " + bearer);
        }
        return http.send(method, path.startsWith("https://") ? path : url(path), all, body);
    }

    /** @throws Refusal in the registry's words if the response is no success */
    MachineHttpClient.Answer expect(String method, String path, Map<String, String> headers, byte[] body)
            throws Refusal {
        MachineHttpClient.Answer answer = send(method, path, headers, body);
        if (!answer.isOk()) {
            throw refusal(null, answer);
        }
        return answer;
    }

    /** The refusal in docker's words. @param about the failed request, such as {@code Head "https://…"}; may be null */
    static Refusal refusal(@Nullable String about, MachineHttpClient.Answer answer) {
        if (answer.status() >= 500) {
            return new Refusal(
                    "UNKNOWN",
                    (about == null ? "" : about + ": ") + "received unexpected HTTP status: " + answer.status()
                            + STATUS_TEXTS.getOrDefault(answer.status(), ""));
        }
        JsonNode error = answer.json().path("errors").path(0);
        String code = error.path("code")
                .asText(answer.status() == 403 ? "DENIED" : answer.status() == 401 ? "UNAUTHORIZED" : "UNKNOWN");
        String message = error.path("message")
                .asText(
                        answer.status() == 401
                                ? "authentication required"
                                : "unexpected status code " + answer.status());
        String words = code.toLowerCase(Locale.ROOT).replace('_', ' ') + ": " + message;
        return new Refusal(code, about == null ? words : about + ": " + words);
    }

    static String digest(byte[] content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return "sha256:" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
