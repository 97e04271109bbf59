package io.keylesspull.bench;

import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.session.Session;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How long the review and the checks take for many machines, beside one. */
@Timeout(300)
class PreflightIT {

    /** What a read of Azure Resource Manager takes at a usual distance. */
    private static final Duration LATENCY = Duration.ofMillis(250);

    /** Nobody looks again at once; what Azure has counted is forgotten by then. */
    private static final Duration BETWEEN = Duration.ofMinutes(1);

    private static final int MANY = 50;

    @TempDir
    private Path folder;

    /** @param review seconds on the practice cloud's clock @param check the same, of {@code --check} */
    private record Looked(double review, int requests, double check) {}

    @Test
    void fiftyMachinesAreCheckedInTwiceTheTimeOfOne() throws Exception {
        try (PracticeWorld world = new PracticeWorld(folder)) {
            List<String> fleet = new Fleet(world).launch(MANY);
            int before = world.throttled();
            world.answerAfter(LATENCY);
            Map<Integer, Looked> looked = new LinkedHashMap<>();
            for (int count : List.of(1, MANY)) {
                looked.put(count, look(world, fleet.subList(0, count)));
            }
            Looked one = looked.get(1);
            Looked many = looked.get(MANY);
            Report.add(new Section(8, "Checks before a run")
                    .note("Existing machines in one request, a new identity, an existing registry. Every request "
                            + "takes " + LATENCY.toMillis() + " ms, operations as long as in Azure, and the practice "
                            + "cloud throttles as Azure does.")
                    .ratio(Ratio.atMost("virtual time of the review, 50 machines ÷ one", 2, many.review / one.review))
                    .ratio(Ratio.atMost("virtual time of `--check`, 50 machines ÷ one", 1.6, many.check / one.check))
                    .ratio(Ratio.atMost("requests that were throttled", 0, world.throttled() - before))
                    .table(new Section.Table(
                            "By number of machines",
                            List.of("machines", "review, s", "requests of the review", "`--check`, s"),
                            looked.entrySet().stream()
                                    .map(entry -> List.of(
                                            String.valueOf(entry.getKey()),
                                            Report.number(entry.getValue().review),
                                            String.valueOf(entry.getValue().requests),
                                            Report.number(entry.getValue().check)))
                                    .toList())));
        }
    }

    private static Looked look(PracticeWorld world, List<String> machines) throws Exception {
        String existing = machines.stream()
                .map(name ->
                        "{\"name\": \"%s\", \"create\": false, \"resourceGroup\": \"%s\"}".formatted(name, Fleet.GROUP))
                .collect(Collectors.joining(","));
        SetupRequest request = world.request("""
                {"version": 1, "location": "japaneast", "resourceGroup": {"name": "practiceMachines", "create": false},
                 "registry": {"name": "practiceclassic", "create": false, "resourceGroup": "practiceRegistries"},
                 "image": "aci-helloworld:v1", "identity": {"kind": "user-assigned", "name": "checked"},
                 "machines": [%s]}""".formatted(existing));
        Session session = world.session();
        world.time().pass(BETWEEN);
        world.requests().reset();
        Instant begun = world.time().now();
        if (session.review(request).blocked()) {
            throw new IllegalStateException("the review says that the run would fail");
        }
        double review = seconds(begun, world);
        int requests = world.requests().withoutPolling();
        world.time().pass(BETWEEN);
        begun = world.time().now();
        session.check(request);
        return new Looked(review, requests, seconds(begun, world));
    }

    private static double seconds(Instant begun, PracticeWorld world) {
        return Duration.between(begun, world.time().now()).toMillis() / 1000.0;
    }
}
