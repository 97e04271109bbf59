package io.keylesspull.practice;

import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.machine.Hypervisor;
import io.keylesspull.practice.wire.HttpService;
import io.keylesspull.time.Time;
import java.util.Random;
import java.util.function.Function;

/** Practice clouds whose machines a test brings itself. */
public final class PracticeClouds {

    private PracticeClouds() {}

    /** @param hypervisor makes the machines, given what they reach by HTTP */
    public static PracticeCloud start(Pace pace, Time time, Function<HttpService, Hypervisor> hypervisor) {
        return new PracticeCloud(pace, time, new Random(7), Hooks.NONE, hypervisor);
    }
}
