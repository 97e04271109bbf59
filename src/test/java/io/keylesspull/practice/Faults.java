package io.keylesspull.practice;

import io.keylesspull.practice.arm.ArmFaults;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.cluster.ClusterFaults;
import io.keylesspull.practice.directory.TokenFaults;
import io.keylesspull.practice.fault.Fault;
import io.keylesspull.practice.machine.ssh.MachineFaults;
import io.keylesspull.practice.registry.RegistryImage;
import io.keylesspull.practice.wire.HttpFaults;
import io.keylesspull.time.Time;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Makes things go wrong in a practice cloud, on demand and at any time while it runs. Each fault counts how often it
 * has struck, and can be removed ({@link Fault}). Safe for use by many threads.
 */
public final class Faults {

    private final HttpFaults http = new HttpFaults();
    private final ArmFaults arm = new ArmFaults();
    private final TokenFaults tokens = new TokenFaults();
    private final MachineFaults machines = new MachineFaults();
    private final ClusterFaults clusters = new ClusterFaults();
    private PracticeCloud cloud;

    /** Starts the one practice cloud that has these faults. Must be called before any of them is set. */
    public PracticeCloud start(Pace pace, Time time, RandomGenerator random) {
        cloud = PracticeCloud.start(pace, time, random, new Hooks(http, tokens, arm, machines, clusters));
        arm.strike(cloud.controlPlane());
        return cloud;
    }

    /** Says how many machines there are in the subscription "Many machines", before anybody has looked into it. */
    public void manyMachines(int number) {
        cloud.manyMachines(number);
    }

    /** Faults of requests to the control plane, the directory and the registries. */
    public HttpFaults http() {
        return http;
    }

    /** Faults of resources, operations, roles, locks, policies and quota. */
    public ArmFaults arm() {
        return arm;
    }

    /**
     * Puts an image with a digest of its own into a registry. @param host such as {@code practiceclassic.azurecr.io}
     */
    public void image(String host, String repository, String tag) {
        cloud.imageStore().seed(new RegistryImage(host, repository, tag));
    }

    /** Faults of the directory's tokens. */
    public TokenFaults tokens() {
        return tokens;
    }

    /** What refuses pods in the clusters, or holds their namespaces. */
    public ClusterFaults clusters() {
        return clusters;
    }

    /** Faults of SSH and of commands. {@link PracticeCloud#machine} changes one machine from inside. */
    public MachineFaults machines() {
        return machines;
    }

    /** Refuses new HTTP connections and resets the open ones, until the fault is removed. */
    public Fault refuseConnections() {
        return http.refuseConnections(cloud.server());
    }

    /**
     * Makes the clock behind the header {@code Date} wrong.
     *
     * @param ahead by how much it is fast; negative if it is slow
     */
    public Fault skewClock(Duration ahead) {
        return http.skewClock(ahead);
    }
}
