package io.keylesspull.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.practice.PracticeCloud;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.time.Time;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SnapshotTest {

    private static final String BARE = "/subscriptions/%s/resourceGroups/practiceMachines/providers"
            + "/Microsoft.Compute/virtualMachines/practiceBare";

    @Test
    void twoCloudsAreTheSameUntilSomethingIsAnotherInOne() {
        try (PracticeCloud one = PracticeCloud.start(Pace.INSTANT, Time.system(), new Random(1));
                PracticeCloud other = PracticeCloud.start(Pace.INSTANT, Time.system(), new Random(2))) {
            assertThat(Snapshot.of(one).difference(Snapshot.of(other))).isEmpty();

            other.machine(BARE.formatted(other.subscriptionId())).putFile("/tmp/left", "behind");

            assertThat(Snapshot.of(one).difference(Snapshot.of(other)))
                    .containsExactly("+ practiceBare: file /tmp/left root 644 behind");
            assertThat(Snapshot.of(other).difference(Snapshot.of(one)))
                    .containsExactly("- practiceBare: file /tmp/left root 644 behind");
        }
    }

    /** As has happened: any letters can follow each other in a key. */
    @Test
    void aKeyThatHoldsWhatLooksLikeATokenIsAKey() {
        try (PracticeCloud one = PracticeCloud.start(Pace.INSTANT, Time.system(), new Random(1));
                PracticeCloud other = PracticeCloud.start(Pace.INSTANT, Time.system(), new Random(1))) {
            one.machine(BARE.formatted(one.subscriptionId())).putFile("/tmp/key.pub", "ssh-rsa AAAAB3NzaC1yc2E=");
            other.machine(BARE.formatted(other.subscriptionId()))
                    .putFile("/tmp/key.pub", "ssh-rsa AAAAeyJ" + "a".repeat(40) + "+B3NzaC1yc2E=");

            assertThat(Snapshot.of(one).difference(Snapshot.of(other))).isEmpty();
        }
    }
}
