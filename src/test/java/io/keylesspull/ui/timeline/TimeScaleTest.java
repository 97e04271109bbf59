package io.keylesspull.ui.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimeScaleTest {

    @Test
    void marksAreRoundAndNoMoreThanFit() {
        assertThat(TimeScale.marks(Duration.ofSeconds(7), 5))
                .containsExactly(Duration.ZERO, Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(6));
        assertThat(TimeScale.marks(Duration.ofMinutes(12), 4))
                .containsExactly(Duration.ZERO, Duration.ofMinutes(5), Duration.ofMinutes(10));
        assertThat(TimeScale.marks(Duration.ofHours(30), 3)).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void noTimeHasOneMark() {
        assertThat(TimeScale.marks(Duration.ZERO, 5)).containsExactly(Duration.ZERO);
    }
}
