package io.keylesspull.practice.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.wire.Parameters;
import io.keylesspull.practice.wire.Request;
import io.keylesspull.practice.wire.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

/** The directory's token endpoint: which tokens a grant gives. */
final class TokenGrants {

    private static final Duration ACCESS = Duration.ofHours(1);
    private static final Duration REFRESH = Duration.ofDays(90);
    private static final String DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code";

    private final Tokens tokens;
    private final PracticeUser home;
    private final DeviceCodes deviceCodes;
    private final AuthorizationCodes authorizationCodes;
    private final ClientAssertions assertions;

    /** @param home the user's own account */
    TokenGrants(Tokens tokens, PracticeUser home, DeviceCodes deviceCodes, AuthorizationCodes authorizationCodes) {
        this.tokens = tokens;
        this.home = home;
        this.deviceCodes = deviceCodes;
        this.authorizationCodes = authorizationCodes;
        this.assertions = new ClientAssertions(tokens.time());
    }

    /** @param tenant in which the tokens are valid @throws SignInError if the grant is not valid */
    Response grant(Request request, PracticeTenant tenant) {
        PracticeUser user = tenant.account();
        Parameters form = Parameters.ofForm(request);
        String grant = required(form, "grant_type");
        RequestedScopes scopes = RequestedScopes.parse(form.get("scope").orElse(""), user.tenantId());
        // MSAL for Java sends the short name, the standard has the long one.
        String kind = grant.equals(DEVICE_CODE) ? "device_code" : grant;
        tokens.hook().refuses(kind, form).ifPresent(refusal -> {
            throw SignInError.of(refusal);
        });
        return switch (kind) {
            case "authorization_code" -> {
                authorizationCodes.redeem(form);
                yield toUser(user, required(form, "client_id"), scopes);
            }
            case "device_code" -> {
                deviceCodes.redeem(required(form, "device_code"));
                yield toUser(user, required(form, "client_id"), scopes);
            }
            case "refresh_token" -> {
                if (tokens.readInternal(required(form, "refresh_token"))
                        .filter(claims -> claims.path("use").asText().equals("refresh"))
                        .filter(tokens.hook()::acceptsSignIn)
                        .isEmpty()) {
                    throw SignInError.badRefreshToken();
                }
                yield toUser(user, required(form, "client_id"), scopes);
            }
            case "client_credentials" -> {
                if (form.get("client_assertion").isPresent()) {
                    requireKnown(
                            user,
                            assertions.client(
                                    required(form, "client_assertion"),
                                    tokens.hook().certificates()));
                } else {
                    requireSecret(user, credentials(request, form));
                }
                yield toApplication(scopes);
            }
            default -> throw SignInError.unsupportedGrant(grant);
        };
    }

    private Response toUser(PracticeUser user, String clientId, RequestedScopes scopes) {
        Caller caller = new Caller(user.objectId(), user.tenantId(), scopes.audience(), "");
        Duration validity = tokens.hook().lifetime(ACCESS);
        String accessToken = tokens.issue(
                caller,
                validity,
                Map.of(
                        "appid",
                        clientId,
                        "idtyp",
                        "user",
                        "name",
                        user.name(),
                        "upn",
                        user.userPrincipalName(),
                        "unique_name",
                        user.userPrincipalName(),
                        "scp",
                        "user_impersonation"));
        ObjectNode refresh = DirectoryResponses.object().put("use", "refresh");
        tokens.hook().mark(refresh);
        return DirectoryResponses.json(
                200,
                answer(accessToken, validity)
                        .put("scope", scopes.granted())
                        .put("refresh_token", tokens.issueInternal(refresh, REFRESH))
                        .put("id_token", idToken(user, clientId))
                        .put("client_info", clientInfo()));
    }

    private String idToken(PracticeUser user, String clientId) {
        return tokens.issueInternal(
                DirectoryResponses.object()
                        .put("aud", clientId)
                        .put("iss", "https://login.microsoftonline.com/" + user.tenantId() + "/v2.0")
                        .put("name", user.name())
                        .put("oid", user.objectId())
                        .put("preferred_username", user.userPrincipalName())
                        .put("sub", user.objectId())
                        .put("use", "id")
                        .put("tid", user.tenantId())
                        .put("ver", "2.0"),
                ACCESS);
    }

    private String clientInfo() {
        ObjectNode info =
                DirectoryResponses.object().put("uid", home.objectId()).put("utid", home.tenantId());
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(info.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The app is registered in the user's own directory alone. */
    private void requireKnown(PracticeUser user, String clientId) {
        if (!clientId.equalsIgnoreCase(PracticeApp.CLIENT_ID) || !user.equals(home)) {
            throw SignInError.unknownApplication(clientId, user.tenantId());
        }
    }

    private void requireSecret(PracticeUser user, Credentials credentials) {
        requireKnown(user, credentials.clientId());
        if (!MessageDigest.isEqual(
                credentials.secret().getBytes(StandardCharsets.UTF_8),
                PracticeApp.SECRET.getBytes(StandardCharsets.UTF_8))) {
            throw SignInError.wrongSecret(credentials.clientId());
        }
    }

    private Response toApplication(RequestedScopes scopes) {
        Caller caller = new Caller(PracticeApp.OBJECT_ID, home.tenantId(), scopes.audience(), "");
        Duration validity = tokens.hook().lifetime(ACCESS);
        return DirectoryResponses.json(
                200,
                answer(
                        tokens.issue(caller, validity, Map.of("appid", PracticeApp.CLIENT_ID, "idtyp", "app")),
                        validity));
    }

    private static ObjectNode answer(String accessToken, Duration validity) {
        return DirectoryResponses.object()
                .put("token_type", "Bearer")
                .put("expires_in", validity.toSeconds() - 1)
                .put("ext_expires_in", validity.toSeconds() - 1)
                .put("access_token", accessToken);
    }

    /** From the form or, as RFC 6749 also allows, from Basic authentication. */
    private static Credentials credentials(Request request, Parameters form) {
        String basic = request.header("Authorization")
                .filter(header -> header.startsWith("Basic "))
                .orElse("");
        if (!basic.isEmpty()) {
            try {
                String text = new String(Base64.getDecoder().decode(basic.substring(6)), StandardCharsets.UTF_8);
                int colon = text.indexOf(':');
                if (colon >= 0) {
                    return new Credentials(text.substring(0, colon), text.substring(colon + 1));
                }
            } catch (IllegalArgumentException notBase64) {
                throw new SignInError(401, "invalid_client", 7000216, "The Authorization header cannot be read.");
            }
        }
        return new Credentials(required(form, "client_id"), required(form, "client_secret"));
    }

    private static String required(Parameters form, String name) {
        return form.get(name).orElseThrow(() -> SignInError.missing(name));
    }

    private record Credentials(String clientId, String secret) {

        @Override
        public String toString() {
            return "Credentials[" + clientId + "]";
        }
    }
}
