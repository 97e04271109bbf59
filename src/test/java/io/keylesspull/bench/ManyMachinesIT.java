package io.keylesspull.bench;

import io.keylesspull.engine.event.RunEvent.RunResult;
import io.keylesspull.setup.session.Session;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many machines in one request: time, memory and requests, beside those for one. */
class ManyMachinesIT {

    private static final List<Integer> COUNTS = List.of(1, 10, 50);
    private static final double MOST_HEAP = 512;

    @TempDir
    private Path folder;

    /** @param virtual seconds on the practice cloud's clock @param wall seconds on this computer's */
    private record Run(double virtual, double wall, double mostHeap, double heapAfter, int requests, int polling) {}

    @Test
    void manyMachinesTakeLittleMoreThanOne() throws Exception {
        try (PracticeWorld world = new PracticeWorld(folder)) {
            List<String> fleet = new Fleet(world)
                    .launch(1 + COUNTS.stream().mapToInt(Integer::intValue).sum());
            // Classes are loaded and code is compiled by the first run, whose figures do not count.
            setUp(world, fleet.subList(0, 1), "warm");
            Map<Integer, Run> runs = new LinkedHashMap<>();
            int from = 1;
            for (int count : COUNTS) {
                runs.put(count, setUp(world, fleet.subList(from, from + count), "id" + count));
                from += count;
            }
            Run one = runs.get(1);
            Run most = runs.get(50);
            Section section = new Section(2, "Many machines")
                    .note("Machines that exist and have nothing on them, in one request, with a new identity and at "
                            + "most " + PracticeWorld.MACHINES_AT_ONCE + " machine steps at once. One process holds "
                            + "the program, the practice cloud and all of its " + fleet.size() + " machines with their "
                            + "SSH servers, in a heap that is limited to "
                            + (Runtime.getRuntime().maxMemory() >> 20) + " MB.")
                    .ratio(Ratio.atMost("virtual time, 50 machines ÷ one", 1.5, runs.get(50).virtual / one.virtual))
                    .ratio(Ratio.atMost(
                            "heap for 50 machines, most in use after a collection, MB", MOST_HEAP, most.mostHeap))
                    .ratio(Ratio.atMost(
                            "requests to Azure per machine without polling, 50 machines ÷ one",
                            1,
                            most.requests / 50.0 / one.requests))
                    .ratio(Ratio.atMost(
                            "requests for each further machine, 50 machines ÷ 10",
                            1,
                            further(most, one, 50) / further(runs.get(10), one, 10)));
            List<List<String>> rows = new ArrayList<>();
            runs.forEach((count, run) -> rows.add(List.of(
                    String.valueOf(count),
                    Report.number(run.virtual),
                    Report.number(run.wall),
                    Report.number(run.mostHeap),
                    Report.number(run.heapAfter),
                    String.valueOf(run.requests),
                    Report.number((double) run.requests / count),
                    String.valueOf(run.polling))));
            Report.add(section.table(new Section.Table(
                    "By number of machines",
                    List.of(
                            "machines",
                            "virtual time, s",
                            "wall time, s",
                            "heap, most after a collection, MB",
                            "heap after the run, MB",
                            "requests without polling",
                            "per machine",
                            "polling"),
                    rows)));
        }
    }

    private static double further(Run run, Run one, int count) {
        return (double) (run.requests - one.requests) / (count - 1);
    }

    private static Run setUp(PracticeWorld world, List<String> machines, String identity) throws Exception {
        String setup = """
                {"version": 1, "location": "japaneast", "resourceGroup": {"name": "practiceMachines", "create": false},
                 "registry": {"name": "practiceclassic", "create": false, "resourceGroup": "practiceRegistries"},
                 "image": "aci-helloworld:v1", "identity": {"kind": "user-assigned", "name": "%s"},
                 "machines": [%s]}""".formatted(
                identity,
                machines.stream().map(name -> """
                {"name": "%s", "create": false,
                "resourceGroup": "%s"}""".formatted(name, Fleet.GROUP)).collect(Collectors.joining(",")));
        HeapWatch.inUse();
        world.requests().reset();
        long begun = System.nanoTime();
        try (HeapWatch heap = new HeapWatch()) {
            Session session = world.session();
            Timeline timeline = new Timeline();
            RunResult result =
                    session.start(world.request(setup), timeline).result().get();
            if (result != RunResult.SUCCEEDED) {
                throw new IllegalStateException(timeline.problems().toString());
            }
            double wall = (System.nanoTime() - begun) / 1e9;
            double after = HeapWatch.inUse();
            return new Run(
                    timeline.total().toMillis() / 1000.0,
                    wall,
                    Math.max(after, heap.most()),
                    after,
                    world.requests().withoutPolling(),
                    world.requests().polling());
        }
    }
}
