package io.keylesspull.practice.arm.network;

import io.keylesspull.practice.arm.core.ArmContext;
import io.keylesspull.practice.arm.core.ResourceStore;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.ResourceKind;

/**
 * How many public addresses a subscription may have in a region: 1000 with an enterprise agreement (Microsoft Learn,
 * "Azure subscription limits"), 3 if it is free (github.com/MicrosoftDocs/azure-docs/issues/106096).
 */
final class AddressQuota {

    private static final int USUAL = 1000;

    private final ArmContext context;

    AddressQuota(ArmContext context) {
        this.context = context;
    }

    int limit() {
        return context.hook().publicAddresses(USUAL);
    }

    /** Refuses one more address if there are as many as there may be. */
    void require(String subscription, String location) {
        if (used(subscription, location) >= limit()) {
            throw ArmError.badRequest(
                    "PublicIPCountLimitReached",
                    "Cannot create more than " + limit()
                            + " public IP addresses for this subscription in this region.");
        }
    }

    private long used(String subscription, String location) {
        return context.store()
                .all(ResourceKind.PUBLIC_IP)
                .filter(address -> Json.location(address).equals(location)
                        && ResourceStore.isUnder(Json.id(address), "/subscriptions/" + subscription))
                .count();
    }
}
