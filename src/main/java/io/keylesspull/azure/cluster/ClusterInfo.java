package io.keylesspull.azure.cluster;

import java.util.List;
import java.util.Optional;

/**
 * An AKS cluster.
 *
 * @param version of Kubernetes, such as {@code 1.33.5}; empty if Azure does not say
 * @param running false: it is stopped, or being started or stopped
 * @param kubelet the identity with which its nodes pull images; empty: it has none, or a service principal instead
 * @param servicePrincipal whether it has a service principal instead of managed identities
 * @param runCommand whether commands can be sent to it through Azure
 * @param otherTenantId the directory of its identities; empty if it is the subscription's, or it has none of its own
 * @param entra whether Microsoft Entra ID says who may do what in it
 */
public record ClusterInfo(
        String id,
        String name,
        String resourceGroup,
        String location,
        String version,
        boolean running,
        Optional<KubeletIdentity> kubelet,
        boolean servicePrincipal,
        boolean runCommand,
        Optional<String> otherTenantId,
        boolean entra,
        List<NodePool> pools) {

    public ClusterInfo {
        pools = List.copyOf(pools);
    }

    /**
     * @param id of its resource
     * @param principalId its object id in the directory
     */
    public record KubeletIdentity(String id, String principalId) {}

    /**
     * Nodes that are alike.
     *
     * @param count how many there are now; 0 where they are added when they are needed
     */
    public record NodePool(String name, boolean linux, int count) {}

    /** Why a cluster cannot be set up, the first of what stands in the way. */
    public enum Hindrance {
        /** Its identities are in another directory than the subscription, which was moved. */
        ELSEWHERE,
        SERVICE_PRINCIPAL,
        NO_KUBELET,
        STOPPED,
        NO_RUN_COMMAND,
        /** No Linux node pool has a node. */
        NO_LINUX
    }

    /** What stands in the way of a setup; empty: nothing that can be seen here. */
    public Optional<Hindrance> hindrance() {
        if (otherTenantId.isPresent()) {
            return Optional.of(Hindrance.ELSEWHERE);
        }
        if (servicePrincipal) {
            return Optional.of(Hindrance.SERVICE_PRINCIPAL);
        }
        if (kubelet.isEmpty()) {
            return Optional.of(Hindrance.NO_KUBELET);
        }
        if (!running) {
            return Optional.of(Hindrance.STOPPED);
        }
        if (!runCommand) {
            return Optional.of(Hindrance.NO_RUN_COMMAND);
        }
        return linuxPools().isEmpty() ? Optional.of(Hindrance.NO_LINUX) : Optional.empty();
    }

    /** The Linux pools that have a node. */
    public List<NodePool> linuxPools() {
        return pools.stream().filter(pool -> pool.linux() && pool.count() > 0).toList();
    }
}
