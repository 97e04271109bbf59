package io.keylesspull.setup.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.setup.fleet.ControlPlaneLimits.Bucket;
import io.keylesspull.time.Time;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PacerTest {

    /** Nobody else waits for it. */
    private static final class OwnTime implements Time {
        private Instant now = Instant.EPOCH;

        @Override
        public Instant now() {
            return now;
        }

        @Override
        public void sleep(Duration duration) {
            now = now.plus(duration);
        }
    }

    private final OwnTime time = new OwnTime();
    private final Pacer pacer = new Pacer();

    /** As Azure counts. @return whether the bucket has never been empty */
    private boolean staysWithin(Bucket bucket, int requests) throws InterruptedException {
        double tokens = bucket.size();
        Instant last = time.now();
        for (int i = 0; i < requests; i++) {
            pacer.await(time, bucket, "", 1);
            double back = (double) Duration.between(last, time.now()).toNanos()
                    / bucket.period().toNanos();
            tokens = Math.min(bucket.size(), tokens + back * bucket.refill()) - 1;
            last = time.now();
            if (tokens < 0) {
                return false;
            }
        }
        return true;
    }

    @Test
    void noBucketIsEverEmpty() throws InterruptedException {
        assertThat(staysWithin(ControlPlaneLimits.WRITES, 1000)).isTrue();
        assertThat(staysWithin(ControlPlaneLimits.READS, 3000)).isTrue();
        assertThat(staysWithin(ControlPlaneLimits.MACHINE_UPDATES, 3000)).isTrue();
    }

    @Test
    void aThousandWritesTakeLittleMoreThanTheyMust() throws InterruptedException {
        staysWithin(ControlPlaneLimits.WRITES, 1000);

        assertThat(Duration.between(Instant.EPOCH, time.now()))
                .isBetween(ControlPlaneLimits.WRITES.least(1000), Duration.ofSeconds(95));
    }

    @Test
    void whatIsTakenTogetherCountsAsOften() throws InterruptedException {
        pacer.await(time, ControlPlaneLimits.WRITES, "", 180);
        assertThat(time.now()).isEqualTo(Instant.EPOCH);
        pacer.await(time, ControlPlaneLimits.WRITES, "", 90);
        assertThat(time.now()).isEqualTo(Instant.EPOCH.plusSeconds(10));
    }

    @Test
    void whatWasSentWithoutAskingCountsToo() throws InterruptedException {
        pacer.sent(ControlPlaneLimits.WRITES, "", 180);
        pacer.await(time, ControlPlaneLimits.WRITES, "", 90);

        assertThat(time.now()).isEqualTo(Instant.EPOCH.plusSeconds(10));
    }

    @Test
    void whoeverWaitsGoesOnWithTheOthersOfThatSecond() throws InterruptedException {
        pacer.await(time, ControlPlaneLimits.WRITES, "", 181);

        assertThat(time.now()).isEqualTo(Instant.EPOCH.plusSeconds(1));
    }

    @Test
    void anotherRegionHasAnotherBucket() throws InterruptedException {
        pacer.await(time, ControlPlaneLimits.WRITES, "japaneast", 180);
        pacer.await(time, ControlPlaneLimits.WRITES, "japanwest", 180);

        assertThat(time.now()).isEqualTo(Instant.EPOCH);
    }
}
