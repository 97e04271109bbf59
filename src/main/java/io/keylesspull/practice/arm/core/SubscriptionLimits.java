package io.keylesspull.practice.arm.core;

import io.keylesspull.practice.arm.protocol.ArmCall;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What subscriptions may not have that others may: by policies, by quota, by restrictions of sizes. */
public final class SubscriptionLimits {

    private final List<DenyPolicy> policies = new ArrayList<>();
    private final Map<String, Integer> cores = new HashMap<>();
    private final Set<String> restricted = new HashSet<>();

    public void deny(DenyPolicy policy) {
        policies.add(policy);
    }

    public List<DenyPolicy> policies() {
        return List.copyOf(policies);
    }

    /** @param most cores in each region */
    public void limitCores(String subscription, int most) {
        cores.put(subscription.toLowerCase(Locale.ROOT), most);
    }

    /** @param size such as {@code Standard_B2s} */
    public void restrict(String subscription, String size) {
        restricted.add(key(subscription, size));
    }

    /** How many cores it may have in a region. @param usual if nothing else was set */
    public int cores(String subscription, int usual) {
        return cores.getOrDefault(subscription.toLowerCase(Locale.ROOT), usual);
    }

    public boolean isRestricted(String subscription, String size) {
        return restricted.contains(key(subscription, size));
    }

    /** Refuses what a policy denies. */
    public void require(ArmCall call) {
        policies.stream().filter(policy -> policy.denies(call)).findFirst().ifPresent(policy -> {
            throw policy.refusal(call);
        });
    }

    private static String key(String subscription, String size) {
        return (subscription + " " + size).toLowerCase(Locale.ROOT);
    }
}
