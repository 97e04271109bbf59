package io.keylesspull.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the program as a whole does with each fault: what is read, whether and how long it is tried again, what is left
 * behind, and that undoing removes it. Writes what it saw to {@code target/faults.md}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultTableTest {

    /** Set by the profile that also kills the program. */
    private static final boolean SLOW_TOO = Boolean.getBoolean("faults.slow");

    private static final Map<String, List<Row>> TABLE = table();

    private final Map<Row, Seen> seen = new HashMap<>();
    private World world;

    @TempDir
    private static Path folder;

    private static Map<String, List<Row>> table() {
        Map<String, List<Row>> table = new LinkedHashMap<>();
        table.put("Requests to Azure", RequestRows.rows());
        table.put("Signing in", SignInRows.rows());
        table.put("What Azure refuses, takes its time for, or loses", AzureRows.rows());
        table.put("Machines and the way to them", MachineRows.rows());
        table.put("Machines that are reached by Run Command", RunCommandRows.rows());
        table.put("Machines whose user gets the key by Run Command", AddedKeyRows.rows());
        table.put("Machines that only a jump host reaches", JumpHostRows.rows());
        table.put("New machines behind a NAT gateway", GatewayRows.rows());
        table.put("Many machines, to which Azure hands scripts", ManyRows.rows());
        table.put("New scale sets", ScaleSetRows.rows());
        table.put("Clusters", ClusterRows.rows());
        table.put("Between a machine, its identity and the registry", AccessRows.rows());
        table.put("This computer's disk", DiskRows.rows());
        table.put("While a run is undone", UndoRows.rows());
        table.put("While a run is undone, and Azure is busy, or late to know what there is", BusyRows.rows());
        return table;
    }

    static Stream<Row> rows() {
        return TABLE.values().stream().flatMap(List::stream).filter(row -> SLOW_TOO || !row.slow());
    }

    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void eachFaultIsMetAsTheTableSays(Row row) throws IOException {
        Seen met = meet(row);
        seen.put(row, met);
        assertThat(met.toString()).matches(new Expected(row.seen())::isMetBy, row.seen());
    }

    private Seen meet(Row row) throws IOException {
        if (world == null || !world.isFitFor(row.setup())) {
            leave();
            world = new World(row.setup(), Files.createTempDirectory(folder, "world"));
        }
        return world.meet(row);
    }

    private void leave() {
        if (world != null) {
            world.close();
            world = null;
        }
    }

    @AfterAll
    void writesTheTable() throws IOException {
        leave();
        FaultTable written = new FaultTable();
        TABLE.forEach((title, rows) -> {
            written.heading(title);
            rows.forEach(row -> {
                if (seen.containsKey(row)) {
                    written.row(row, seen.get(row));
                } else {
                    written.notRun(row);
                }
            });
        });
        Files.writeString(Path.of("target", "faults.md"), written.toString());
    }
}
