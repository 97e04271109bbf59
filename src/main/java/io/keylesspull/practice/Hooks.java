package io.keylesspull.practice;

import io.keylesspull.practice.arm.core.ArmHook;
import io.keylesspull.practice.cluster.ClusterHook;
import io.keylesspull.practice.directory.TokenHook;
import io.keylesspull.practice.machine.ssh.SshHook;
import io.keylesspull.practice.wire.HttpHook;

/** Lets tests make things go wrong in a practice cloud. */
record Hooks(HttpHook http, TokenHook tokens, ArmHook arm, SshHook ssh, ClusterHook clusters) {

    /** Nothing goes wrong. */
    static final Hooks NONE = new Hooks(HttpHook.NONE, TokenHook.NONE, ArmHook.NONE, SshHook.NONE, ClusterHook.NONE);
}
