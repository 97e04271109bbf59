package io.keylesspull.practice;

import io.keylesspull.practice.arm.ControlPlane;
import io.keylesspull.practice.arm.ControlPlane.Owner;
import io.keylesspull.practice.arm.core.DenyPolicy;
import java.util.ArrayList;
import java.util.List;

/** What can be practised besides a setup that goes well: each in a subscription of its own. */
enum Situation {

    /** The user may do everything but give others rights. */
    MISSING_RIGHTS("5b1f0c7e-2a94-4d3b-8c6e-1f7a9b0d2e41", "Missing rights") {
        @Override
        void make(ControlPlane cloud, Owner user, List<Owner> others) {
            cloud.addSubscription(id(), displayName(), others, user, "Contributor");
        }
    },
    /** No public addresses are allowed, and a resource group is locked. */
    POLICY_AND_LOCK("c83e6d12-90b7-4f5a-a1d4-6e2b7c9f0a35", "Policy and lock") {
        @Override
        void make(ControlPlane cloud, Owner user, List<Owner> others) {
            super.make(cloud, user, others);
            cloud.limit(limits -> limits.deny(new DenyPolicy(
                    "/subscriptions/" + id(), "Microsoft.Network/publicIPAddresses", "no-public-addresses")));
        }
    },
    /** One core is left in each region, and two sizes are not offered. */
    QUOTA_AND_SIZES("e2a7d94f-6c18-4b03-9f5e-8d1c3b6a7f20", "Quota and sizes") {
        @Override
        void make(ControlPlane cloud, Owner user, List<Owner> others) {
            super.make(cloud, user, others);
            cloud.limit(limits -> {
                limits.limitCores(id(), 1);
                limits.restrict(id(), "Standard_B2s_v2");
                limits.restrict(id(), "Standard_B2als_v2");
            });
        }
    },
    /** Many machines are there, in a group of their own, and there is quota for more. */
    MANY_MACHINES("1b8f5c20-e7a4-4d69-b3c2-7f0e9d6a8c15", "Many machines") {
        @Override
        void make(ControlPlane cloud, Owner user, List<Owner> others) {
            super.make(cloud, user, others);
            cloud.limit(limits -> limits.limitCores(id(), 4_000));
        }
    };

    private final String id;
    private final String displayName;

    Situation(String id, String displayName) {
        this.id = id;
        this.displayName = displayName;
    }

    /** The GUID of its subscription. */
    String id() {
        return id;
    }

    /** Of its subscription. */
    String displayName() {
        return displayName;
    }

    /**
     * Adds the subscription.
     *
     * @param user the practice user
     * @param others who own each subscription besides
     */
    void make(ControlPlane cloud, Owner user, List<Owner> others) {
        List<Owner> owners = new ArrayList<>(others);
        owners.add(user);
        cloud.addSubscription(id, displayName, owners);
    }
}
