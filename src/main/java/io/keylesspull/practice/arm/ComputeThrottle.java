package io.keylesspull.practice.arm;

import io.keylesspull.practice.arm.core.ArmContext;
import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.ArmReply;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.RequestPath;
import io.keylesspull.practice.clock.Pace;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Counts requests about virtual machines and scale sets as Microsoft.Compute does, besides Azure Resource Manager: for
 * each of them, and for all of a subscription in a region, whoever sends them. Figures: Microsoft Learn, "Compute
 * throttling limits". That has no line for the list of a scale set's instances, which is counted as older headers did
 * (giantswarm/azure-operator: {@code HighCostGetVMScaleSet3Min}), nor for operations on scale sets, which are not
 * counted for the set. Not safe for use by many threads.
 */
final class ComputeThrottle {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String MACHINES = "virtualMachines";
    private static final String SETS = "virtualMachineScaleSets";

    /** Requests that are counted together. For a resource and for a region: the bucket's size, and tokens a minute. */
    private enum Policy {
        PUT_VM("PutVM", 12, 4, 1_500, 500),
        UPDATE_VM("UpdateVM", 12, 4, 1_500, 500),
        DELETE_VM("DeleteVM", 12, 4, 1_500, 500),
        LOW_COST_GET("LowCostGet", 36, 12, 24_000, 8_000),
        HIGH_COST_GET("HighCostGet", 0, 0, 900, 300),
        GET_OPERATION("GetOperation", 45, 15, 15_000, 5_000),
        PUT_SET("PutVMScaleSet", 12, 4, 375, 125),
        UPDATE_SET("UpdateVMScaleSet", 12, 4, 1_500, 500),
        DELETE_SET("DeleteVMScaleSet", 12, 4, 525, 175),
        GET_SET("GetVMScaleSet", 36, 12, 2_400, 800),
        HIGH_COST_GET_SET("HighCostGetVMScaleSet", 30, 10, 1_080, 360),
        UPDATE_INSTANCE("UpdateVMScaleSetVM", 12, 4, 1_500, 500),
        DELETE_INSTANCE("DeleteVMScaleSetVM", 12, 4, 1_500, 500),
        GET_INSTANCE("GetVMScaleSetVM", 36, 12, 6_000, 2_000);

        private final String group;
        private final int ofResource;
        private final int ofResourceAMinute;
        private final int ofRegion;
        private final int ofRegionAMinute;

        Policy(String group, int ofResource, int ofResourceAMinute, int ofRegion, int ofRegionAMinute) {
            this.group = group;
            this.ofResource = ofResource;
            this.ofResourceAMinute = ofResourceAMinute;
            this.ofRegion = ofRegion;
            this.ofRegionAMinute = ofRegionAMinute;
        }
    }

    private final ArmContext context;
    private final TokenBuckets buckets;
    /** The ids of the machines that operations are about, by the operations' paths. */
    private final Map<String, String> operations = new HashMap<>();

    ComputeThrottle(ArmContext context) {
        this.context = context;
        this.buckets = new TokenBuckets(context.clock());
    }

    /**
     * Counts a request.
     *
     * @throws ArmError if a bucket is empty
     */
    void count(ArmCall call) {
        if (context.clock().pace() == Pace.INSTANT) {
            return;
        }
        RequestPath target = call.target();
        if (!target.namespace().filter("Microsoft.Compute"::equalsIgnoreCase).isPresent()) {
            return;
        }
        if (target.isPart(0, MACHINES) || target.isPart(0, SETS)) {
            String resource = target.part(1).isEmpty() ? "" : resource(target);
            Policy policy = target.isPart(0, SETS) ? setPolicy(call) : machinePolicy(call);
            count(target, policy, resource, region(call, resource));
        } else if (target.isPart(0, "locations") && target.isPart(2, "operations")) {
            String machine = operations.getOrDefault(key(target.path()), "");
            count(target, Policy.GET_OPERATION, machine, target.part(1));
        }
    }

