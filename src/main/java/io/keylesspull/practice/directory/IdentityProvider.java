package io.keylesspull.practice.directory;

import io.keylesspull.practice.wire.Parameters;
import io.keylesspull.practice.wire.Request;
import io.keylesspull.practice.wire.Response;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The practice directory at {@code login.microsoftonline.com}: sign-in in the browser and by device code (both approved
 * at once), by refresh token, and by the secret or a certificate of {@link PracticeApp}. Responses have the fields that
 * MSAL for Java reads. Safe for use by many threads.
 */
public final class IdentityProvider {

    private static final Pattern PATH = Pattern.compile("/+([^/]+)/(.+?)/*");
    private static final Pattern AUTHORITY = Pattern.compile("https://[^/]+/+([^/]+)/.*");
    // Other names of the user's own tenant.
    private static final Set<String> ANY_TENANT = Set.of("common", "organizations");

    private final Tokens tokens;
    private final List<PracticeTenant> tenants;
    private final DeviceCodes deviceCodes;
    private final AuthorizationCodes authorizationCodes;
    private final TokenGrants grants;

    /** @param tenants the user's own directory, and those in which the user is a guest */
    public IdentityProvider(Tokens tokens, List<PracticeTenant> tenants) {
        this.tokens = tokens;
        this.tenants = List.copyOf(tenants);
        this.deviceCodes = new DeviceCodes(tokens);
        this.authorizationCodes = new AuthorizationCodes(tokens);
        this.grants = new TokenGrants(tokens, home().account(), deviceCodes, authorizationCodes);
    }

    public Response handle(Request request) {
        try {
            Matcher path =
                    PATH.matcher(Optional.ofNullable(request.uri().getPath()).orElse(""));
            return path.matches() ? answer(request, path.group(1), path.group(2)) : notFound();
        } catch (SignInError refused) {
            return refused.toResponse(tokens.time().now(), request.header("client-request-id"));
        }
    }

    private Response answer(Request request, String tenant, String path) {
        return switch (request.method() + " " + path) {
            case "GET discovery/instance" -> Discovery.instance(authority(request));
            case "GET v2.0/.well-known/openid-configuration", "GET .well-known/openid-configuration" ->
                Discovery.openIdConfiguration(known(tenant).id());
            // Tokens here are signed with a secret key, so there is no public one to publish.
            case "GET discovery/v2.0/keys" -> {
                var keys = DirectoryResponses.object();
                keys.putArray("keys");
                yield DirectoryResponses.json(200, keys);
            }
            case "GET oauth2/v2.0/authorize" ->
                authorizationCodes.authorize(request, known(tenant).id());
            case "POST oauth2/v2.0/devicecode" -> {
                String id = known(tenant).id();
                Parameters form = Parameters.ofForm(request);
                tokens.hook().refuses("devicecode", form).ifPresent(refusal -> {
                    throw SignInError.of(refusal);
                });
                RequestedScopes.parse(form.get("scope").orElse(""), id);
                yield deviceCodes.issue(form.get("client_id").orElseThrow(() -> SignInError.missing("client_id")));
            }
            case "POST oauth2/v2.0/token" -> {
                yield grants.grant(request, known(tenant));
            }
            default -> notFound();
        };
    }

    private static String authority(Request request) {
        return Parameters.ofQuery(request)
                .get("authorization_endpoint")
                .map(AUTHORITY::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .orElse("common");
    }

    private PracticeTenant home() {
        return tenants.get(0);
    }

    private PracticeTenant known(String tenant) {
        return ANY_TENANT.contains(tenant)
                ? home()
                : tenants.stream()
                        .filter(each -> each.is(tenant))
                        .findFirst()
                        .orElseThrow(() -> SignInError.unknownTenant(tenant));
    }

    private static Response notFound() {
        return DirectoryResponses.error(404, "not_found", "The directory has nothing at this address");
    }
}
