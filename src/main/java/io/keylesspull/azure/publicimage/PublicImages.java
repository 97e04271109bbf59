package io.keylesspull.azure.publicimage;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keylesspull.azure.http.SdkCall;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.AzureException.Kind;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Images in public registries, read without any sign-in: as Azure reads them if it imports one without a password
 * (distribution specification; "Token Authentication Specification" of the distribution project).
 */
public final class PublicImages {

    private static final String DOCKER_HUB = "docker.io";
    /** Where Docker Hub serves what is named {@code docker.io}. */
    private static final String DOCKER_HUB_SERVER = "registry-1.docker.io";

    private static final HttpHeaderName CHALLENGE = HttpHeaderName.fromString("WWW-Authenticate");
    private static final HttpHeaderName DIGEST = HttpHeaderName.fromString("Docker-Content-Digest");
    private static final String MANIFESTS = "application/vnd.oci.image.index.v1+json,"
            + " application/vnd.docker.distribution.manifest.list.v2+json,"
            + " application/vnd.oci.image.manifest.v1+json,"
            + " application/vnd.docker.distribution.manifest.v2+json";
    private static final Pattern PARAMETER = Pattern.compile("(\\w+)=\"([^\"]*)\"");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client;

    public PublicImages(HttpClient client) {
        this.client = client;
    }

    private record Answer(int status, Optional<String> challenge, Optional<String> digest, String body) {}

    /**
     * The digest of an image's manifest; empty if the registry has no such image.
     *
     * @param host of the registry, such as {@code docker.io}
     * @param reference a tag or a digest
     * @throws AzureException FORBIDDEN if the registry shows it to nobody without a sign-in, which some answer for
     *     images that do not exist too; UNREACHABLE and others if this computer gets no answer
     */
    public Optional<String> digest(String host, String repository, String reference)
            throws AzureException, InterruptedException {
        String url = "https://" + (host.equals(DOCKER_HUB) ? DOCKER_HUB_SERVER : host) + "/v2/" + repository
                + "/manifests/" + reference;
        Answer answer = manifest(url, Optional.empty());
        if (answer.status() == 401 && answer.challenge().isPresent()) {
            answer = manifest(url, token(answer.challenge().get()));
        }
        return switch (answer.status()) {
            case 200 -> Optional.of(answer.digest().orElse(reference));
            case 404 -> Optional.empty();
            case 401, 403 -> throw failed(Kind.FORBIDDEN, host, answer);
            default -> throw failed(Kind.OTHER, host, answer);
        };
    }

    private Answer manifest(String url, Optional<String> token) throws AzureException, InterruptedException {
        HttpRequest request = new HttpRequest(HttpMethod.HEAD, url).setHeader(HttpHeaderName.ACCEPT, MANIFESTS);
        token.ifPresent(given -> request.setHeader(HttpHeaderName.AUTHORIZATION, "Bearer " + given));
        return send(request);
    }

    /** A token for everybody; empty if none is given. */
    private Optional<String> token(String challenge) throws AzureException, InterruptedException {
        Map<String, String> parameters = new HashMap<>();
        if (challenge.toLowerCase(Locale.ROOT).startsWith("bearer ")) {
            Matcher parameter = PARAMETER.matcher(challenge);
            while (parameter.find()) {
                parameters.put(parameter.group(1), parameter.group(2));
            }
        }
        String realm = parameters.getOrDefault("realm", "");
        if (!realm.startsWith("https://")) {
            return Optional.empty();
        }
        Answer answer = send(new HttpRequest(
                HttpMethod.GET,
                realm + "?service=" + encode(parameters.getOrDefault("service", "")) + "&scope="
                        + encode(parameters.getOrDefault("scope", ""))));
        try {
            JsonNode body = JSON.readTree(answer.body());
            return Optional.of(
                            body.path("token").asText(body.path("access_token").asText()))
                    .filter(token -> answer.status() == 200 && !token.isEmpty());
        } catch (JsonProcessingException notAToken) {
            return Optional.empty();
        }
    }

    private Answer send(HttpRequest request) throws AzureException, InterruptedException {
        return SdkCall.get(() -> client.send(request)
                .flatMap(response ->
                        response.getBodyAsString().defaultIfEmpty("").map(body -> answer(response, body))));
    }

    private static Answer answer(HttpResponse response, String body) {
        return new Answer(
                response.getStatusCode(),
                Optional.ofNullable(response.getHeaderValue(CHALLENGE)),
                Optional.ofNullable(response.getHeaderValue(DIGEST)),
                body);
    }

    private static AzureException failed(Kind kind, String host, Answer answer) {
        return new AzureException(kind, "", answer.status(), host + ": HTTP " + answer.status(), null);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
