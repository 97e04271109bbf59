package io.keylesspull.practice;

import io.keylesspull.practice.arm.ArmFaults;
import io.keylesspull.practice.directory.TokenFaults;
import io.keylesspull.practice.fault.Fault;
import io.keylesspull.practice.machine.ssh.MachineFaults;
import io.keylesspull.practice.wire.FrontDoor;
import io.keylesspull.practice.wire.HttpFaults;
import java.time.Duration;

/**
 * What goes wrong in a practice cloud, on demand and at any time while it runs. Whatever is set tells how often it has
 * struck, and can be taken back ({@link Fault}). Without any, nothing is different. Safe for use by many threads.
 */
public final class Faults {

    private final HttpFaults http;
    private final ArmFaults arm;
    private final TokenFaults tokens;
    private final MachineFaults machines;
    private final FrontDoor door;

    Faults(HttpFaults http, ArmFaults arm, TokenFaults tokens, MachineFaults machines, FrontDoor door) {
        this.http = http;
        this.arm = arm;
        this.tokens = tokens;
        this.machines = machines;
        this.door = door;
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
        return door.refuseConnections();
    }

    /** The clock behind the header {@code Date} is fast. @param ahead by how much; negative where it is slow */
    public Fault skewClock(Duration ahead) {
        return door.skewClock(ahead);
    }
}
