package io.keylesspull.setup.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryLimitsTest {

    @ParameterizedTest
    @CsvSource({
        "1, Basic, 0",
        "2, Basic, 1",
        "3, Standard, 1",
        "25, Basic, 4",
        "500, Basic, 78",
        "1000, Basic, 156",
        "1000, standard, 156",
        "1000, Premium, 78"
    })
    void manyFirstPullsAreSpreadUntilTheRegistryThrottlesNone(int pulls, String sku, int seconds) {
        assertThat(RegistryLimits.spread(pulls, sku)).hasSeconds(seconds);
        // What is sent in each minute of the spread stays below what the registry answers.
        double minutes = Math.max(1, seconds / 60.0);
        assertThat(pulls * 13 / minutes).isLessThanOrEqualTo(sku.equals("Premium") ? 10_100 : 5_050);
    }

    @ParameterizedTest
    @CsvSource({"25, Basic, 0", "190, Basic, 0", "300, Basic, 1", "400, Basic, 2", "1000, Basic, 3", "1000, Premium, 2"
    })
    void theLeastTimeIsToldInWholeMinutesAboveHalfOfOne(int pulls, String sku, long minutes) {
        assertThat(RegistryLimits.leastMinutes(pulls, sku)).isEqualTo(minutes);
    }
}
