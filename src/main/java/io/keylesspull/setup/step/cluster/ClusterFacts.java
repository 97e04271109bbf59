package io.keylesspull.setup.step.cluster;

import io.keylesspull.azure.cluster.ClusterInfo;
import io.keylesspull.engine.plan.Fact;
import io.keylesspull.setup.step.cloud.CloudFacts;

/** The facts that the steps for clusters establish. */
public final class ClusterFacts {

    public static final Fact<ClusterInfo> CLUSTER = Fact.of("CLUSTER", ClusterInfo.class, ClusterInfo::id);

    private ClusterFacts() {}

    /** What a run left in a cluster is gone. @param label what the run calls the cluster */
    static Fact<String> cleaned(String label) {
        return CloudFacts.gone("namespace in " + label);
    }
}
