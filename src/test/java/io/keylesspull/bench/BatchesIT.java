package io.keylesspull.bench;

import io.keylesspull.engine.event.RunEvent.RunResult;
import io.keylesspull.practice.ManyMachinesSetup;
import io.keylesspull.setup.session.Session;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * More existing machines than are set up one by one: Azure hands a script to each. Measured on two cores that others
 * used, too: 232 s of virtual time in less than five minutes, 437 MB of heap, 5.4 requests a machine, of which one is a
 * poll, none refused.
 */
class BatchesIT {

    private static final int MACHINES = 1_000;
    private static final double MOST_SECONDS = 360;
    private static final double MOST_HEAP = 1024;
    private static final double MOST_REQUESTS = 6;

    @TempDir
    private Path folder;

    @Test
    void aThousandMachinesKeepWithinWhatAzureLetsThrough() throws Exception {
        try (PracticeWorld world = new PracticeWorld(folder)) {
            world.manyMachines(MACHINES);
            String machines = ManyMachinesSetup.machines(MACHINES);
            String setup = """
                    {"version": 1, "subscription": "Many machines", "location": "japaneast",
                     "resourceGroup": {"name": "myResourceGroup", "create": true},
                     "registry": {"name": "myContainerRegistry", "create": true, "sku": "Premium",
                                  "importSample": true},
                     "image": "aci-helloworld:v1", "azureCli": false,
                     "identity": {"kind": "user-assigned", "name": "myACRId"}, "machines": [%s]}
                    """.formatted(machines);
            HeapWatch.inUse();
            world.requests().reset();
            long begun = System.nanoTime();
            try (HeapWatch heap = new HeapWatch()) {
                Session session = world.session();
                Timeline timeline = new Timeline();
                RunResult result =
                        session.start(world.request(setup), timeline).result().get();
                if (result != RunResult.SUCCEEDED) {
                    throw new IllegalStateException(
                            timeline.problems().stream().limit(5).toList().toString());
                }
                double wall = (System.nanoTime() - begun) / 1e9;
                double mostHeap = Math.max(HeapWatch.inUse(), heap.most());
                double requests = (double) (world.requests().withoutPolling()
                                + world.requests().polling())
                        / MACHINES;
                List<List<String>> rows = new ArrayList<>();
                world.requests().byKind().forEach((kind, count) -> rows.add(List.of(kind, String.valueOf(count))));
                rows.add(List.of("polling", String.valueOf(world.requests().polling())));
                Report.add(new Section(10, "A thousand machines in batches")
                        .note("Existing machines with nothing on them, each set up by one script that Azure hands out. "
                                + "One process holds the program, the practice cloud and its machines. Wall time: "
                                + Report.number(wall) + " s.")
                        .ratio(Ratio.atMost(
                                "virtual time, s",
                                MOST_SECONDS,
                                timeline.total().toMillis() / 1000.0))
                        .ratio(Ratio.atMost("heap, most in use after a collection, MB", MOST_HEAP, mostHeap))
                        .ratio(Ratio.atMost(
                                "requests to Azure per machine, polling among them", MOST_REQUESTS, requests))
                        .ratio(Ratio.atMost("requests that Azure refused as too many", 0, world.throttled()))
                        .table(new Section.Table("Requests by kind", List.of("kind", "requests"), rows)));
            }
        }
    }
}
