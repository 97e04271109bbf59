package io.keylesspull.practice.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.ArmContext;
import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.ArmPages;
import io.keylesspull.practice.arm.protocol.ArmReply;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.directory.PracticeTenant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tenants, subscriptions and their locations. */
final class Subscriptions {

    private final Map<String, String> names = new LinkedHashMap<>();
    private final List<PracticeTenant> tenants = new ArrayList<>();
    private final ArmContext context;

    Subscriptions(ArmContext context) {
        this.context = context;
    }

    /** Adds a directory. The first is the home of the user. */
    void add(PracticeTenant tenant) {
        tenants.add(tenant);
    }

    void add(String id, String displayName) {
        names.put(id.toLowerCase(Locale.ROOT), displayName);
    }

    /** The user's directories, whichever of them was signed in to; of an application, its own. */
    ArmReply tenants(ArmCall call) {
        boolean user = tenants.stream()
                .anyMatch(tenant ->
                        tenant.account().objectId().equals(call.caller().objectId()));
        return ArmPages.of(
                call,
                tenants.stream()
                        .filter(tenant ->
                                user || tenant.id().equals(call.caller().tenantId()))
                        .map(Subscriptions::json)
                        .toList());
    }

    private static JsonNode json(PracticeTenant tenant) {
        ObjectNode json = Json.object()
                .put("id", "/tenants/" + tenant.id())
                .put("tenantId", tenant.id())
                .put("countryCode", "JP")
                .put("displayName", tenant.name())
                .put("tenantCategory", "Home")
                .put("defaultDomain", tenant.domain())
                .put("tenantType", "AAD");
        json.putArray("domains").add(tenant.domain());
        return json;
    }

    /** A subscription accepts tokens of the directory that it trusts, and of no other. */
    void requireTenant(ArmCall call) {
        String own = context.tenants().of(call.target().path());
        boolean fits = call.target().subscription().isPresent()
                ? own.equalsIgnoreCase(call.caller().tenantId())
                : own.equalsIgnoreCase(call.caller().tenantId())
                        || tenants.stream()
                                .anyMatch(tenant -> tenant.id()
                                        .equalsIgnoreCase(call.caller().tenantId()));
        if (!fits) {
            throw ArmError.of(
                    401,
                    "InvalidAuthenticationTokenTenant",
                    "The access token is from the wrong issuer 'https://sts.windows.net/"
                            + call.caller().tenantId() + "/'. It must match the tenant 'https://sts.windows.net/" + own
                            + "/' associated with this subscription. Please use the authority (URL) "
                            + "'https://login.windows.net/" + own + "' to get the token. Note, if the subscription is "
                            + "transferred to another tenant there is no impact to the services, but information "
                            + "about new tenant could take time to propagate (up to an hour). If you just transferred "
                            + "your subscription and see this error message, please try back later.");
        }
    }

    /** The subscriptions in which the caller has any role, even on a single resource. */
    ArmReply list(ArmCall call) {
        return ArmPages.of(
                call,
                names.keySet().stream()
                        .filter(id -> context.access().sees(call.caller().objectId(), "/subscriptions/" + id))
                        .map(this::json)
                        .toList());
    }

    ArmReply one(ArmCall call) {
        requireSeen(call);
        return ArmReply.ok(json(call.subscription().toLowerCase(Locale.ROOT)));
    }

    ArmReply locations(ArmCall call) {
        requireSeen(call);
        return ArmReply.ok(
                Json.object().set("value", Json.array(context.locations().list(call.subscription()).stream())));
    }

    void requireExisting(ArmCall call) {
        if (!names.containsKey(call.subscription().toLowerCase(Locale.ROOT))) {
            throw ArmError.subscriptionNotFound(call.subscription());
        }
    }

    private void requireSeen(ArmCall call) {
        String scope = "/subscriptions/" + call.subscription();
        if (!context.access().sees(call.caller().objectId(), scope)) {
            throw ArmError.authorizationFailed(
                    call.caller().objectId(), "Microsoft.Resources/subscriptions/read", scope);
        }
    }

    private JsonNode json(String id) {
        ObjectNode node = Json.object()
                .put("id", "/subscriptions/" + id)
                .put("subscriptionId", id)
                .put("tenantId", context.tenants().of("/subscriptions/" + id))
                .put("displayName", names.get(id))
                .put("state", "Enabled")
                .put("authorizationSource", "RoleBased");
        node.putObject("subscriptionPolicies")
                .put("locationPlacementId", "Public_2014-09-01")
                .put("quotaId", "PayAsYouGo_2014-09-01")
                .put("spendingLimit", "Off");
        node.putArray("managedByTenants");
        return node;
    }
}
