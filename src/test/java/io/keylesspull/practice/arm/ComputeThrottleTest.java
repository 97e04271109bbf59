package io.keylesspull.practice.arm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.clock.Pace;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Figures: Microsoft Learn, "Compute throttling limits". */
class ComputeThrottleTest {

    private static final String ONE = MachineCloud.MACHINES + "/one";
    private static final String TWO = MachineCloud.MACHINES + "/two";

    private final MachineCloud cloud = new MachineCloud(Pace.REALISTIC);

    @BeforeEach
    void machines() {
        cloud.nic("nic2");
        cloud.ok("PUT", ONE, MachineCloud.wanted("nic"));
        cloud.ok("PUT", TWO, MachineCloud.wanted("nic2"));
        cloud.time.sleep(Duration.ofHours(1));
    }

    @Test
    void aMachineIsUpdatedTwelveTimesAtOnceAndFourTimesAMinute() {
        assertThat(updates(ONE, 12)).doesNotContain(429);
        MachineCloud.Answer refused = update(ONE);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.code()).isEqualTo("OperationNotAllowed");
        assertThat(refused.body().at("/error/details/0/target").asText()).isEqualTo("UpdateVM");
        assertThat(refused.headers()).containsEntry("Retry-After", "15");

        // Another machine has a bucket of its own.
        assertThat(updates(TWO, 1)).doesNotContain(429);

        cloud.time.sleep(Duration.ofSeconds(15));
        assertThat(updates(ONE, 1)).doesNotContain(429);
        assertThat(updates(ONE, 1)).containsOnly(429);
    }

    @Test
    void aMachineIsReadThirtySixTimesAtOnceAndTwelveTimesAMinute() {
        assertThat(reads(ONE, 36)).containsOnly(200);
        assertThat(reads(ONE + "/instanceView", 1)).containsOnly(429);

        cloud.time.sleep(Duration.ofSeconds(5));
        assertThat(reads(ONE, 1)).containsOnly(200);
    }

    @Test
    void theOperationsOfAMachineAreAskedAbout45TimesAtOnce() {
        String status = update(ONE).headers().get("Azure-AsyncOperation");
        String other = update(TWO).headers().get("Azure-AsyncOperation");

        assertThat(IntStream.range(0, 45).mapToObj(i -> asked(status))).containsOnly(200);
        assertThat(asked(status)).isEqualTo(429);
        assertThat(asked(other)).isEqualTo(200);
    }

    @Test
    void aScaleSetHasBucketsOfItsOwn() {
        String set = MachineCloud.GROUP + "/providers/Microsoft.Compute/virtualMachineScaleSets/fleet";
        cloud.ok("PUT", set, withoutInstances());
        cloud.time.sleep(Duration.ofHours(1));

        assertThat(reads(set, 36)).containsOnly(200);
        MachineCloud.Answer refused = cloud.send("GET", set, Json.object());
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.body().at("/error/details/0/target").asText()).isEqualTo("GetVMScaleSet");
        assertThat(refused.headers()).containsEntry("Retry-After", "5");
        assertThat(reads(ONE, 36)).as("a machine's are not touched").containsOnly(200);
        cloud.time.sleep(Duration.ofMinutes(10));

        assertThat(IntStream.range(0, 12).mapToObj(i -> changed(set))).doesNotContain(429);
        assertThat(changed(set)).isEqualTo(429);
        assertThat(updates(ONE, 12)).doesNotContain(429);
    }

    private int changed(String set) {
        ObjectNode body = Json.object();
        body.putObject("tags").put("changed", cloud.time.now().toString());
        return cloud.send("PATCH", set, body).status();
    }

    private static ObjectNode withoutInstances() {
        ObjectNode body = Json.object().put("location", "japaneast");
        body.putObject("properties").put("orchestrationMode", "Flexible").put("platformFaultDomainCount", 1);
        return body;
    }

    @Test
    void nothingIsThrottledWhereNothingTakesTime() {
        MachineCloud instant = new MachineCloud(Pace.INSTANT);
        instant.ok("PUT", ONE, MachineCloud.wanted("nic"));

        assertThat(IntStream.range(0, 100)
                        .mapToObj(i -> instant.send("GET", ONE, Json.object()).status()))
                .containsOnly(200);
    }

    private int asked(String status) {
        return cloud.sendTo("GET", status, Json.object()).status();
    }

    private MachineCloud.Answer update(String machine) {
        return cloud.send("POST", machine + "/restart", Json.object());
    }

    private Stream<Integer> updates(String machine, int count) {
        return IntStream.range(0, count).mapToObj(i -> update(machine).status());
    }

    private Stream<Integer> reads(String path, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> cloud.send("GET", path, Json.object()).status());
    }
}
