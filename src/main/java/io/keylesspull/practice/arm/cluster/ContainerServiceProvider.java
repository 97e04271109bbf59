package io.keylesspull.practice.arm.cluster;

import io.keylesspull.practice.arm.core.ArmContext;
import io.keylesspull.practice.arm.core.ResourceProvider;
import io.keylesspull.practice.arm.core.ResourceType;
import io.keylesspull.practice.arm.protocol.ResourceKind;
import io.keylesspull.practice.cluster.Clusters;
import io.keylesspull.practice.directory.Tokens;
import java.util.List;

/** {@code Microsoft.ContainerService}. */
public final class ContainerServiceProvider implements ResourceProvider {

    private final List<ResourceType> types;

    public ContainerServiceProvider(ArmContext context, Clusters clusters, Tokens tokens) {
        this.types = List.of(new ManagedClusterType(context, clusters, new ClusterCommands(context, clusters, tokens)));
    }

    @Override
    public String namespace() {
        return ResourceKind.CLUSTER.namespace();
    }

    @Override
    public List<ResourceType> types() {
        return types;
    }
}
