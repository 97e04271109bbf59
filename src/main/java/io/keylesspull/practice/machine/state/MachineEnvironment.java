package io.keylesspull.practice.machine.state;

import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.wire.HttpService;
import io.keylesspull.time.Time;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** What is around a machine: how fast time goes, and what can be reached from it. */
public record MachineEnvironment(Pace pace, Time time, HttpService internet, RandomGenerator random) {

    /** Takes as long as that takes in Azure, at the world's pace; an interrupt is noticed even at no time at all. */
    public void spend(Duration inAzure) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        Duration scaled = pace.of(inAzure);
        if (!scaled.isZero()) {
            time.sleep(scaled);
        }
    }
}
