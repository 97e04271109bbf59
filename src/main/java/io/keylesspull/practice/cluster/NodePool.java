package io.keylesspull.practice.cluster;

import java.util.List;

/**
 * Nodes that are alike.
 *
 * @param count how many there are
 * @param taints such as {@code sku=gpu:NoSchedule}: only pods that tolerate them run there
 */
public record NodePool(String name, boolean linux, int count, List<String> taints) {

    public NodePool {
        taints = List.copyOf(taints);
    }

    /** The name of its first node. */
    String node() {
        return "aks-" + name + "-12345678-vmss000000";
    }
}
