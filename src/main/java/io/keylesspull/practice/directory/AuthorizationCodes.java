package io.keylesspull.practice.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.wire.Parameters;
import io.keylesspull.practice.wire.Request;
import io.keylesspull.practice.wire.Response;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Sign-in by authorization code with PKCE (RFC 6749, RFC 7636). The practice user is signed in to every browser and
 * agrees at once. A code is a signed token, so nothing has to be stored.
 */
final class AuthorizationCodes {

    private static final Duration VALIDITY = Duration.ofMinutes(10);

    private final Tokens tokens;

    AuthorizationCodes(Tokens tokens) {
        this.tokens = tokens;
    }

    /** What the directory shows in the browser, which sends it on to the client. */
    Response authorize(Request request, String tenant) {
        Parameters query = Parameters.ofQuery(request);
        String client = required(query, "client_id");
        String redirect = required(query, "redirect_uri");
        if (!isOfThisComputer(redirect)) {
            throw SignInError.wrongRedirect(redirect, client);
        }
        if (!required(query, "response_type").equals("code")) {
            throw SignInError.missing("response_type=code");
        }
        Map<String, String> answer = new LinkedHashMap<>();
        try {
            RequestedScopes.parse(query.get("scope").orElse(""), tenant);
            tokens.hook().refuses("authorize", query).ifPresent(refusal -> {
                throw SignInError.of(refusal);
            });
            ObjectNode code = DirectoryResponses.object()
                    .put("use", "code")
                    .put("appid", client)
                    .put("redirect", redirect)
                    .put("challenge", query.get("code_challenge").orElse(""));
            answer.put("code", tokens.issueInternal(code, VALIDITY));
        } catch (SignInError refused) {
            answer.put("error", refused.error());
            answer.put("error_description", String.valueOf(refused.getMessage()));
        }
        query.get("state").ifPresent(state -> answer.put("state", state));
        return query.get("response_mode").filter("form_post"::equals).isPresent()
                ? form(redirect, answer)
                : redirect(redirect, answer);
    }

    /** @throws SignInError if this is not such a code, or it is for another client */
    void redeem(Parameters form) {
        JsonNode code = tokens.readInternal(required(form, "code"))
                .filter(claims -> claims.path("use").asText().equals("code"))
                .filter(claims -> claims.path("appid").asText().equals(required(form, "client_id")))
                .filter(claims -> claims.path("redirect").asText().equals(required(form, "redirect_uri")))
                .orElseThrow(SignInError::badAuthorizationCode);
        String challenge = code.path("challenge").asText();
        if (!challenge.isEmpty() && !challenge.equals(sha256(required(form, "code_verifier")))) {
            throw SignInError.wrongVerifier();
        }
    }

    /** Apps for people on a computer are registered with {@code http://localhost}, and may use any port of it. */
    private static boolean isOfThisComputer(String redirect) {
        try {
            URI uri = URI.create(redirect);
            return "http".equals(uri.getScheme()) && "localhost".equals(uri.getHost());
        } catch (IllegalArgumentException noAddress) {
            return false;
        }
    }

    private static Response form(String redirect, Map<String, String> answer) {
        String fields = answer.entrySet().stream()
                .map(field -> "<input type=\"hidden\" name=\"" + escaped(field.getKey()) + "\" value=\""
                        + escaped(field.getValue()) + "\">")
                .collect(Collectors.joining());
        String page = "<!DOCTYPE html><html><head><title>Working...</title></head>"
                + "<body onload=\"document.forms[0].submit()\"><form method=\"POST\" action=\"" + escaped(redirect)
                + "\">" + fields
                + "<noscript><input type=\"submit\" value=\"Continue\"></noscript></form></body></html>";
        return new Response(
                200,
                Map.of("Content-Type", "text/html; charset=utf-8", "Cache-Control", "no-store"),
                page.getBytes(StandardCharsets.UTF_8));
    }

    private static Response redirect(String redirect, Map<String, String> answer) {
        String query = answer.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return new Response(302, Map.of("Location", redirect + "?" + query), new byte[0]);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("\"", "&quot;").replace("<", "&lt;");
    }

    private static String sha256(String text) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static String required(Parameters parameters, String name) {
        return parameters.get(name).orElseThrow(() -> SignInError.missing(name));
    }
}
