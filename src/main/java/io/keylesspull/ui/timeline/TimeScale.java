package io.keylesspull.ui.timeline;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;

/** The marks on a time axis, in seconds, minutes or hours as people count them. */
final class TimeScale {

    private static final List<Duration> STEPS = List.of(
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(15),
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofMinutes(2),
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            Duration.ofMinutes(15),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(2),
            Duration.ofHours(6),
            Duration.ofHours(24));

    private TimeScale() {}

    /** From zero on, at equal distances. @param most how many marks there may be, if the time is below a month */
    static List<Duration> marks(Duration whole, int most) {
        Duration step = STEPS.stream()
                .filter(each -> whole.dividedBy(each) < most)
                .findFirst()
                .orElse(STEPS.get(STEPS.size() - 1));
        return LongStream.rangeClosed(0, whole.dividedBy(step))
                .mapToObj(step::multipliedBy)
                .toList();
    }
}
