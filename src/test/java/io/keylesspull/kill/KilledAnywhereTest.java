package io.keylesspull.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.kill.HaltingWriter.Stop;
import io.keylesspull.practice.Pace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The program, killed by SIGKILL at a record of its journal, goes on from there, and the practice cloud is in the end as
 * after an unbroken run; and the same with undo. Each kill is a process of its own; the practice cloud lives on in this
 * one. By itself a build kills at every {@value #STRIDE}th record; {@code mvn -Pkill verify} kills at every one. How
 * often and where is printed, and written to {@code target/kill-points.txt}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledAnywhereTest {

    private static final int STRIDE = 30;
    private static final String[] RESUME = {"--resume", "last"};
    private static final String[] UNDO = {"--undo", "last", "--yes", "--restore-machines"};

    /**
     * What apt leaves of a package that it removes, until that is purged: its configuration; of docker.io the images'
     * folder and the group too. And what docker leaves of a user's configuration: a file without logins.
     */
    private static final Pattern REMAINS = Pattern.compile("\\+ practiceBare: (?:configuration of \\S+ \\S+"
            + "|directory /var/lib/docker root 710|group docker: "
            + "|directory /home/azureuser/.docker azureuser 700"
            + "|file /home/azureuser/.docker/config.json azureuser 600 \\{\\s*\"auths\": \\{}\\s*})");

    private final int stride = Integer.getInteger("kill.stride", STRIDE);
    private final KillPoints points = new KillPoints();
    private final ExecutorService atOnce = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    private Path folder;
    private ChildJvm jvm;

    @BeforeAll
    void prepare(@TempDir Path temporary) throws IOException, InterruptedException {
        folder = temporary;
        jvm = new ChildJvm(folder);
        try (Stage stage = stage("archive")) {
            stage.makeArchive(Example.USER_ASSIGNED);
        }
    }

    @AfterAll
    void tell() throws IOException {
        atOnce.shutdownNow();
        System.out.print(points.summary());
        points.write(Files.createDirectories(Path.of("target")).resolve("kill-points.txt"));
    }

    @ParameterizedTest
    @EnumSource
    void killedAtAnyRecordARunGoesOnAndEndsAsAnUnbrokenOneDoes(Example example) throws Exception {
        Unbroken unbroken = unbroken(example);
        sweep(example + ", set up", unbroken.records(), (stage, record) -> {
            List<String> journal = stage.killed(Stop.at(record), Duration.ZERO, "--run",
                    stage.setup(example.setup()));
            points.add(example + ", set up", journal);
            if (record < unbroken.records()) {
                stage.succeeds(RESUME);
            }
            assertThat(unbroken.after().difference(stage.snapshot())).as("against an unbroken run").isEmpty();
        });
    }

    @ParameterizedTest
    @EnumSource
    void killedAtAnyRecordAnUndoGoesOnAndLeavesWhatWasThereBefore(Example example) throws Exception {
        Unbroken unbroken = unbroken(example);
        sweep(example + ", undo", unbroken.undoRecords(), (stage, record) -> {
            stage.succeeds("--run", stage.setup(example.setup()));
            List<String> journal = stage.killed(Stop.at(stage.journal().size() + record), Duration.ZERO, UNDO);
            points.add(example + ", undo", journal);
            stage.succeeds(UNDO);
            assertThat(unbroken.undone().difference(stage.snapshot())).as("against an unbroken undo").isEmpty();
        });
        assertThat(unbroken.left()).as("what is left of a run that was undone").allMatch(REMAINS.asMatchPredicate());
    }

    /** @param before the practice cloud before the run, @param undone and after it was undone */
    private record Unbroken(Snapshot before, Snapshot after, Snapshot undone, int records, int undoRecords) {

        List<String> left() {
            return before.difference(undone);
        }
    }

    private Unbroken unbroken(Example example) throws IOException {
        try (Stage stage = stage(example + "-unbroken-" + System.nanoTime())) {
            Snapshot before = stage.snapshot();
            stage.succeeds("--run", stage.setup(example.setup()));
            Snapshot after = stage.snapshot();
            int records = stage.journal().size();
            stage.succeeds(UNDO);
            return new Unbroken(before, after, stage.snapshot(), records, stage.journal().size() - records);
        }
    }

    /** What is done at one record. */
    @FunctionalInterface
    private interface AtRecord {
        void run(Stage stage, int record) throws Exception;
    }

    private void sweep(String name, int records, AtRecord what) throws Exception {
        points.of(name, records);
        List<Future<?>> all = new ArrayList<>();
        IntStream.rangeClosed(1, records).filter(record -> record % stride == 1 % stride || record == records)
                .forEach(record -> all.add(atOnce.submit(() -> {
                    try (Stage stage = stage(name.replace(", ", "-").replace(' ', '-') + "-" + record)) {
                        what.run(stage, record);
                    } catch (Throwable failed) {
                        throw new AssertionError(name + ", killed at record " + record + ": " + failed.getMessage(),
                                failed);
                    }
                    return null;
                })));
        List<Throwable> failures = new ArrayList<>();
        for (Future<?> each : all) {
            try {
                each.get();
            } catch (java.util.concurrent.ExecutionException failed) {
                failures.add(failed.getCause());
            }
        }
        if (!failures.isEmpty()) {
            AssertionError error = new AssertionError(failures.size() + " of " + all.size() + " kill points failed");
            failures.forEach(error::addSuppressed);
            throw error;
        }
    }

    private Stage stage(String name) throws IOException {
        return new Stage(folder.resolve(name), Pace.INSTANT, jvm);
    }
}
