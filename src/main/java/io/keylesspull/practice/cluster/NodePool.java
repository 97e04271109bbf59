package io.keylesspull.practice.cluster;

/**
 * Nodes that are alike.
 *
 * @param count how many there are
 */
public record NodePool(String name, boolean linux, int count) {

    /** The name of its first node. */
    String node() {
        return "aks-" + name + "-12345678-vmss000000";
    }
}
