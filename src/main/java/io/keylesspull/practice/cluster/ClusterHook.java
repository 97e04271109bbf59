package io.keylesspull.practice.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * Lets tests install in the clusters what refuses pods or holds namespaces. In the product it does nothing:
 * {@link #NONE}. Called by many threads.
 */
public interface ClusterHook {

    ClusterHook NONE = new ClusterHook() {};

    /** Why an admission webhook does not admit a pod, in its words; empty if it does. */
    default Optional<String> denial(JsonNode pod) {
        return Optional.empty();
    }

    /** The finalizer that a controller has put on all namespaces and does not remove; empty if there is none. */
    default Optional<String> finalizer() {
        return Optional.empty();
    }
}
