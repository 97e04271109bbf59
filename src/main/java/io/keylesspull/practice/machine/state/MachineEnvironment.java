package io.keylesspull.practice.machine.state;

import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.wire.HttpService;
import io.keylesspull.time.Time;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** What a machine shares with all others: the pace and the clock, the network, randomness. */
public record MachineEnvironment(Pace pace, Time time, HttpService internet, RandomGenerator random) {

    /**
     * Waits as long as this takes in Azure, at the cloud's pace. Notices an interrupt even if that is no time at all.
     */
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
