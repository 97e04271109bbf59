package io.keylesspull.setup.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlPlaneLimitsTest {

    /** 60 are within all buckets; 1,000 need (3,000 - 1,500) / 500 minutes for what changes machines. */
    @ParameterizedTest
    @CsvSource({"51, 1", "60, 1", "500, 1", "800, 2", "1000, 3"})
    void manyMachinesTakeAtLeastWhatTheBucketsLetThrough(int machines, long minutes) {
        assertThat(ControlPlaneLimits.leastMinutes(machines)).isEqualTo(minutes);
    }

    @Test
    void whatFitsIntoABucketTakesNoTime() {
        assertThat(ControlPlaneLimits.WRITES.least(200)).isZero();
        assertThat(ControlPlaneLimits.WRITES.least(1000)).isEqualTo(Duration.ofSeconds(80));
        assertThat(ControlPlaneLimits.MACHINE_UPDATES.least(3000)).isEqualTo(Duration.ofMinutes(3));
    }

    @ParameterizedTest
    @CsvSource({"100, 800", "4000, 800", "12000, 327", "5000000, 1"})
    void aTemplateTakesNoMoreThanItsNumberAndItsSizeAllow(int bytes, int resources) {
        assertThat(ControlPlaneLimits.resourcesOfATemplate(bytes)).isEqualTo(resources);
    }
}
