package io.keylesspull.practice.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.Base;
import io.keylesspull.practice.arm.protocol.AzureError;
import io.keylesspull.practice.arm.protocol.Call;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.Pages;
import io.keylesspull.practice.arm.protocol.Reply;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Tenants, subscriptions and what they can reach. */
final class Subscriptions {

    private final Map<String, String> names = new LinkedHashMap<>();
    private final Base base;

    Subscriptions(Base base) {
        this.base = base;
    }

    void add(String id, String displayName) {
        names.put(id.toLowerCase(Locale.ROOT), displayName);
    }

    Reply tenants(Call call) {
        ObjectNode tenant = Json.object().put("id", "/tenants/" + base.tenantId()).put("tenantId", base.tenantId())
                .put("countryCode", "JP").put("displayName", "Practice directory").put("tenantCategory", "Home")
                .put("defaultDomain", "practice.onmicrosoft.com").put("tenantType", "AAD");
        tenant.putArray("domains").add("practice.onmicrosoft.com");
        return Pages.of(call, java.util.List.of(tenant));
    }

    /** Those in which the caller has some role, be it on a single resource. */
    Reply list(Call call) {
        return Pages.of(call, names.keySet().stream()
                .filter(id -> base.access().sees(call.caller().objectId(), "/subscriptions/" + id))
                .map(this::json).toList());
    }

    Reply one(Call call) {
        requireSeen(call);
        return Reply.ok(json(call.subscription().toLowerCase(Locale.ROOT)));
    }

    Reply locations(Call call) {
        requireSeen(call);
        return Reply.ok(Json.object().set("value",
                Json.array(base.locations().list(call.subscription()).stream())));
    }

    void requireExisting(Call call) {
        if (!names.containsKey(call.subscription().toLowerCase(Locale.ROOT))) {
            throw AzureError.subscriptionNotFound(call.subscription());
        }
    }

    private void requireSeen(Call call) {
        String scope = "/subscriptions/" + call.subscription();
        if (!base.access().sees(call.caller().objectId(), scope)) {
            throw AzureError.authorizationFailed(call.caller().objectId(),
                    "Microsoft.Resources/subscriptions/read", scope);
        }
    }

    private JsonNode json(String id) {
        ObjectNode node = Json.object().put("id", "/subscriptions/" + id).put("subscriptionId", id)
                .put("tenantId", base.tenantId()).put("displayName", names.get(id)).put("state", "Enabled")
                .put("authorizationSource", "RoleBased");
        node.putObject("subscriptionPolicies").put("locationPlacementId", "Public_2014-09-01")
                .put("quotaId", "PayAsYouGo_2014-09-01").put("spendingLimit", "Off");
        node.putArray("managedByTenants");
        return node;
    }
}
