package io.keylesspull.practice.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.wire.Response;

/** The metadata that sign-in libraries read before they ask for a token. */
final class Discovery {

    private static final String AUTHORITY = "https://login.microsoftonline.com/";

    private Discovery() {}

    /** Which host names stand for the same directory. */
    static Response instance(String tenant) {
        ObjectNode answer = DirectoryResponses.object()
                .put("tenant_discovery_endpoint", AUTHORITY + tenant + "/v2.0/.well-known/openid-configuration")
                .put("api-version", "1.1");
        ObjectNode cloud = answer.putArray("metadata")
                .addObject()
                .put("preferred_network", "login.microsoftonline.com")
                .put("preferred_cache", "login.windows.net");
        cloud.putArray("aliases")
                .add("login.microsoftonline.com")
                .add("login.windows.net")
                .add("login.microsoft.com")
                .add("sts.windows.net");
        return DirectoryResponses.json(200, answer);
    }

    static Response openIdConfiguration(String tenant) {
        String base = AUTHORITY + tenant;
        ObjectNode answer = DirectoryResponses.object()
                .put("issuer", base + "/v2.0")
                .put("authorization_endpoint", base + "/oauth2/v2.0/authorize")
                .put("token_endpoint", base + "/oauth2/v2.0/token")
                .put("device_authorization_endpoint", base + "/oauth2/v2.0/devicecode")
                .put("jwks_uri", base + "/discovery/v2.0/keys")
                .put("cloud_instance_name", "microsoftonline.com");
        answer.putArray("response_types_supported").add("code").add("id_token");
        answer.putArray("subject_types_supported").add("pairwise");
        answer.putArray("id_token_signing_alg_values_supported").add("HS256");
        answer.putArray("scopes_supported")
                .add("openid")
                .add("profile")
                .add("email")
                .add("offline_access");
        return DirectoryResponses.json(200, answer);
    }
}
