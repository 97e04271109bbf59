package io.keylesspull.practice;

import io.keylesspull.practice.arm.ArmFaults;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.directory.TokenFaults;
import io.keylesspull.practice.fault.Fault;
import io.keylesspull.practice.machine.ssh.MachineFaults;
import io.keylesspull.practice.wire.HttpFaults;
import io.keylesspull.time.Time;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * What goes wrong in a practice cloud, on demand and at any time while it runs. Whatever is set counts how often it has
 * struck, and can be removed ({@link Fault}). Until then nothing is different. Safe for use by many threads.
 */
public final class Faults {

    private final HttpFaults http = new HttpFaults();
    private final ArmFaults arm = new ArmFaults();
    private final TokenFaults tokens = new TokenFaults();
    private final MachineFaults machines = new MachineFaults();
    private PracticeCloud cloud;

    /** Starts the one practice cloud that has these faults. Must be called before any of them is set. */
    public PracticeCloud start(Pace pace, Time time, RandomGenerator random) {
        cloud = PracticeCloud.start(pace, time, random, new Hooks(http, tokens, arm, machines));
        arm.strike(cloud.controlPlane());
        return cloud;
    }

    /** With requests to the control plane, the directory and the registries. */
    public HttpFaults http() {
        return http;
    }

    /** With resources, operations, roles, locks, policies and quota. */
    public ArmFaults arm() {
        return arm;
    }

    /** With what the directory issues. */
    public TokenFaults tokens() {
        return tokens;
    }

    /** With SSH and with commands. What is done to one machine alone, {@link PracticeCloud#machine} does. */
    public MachineFaults machines() {
        return machines;
    }

    /** From now on HTTP connections are refused, and those there are, are reset, until the fault is removed. */
    public Fault refuseConnections() {
        return http.refuseConnections(cloud.door());
    }

    /** The clock behind the header {@code Date} is fast. @param ahead by how much; negative if it is slow */
    public Fault skewClock(Duration ahead) {
        return http.skewClock(ahead);
    }
}
