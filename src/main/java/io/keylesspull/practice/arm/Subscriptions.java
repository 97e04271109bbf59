package io.keylesspull.practice.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.ArmContext;
import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.ArmPages;
import io.keylesspull.practice.arm.protocol.ArmReply;
import io.keylesspull.practice.arm.protocol.Json;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Tenants, subscriptions and their locations. */
final class Subscriptions {

    private final Map<String, String> names = new LinkedHashMap<>();
    private final ArmContext context;

    Subscriptions(ArmContext context) {
        this.context = context;
    }

    void add(String id, String displayName) {
        names.put(id.toLowerCase(Locale.ROOT), displayName);
    }

    ArmReply tenants(ArmCall call) {
        ObjectNode tenant = Json.object()
                .put("id", "/tenants/" + context.tenantId())
                .put("tenantId", context.tenantId())
                .put("countryCode", "JP")
                .put("displayName", "Practice directory")
                .put("tenantCategory", "Home")
                .put("defaultDomain", "practice.onmicrosoft.com")
                .put("tenantType", "AAD");
        tenant.putArray("domains").add("practice.onmicrosoft.com");
        return ArmPages.of(call, java.util.List.of(tenant));
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
                .put("tenantId", context.tenantId())
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
