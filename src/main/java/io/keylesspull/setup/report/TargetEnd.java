package io.keylesspull.setup.report;

import io.keylesspull.engine.event.Problem;
import java.util.List;

/** What a run came to for one of its targets. */
public sealed interface TargetEnd {

    /** What the run calls the target. */
    String target();

    /**
     * The pull is proven.
     *
     * @param image what was pulled
     * @param digest the same on the target and in the registry
     * @param pools of a cluster, the node pools that pulled; empty for any other target
     */
    record Proven(String target, String image, String digest, List<String> pools) implements TargetEnd {
        public Proven {
            pools = List.copyOf(pools);
        }
    }

    /** A step failed, of the target's own or a shared one that it needs. */
    record Failed(String target, Problem problem) implements TargetEnd {}

    /** The run was cancelled, or cut off, before the pull was proven. */
    record Unproven(String target) implements TargetEnd {}
}