    private void count(RequestPath target, Policy policy, String resource, String region) {
        if (!resource.isEmpty()) {
            boolean instance = target.isPart(0, SETS) && !target.part(3).isEmpty();
            String counted = instance ? resource + "/" + target.part(3) : resource;
            take(policy.group + " " + key(counted), policy, policy.ofResource, policy.ofResourceAMinute);
        }
        take(
                policy.group + " " + target.subscription().orElse("") + " " + region.toLowerCase(Locale.ROOT),
                policy,
                policy.ofRegion,
                policy.ofRegionAMinute);
    }

    private void take(String bucket, Policy policy, int size, int aMinute) {
        Optional<Duration> wait = buckets.take(bucket, size, MINUTE.dividedBy(aMinute));
        if (wait.isPresent()) {
            throw ArmError.throttled(policy.group, size, wait.get());
        }
    }

    /** Remembers which machine the operation that a request has begun is about. */
    void began(ArmCall call, ArmReply reply) {
        String status = reply.headers().getOrDefault("Azure-AsyncOperation", "");
        if (call.target().isPart(0, MACHINES) && !status.isEmpty()) {
            operations.put(key(status.substring(ArmCall.HOST.length()).split("\\?", 2)[0]), resource(call.target()));
        }
    }

    private Policy machinePolicy(ArmCall call) {
        RequestPath target = call.target();
        boolean itself = target.tail().size() == 2;
        return switch (call.method()) {
            case "GET", "HEAD" -> target.part(1).isEmpty() ? Policy.HIGH_COST_GET : Policy.LOW_COST_GET;
            case "PUT" -> itself && !isThere(target.path()) ? Policy.PUT_VM : Policy.UPDATE_VM;
            case "DELETE" -> itself ? Policy.DELETE_VM : Policy.UPDATE_VM;
            case "POST" -> target.isPart(2, "deallocate") ? Policy.DELETE_VM : Policy.UPDATE_VM;
            default -> Policy.UPDATE_VM;
        };
    }

    private Policy setPolicy(ArmCall call) {
        RequestPath target = call.target();
        if (!target.part(3).isEmpty()) {
            return switch (call.method()) {
                case "GET", "HEAD" -> Policy.GET_INSTANCE;
                case "DELETE" -> Policy.DELETE_INSTANCE;
                default ->
                    target.isPart(4, "deallocate") || target.isPart(4, "powerOff")
                            ? Policy.DELETE_INSTANCE
                            : Policy.UPDATE_INSTANCE;
            };
        }
        boolean dear = target.part(1).isEmpty() || target.isPart(2, MACHINES) || target.isPart(2, "instanceView");
        return switch (call.method()) {
            case "GET", "HEAD" -> dear ? Policy.HIGH_COST_GET_SET : Policy.GET_SET;
            case "PUT" -> isThere(target.path()) ? Policy.UPDATE_SET : Policy.PUT_SET;
            case "DELETE" -> Policy.DELETE_SET;
            case "POST" ->
                target.isPart(2, "deallocate") || target.isPart(2, "powerOff") || target.isPart(2, "delete")
                        ? Policy.DELETE_SET
                        : Policy.UPDATE_SET;
            default -> Policy.UPDATE_SET;
        };
    }

    private boolean isThere(String resource) {
        return context.store().find(resource).isPresent();
    }

    private String region(ArmCall call, String resource) {
        return context.store().find(resource).map(Json::location).orElseGet(() -> Json.location(call.body()));
    }

    private static String resource(RequestPath target) {
        String type = target.isPart(0, SETS) ? SETS : MACHINES;
        return target.scope() + "/providers/Microsoft.Compute/" + type + "/" + target.part(1);
    }

    private static String key(String id) {
        return id.toLowerCase(Locale.ROOT);
    }
}
