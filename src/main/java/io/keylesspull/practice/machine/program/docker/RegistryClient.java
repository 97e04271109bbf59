package io.keylesspull.practice.machine.program.docker;

import com.fasterxml.jackson.databind.JsonNode;
import io.keylesspull.practice.machine.program.net.MachineHttpClient;
import io.keylesspull.practice.machine.program.net.Unreachable;
import io.keylesspull.practice.machine.state.DockerEngine;
import io.keylesspull.practice.machine.state.DockerReference;
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
    private final PullWords words;
    private @Nullable String bearer;

    RegistryClient(MachineHttpClient http, String host, Optional<DockerEngine.Login> login, PullWords words) {
        this.http = http;
        this.host = host;
        this.login = login;
        this.words = words;
    }

    PullWords.Asked asked(String method, String path) {
        return new PullWords.Asked(method, path.startsWith("https://") ? path : "https://" + host + path);
    }

    /**
     * Asks the registry how to authenticate, and gets a token.
     *
     * @param scope null for a login only
     * @param wanted the request that the token is for
     * @return the refresh token that the registry also gave, if any
     */
    Optional<String> authenticate(@Nullable String scope, PullWords.Asked wanted) throws Refusal {
        PullWords.Asked first = words.asksForTheImageAtOnce() ? wanted : asked("GET", "/v2/");
        MachineHttpClient.Answer answer = send(first, Map.of(), new byte[0]);
        Map<String, String> challenge = challenge(answer);
        if (answer.status() == 401 && !challenge.isEmpty()) {
            return token(challenge, scope, wanted);
        }
        if (answer.status() == 403 || answer.status() == 429 || answer.status() >= 500) {
            throw words.refused(words.asksForTheImageAtOnce() ? first : wanted, answer);
        }
        return Optional.empty();
    }

    private Optional<String> token(Map<String, String> challenge, @Nullable String scope, PullWords.Asked wanted)
            throws Refusal {
        MachineHttpClient.Answer answer = token(challenge, scope);
        if (!answer.isOk()) {
            Map<String, String> query = new LinkedHashMap<>();
            if (scope != null) {
                query.put("scope", scope);
            }
            query.put("service", challenge.getOrDefault("service", host));
            // After the refusal of a POST, GET is tried, too.
            throw words.noToken(
                    wanted,
                    asked("GET", challenge.get("realm") + "?" + MachineHttpClient.form(query)),
                    login.isEmpty(),
                    answer);
        }
        JsonNode body = answer.json();
        bearer = body.path("access_token").asText(body.path("token").asText());
        return Optional.ofNullable(body.path("refresh_token").asText(null));
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

    /** @throws Refusal if there is no answer */
    MachineHttpClient.Answer send(PullWords.Asked asked, Map<String, String> headers, byte[] body) throws Refusal {
        Map<String, String> all = new HashMap<>(headers);
        if (bearer != null) {
            all.put("Authorization", "Bearer " + bearer);
        }
        try {
            return http.send(asked.method(), asked.url(), all, body);
        } catch (UncheckedIOException e) {
            throw words.unreachable(asked, Unreachable.of(asked.host(), e));
        }
    }

    /** @throws Refusal if the response is no success */
    MachineHttpClient.Answer expect(String method, String path, Map<String, String> headers, byte[] body)
            throws Refusal {
        PullWords.Asked asked = asked(method, path);
        MachineHttpClient.Answer answer = send(asked, headers, body);
        if (!answer.isOk()) {
            throw words.interrupted(asked, answer);
        }
        return answer;
    }

    /**
     * An image's manifest, checked against its digest.
     *
     * @param digest of what the reference names, which may be an index of several platforms
     * @param manifest of linux/amd64
     */
    record Resolved(String digest, MachineHttpClient.Answer manifest) {}

    /** Asks for an image as a daemon does: with a token for pulling, HEAD first, by its digest if that is wanted. */
    Resolved resolve(DockerReference reference) throws Refusal {
        String path = "/v2/" + reference.repository() + "/manifests/";
        PullWords.Asked wanted = asked("HEAD", path + reference.tagOrDigest());
        authenticate("repository:" + reference.repository() + ":pull", wanted);
        Map<String, String> accept = Map.of("Accept", ACCEPT);
        MachineHttpClient.Answer head = send(wanted, accept, new byte[0]);
        if (words.asksForTheImageAtOnce() && !head.isOk()) {
            throw words.noManifest(wanted, reference, head);
        }
        // Docker's own client sends GET whatever HEAD returned: only GET has a body.
        PullWords.Asked whole = asked("GET", path + reference.tagOrDigest());
        MachineHttpClient.Answer top = send(whole, accept, new byte[0]);
        if (!top.isOk()) {
            throw words.noManifest(whole, reference, top);
        }
        String digest = digest(top.body());
        String promised = head.header("Docker-Content-Digest").orElse(digest);
        if (!digest.equals(promised) || reference.digest() != null && !digest.equals(reference.digest())) {
            throw new Refusal("DIGEST_INVALID", "manifest verification failed for digest " + promised);
        }
        String platform = platformManifest(top.json());
        if (platform == null && !top.json().path("manifests").isEmpty()) {
            throw words.noPlatform();
        }
        if (platform == null) {
            return new Resolved(digest, top);
        }
        MachineHttpClient.Answer manifest = expect("GET", path + platform, accept, new byte[0]);
        check(platform, manifest.body());
        return new Resolved(digest, manifest);
    }

    private static @Nullable String platformManifest(JsonNode manifest) {
        for (JsonNode one : manifest.path("manifests")) {
            JsonNode platform = one.path("platform");
            if (platform.path("os").asText().equals("linux")
                    && platform.path("architecture").asText().equals("amd64")) {
                return one.path("digest").asText();
            }
        }
        return null;
    }

    byte[] blob(DockerReference reference, String digest) throws Refusal {
        byte[] content = expect("GET", "/v2/" + reference.repository() + "/blobs/" + digest, Map.of(), new byte[0])
                .body();
        check(digest, content);
        return content;
    }

    private static void check(String digest, byte[] content) throws Refusal {
        if (!digest(content).equals(digest)) {
            throw new Refusal("DIGEST_INVALID", "filesystem layer verification failed for digest " + digest);
        }
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
