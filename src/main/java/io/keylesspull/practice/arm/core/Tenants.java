package io.keylesspull.practice.arm.core;

import io.keylesspull.practice.arm.protocol.RequestPath;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which directory each subscription trusts: the cloud's first one, unless it is said to be another. */
public final class Tenants {

    private final String home;
    private final Map<String, String> others = new ConcurrentHashMap<>();

    /** @param home the GUID of the first directory */
    public Tenants(String home) {
        this.home = home;
    }

    /** @param tenantId the GUID of the directory that the subscription trusts */
    public void put(String subscription, String tenantId) {
        others.put(subscription.toLowerCase(Locale.ROOT), tenantId);
    }

    public String home() {
        return home;
    }

    /** @param path of a subscription, or of anything in one; anything else is in the first directory */
    public String of(String path) {
        return RequestPath.of(path)
                .subscription()
                .map(id -> others.getOrDefault(id.toLowerCase(Locale.ROOT), home))
                .orElse(home);
    }
}
