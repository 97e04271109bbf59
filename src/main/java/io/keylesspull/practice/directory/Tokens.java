package io.keylesspull.practice.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.time.Time;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The access tokens of the practice directory. Safe for use by many threads. */
public final class Tokens {

    /** Audience of tokens for the control plane. */
    public static final String ARM = "https://management.azure.com";
    /** Audience of tokens for the registries' data plane. */
    public static final String CONTAINER_REGISTRY = "https://containerregistry.azure.net";

    /**
     * Audience of tokens for the API servers of Kubernetes clusters: the application "Azure Kubernetes Service AAD
     * Server", the same in every directory. Source: github.com/Azure/kubelogin.
     */
    public static final String KUBERNETES = "6dae42f8-4368-4678-94ff-3960e28e3630";

    private static final String ARM_CLASSIC = "https://management.core.windows.net";

    private final TokenHook hook;
    private final JwtSigner jwts;
    private final Time time;

    public Tokens(RandomGenerator random, Time time, TokenHook hook) {
        this.hook = hook;
        this.jwts = new JwtSigner(random, time);
        this.time = time;
    }

    /** @param caller who the token is for, and for which audience. @return a signed JWT */
    public String issue(Caller caller, Duration validity) {
        return issue(caller, validity, Map.of());
    }

    /** As above. @param more further claims, such as {@code upn} or {@code appid} */
    public String issue(Caller caller, Duration validity, Map<String, String> more) {
        ObjectNode claims = JsonNodeFactory.instance
                .objectNode()
                .put("aud", audience(caller.audience()))
                .put("iss", "https://sts.windows.net/" + caller.tenantId() + "/")
                .put("oid", caller.objectId())
                .put("sub", caller.objectId())
                .put("tid", caller.tenantId())
                .put("ver", "1.0");
        if (!caller.resourceId().isEmpty()) {
            claims.put("xms_mirid", caller.resourceId());
        }
        more.forEach(claims::put);
        hook.mark(claims);
        return jwts.sign(claims, validity, hook.start());
    }

    TokenHook hook() {
        return hook;
    }

    /** Whether a token was issued by the directory and has expired. */
    public boolean hasExpired(String jwt) {
        return jwts.verified(jwt)
                .filter(claims -> !hook.accepts(claims)
                        || claims.path("exp").asLong() <= time.now().getEpochSecond())
                .isPresent();
    }

    /** Who a token is for; empty if it is forged, not valid at this time, or no access token. */
    public Optional<Caller> read(String jwt) {
        return jwts.read(jwt)
                .filter(hook::accepts)
                .filter(claims -> !claims.has("use")
                        && claims.hasNonNull("aud")
                        && claims.hasNonNull("oid")
                        && claims.hasNonNull("tid"))
                .map(claims -> new Caller(
                        claims.get("oid").asText(),
                        claims.get("tid").asText(),
                        claims.get("aud").asText(),
                        claims.path("xms_mirid").asText("")));
    }

    /**
     * The canonical spelling of an audience: without slashes at the end, and with the control plane's classic name
     * replaced, since Azure accepts both.
     */
    public static String audience(String resource) {
        int end = resource.length();
        while (end > 0 && resource.charAt(end - 1) == '/') {
            end--;
        }
        String bare = resource.substring(0, end);
        return bare.equalsIgnoreCase(ARM_CLASSIC) ? ARM : bare;
    }

    /** A token that only the directory itself reads, such as a refresh token or a device code. It gives no access. */
    String issueInternal(ObjectNode claims, Duration validity) {
        return jwts.sign(claims, validity);
    }

    Optional<JsonNode> readInternal(String jwt) {
        return jwts.read(jwt).filter(claims -> !claims.has("aud"));
    }

    Time time() {
        return time;
    }
}
