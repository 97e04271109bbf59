package io.keylesspull.practice.arm;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.clock.Pace;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ThrottleTest {

    @Test
    void twoHundredAndFiftyReadsAtOnceAndTwentyFiveEachSecondAreLet() {
        MachineCloud cloud = new MachineCloud(Pace.REALISTIC);
        cloud.time.sleep(Duration.ofMinutes(1));

        assertThat(reads(cloud, 250)).containsOnly(200);
        assertThat(reads(cloud, 1)).containsOnly(429);

        cloud.time.sleep(Duration.ofSeconds(1));
        assertThat(reads(cloud, 25)).containsOnly(200);
        assertThat(reads(cloud, 1)).containsOnly(429);
    }

    @Test
    void nothingIsThrottledWhereNothingTakesTime() {
        assertThat(reads(new MachineCloud(Pace.INSTANT), 1000)).containsOnly(200);
    }

    private static Stream<Integer> reads(MachineCloud cloud, int count) {
        return IntStream.range(0, count)
                .mapToObj(i ->
                        cloud.send("GET", MachineCloud.GROUP, Json.object()).status());
    }
}
