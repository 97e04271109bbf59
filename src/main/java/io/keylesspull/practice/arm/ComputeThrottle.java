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
 * Counts requests about virtual machines as Microsoft.Compute does, besides Azure Resource Manager: for each machine,
 * and for all of a subscription in a region, whoever sends them (Microsoft Learn, "Compute throttling limits"). Not
 * safe for use by many threads.
 */
final class ComputeThrottle {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Requests that are counted together. For a machine and for a region: the bucket's size, and tokens a minute. */
    private enum Policy {
        PUT_VM("PutVM", 12, 4, 1_500, 500),
        UPDATE_VM("UpdateVM", 12, 4, 1_500, 500),
        DELETE_VM("DeleteVM", 12, 4, 1_500, 500),
        LOW_COST_GET("LowCostGet", 36, 12, 24_000, 8_000),
        HIGH_COST_GET("HighCostGet", 0, 0, 900, 300),
        GET_OPERATION("GetOperation", 45, 15, 15_000, 5_000);

        private final String group;
        private final int ofMachine;
        private final int ofMachineAMinute;
        private final int ofRegion;
        private final int ofRegionAMinute;

        Policy(String group, int ofMachine, int ofMachineAMinute, int ofRegion, int ofRegionAMinute) {
            this.group = group;
            this.ofMachine = ofMachine;
            this.ofMachineAMinute = ofMachineAMinute;
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
        if (target.isPart(0, "virtualMachines")) {
            String machine = target.part(1).isEmpty() ? "" : machine(target);
            count(target, policy(call), machine, region(call, machine));
        } else if (target.isPart(0, "locations") && target.isPart(2, "operations")) {
            String machine = operations.getOrDefault(key(target.path()), "");
            count(target, Policy.GET_OPERATION, machine, target.part(1));
        }
    }

    private void count(RequestPath target, Policy policy, String machine, String region) {
        if (!machine.isEmpty()) {
            take(policy.group + " " + key(machine), policy, policy.ofMachine, policy.ofMachineAMinute);
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
        if (call.target().isPart(0, "virtualMachines") && !status.isEmpty()) {
            operations.put(key(status.substring(ArmCall.HOST.length()).split("\\?", 2)[0]), machine(call.target()));
        }
    }

    private Policy policy(ArmCall call) {
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

    private boolean isThere(String machine) {
        return context.store().find(machine).isPresent();
    }

    private String region(ArmCall call, String machine) {
        return context.store().find(machine).map(Json::location).orElseGet(() -> Json.location(call.body()));
    }

    private static String machine(RequestPath target) {
        return target.scope() + "/providers/Microsoft.Compute/virtualMachines/" + target.part(1);
    }

    private static String key(String id) {
        return id.toLowerCase(Locale.ROOT);
    }
}
