package io.keylesspull.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.practice.clock.Pace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The program, killed by SIGKILL at a record of its journal, goes on from there, and the practice cloud is in the end
 * as after an unbroken run; and the same with undo. Each kill takes a process of its own; the practice cloud lives on
 * in this one. A plain build is sparing: it kills at the first, at every {@value #STRIDE}th and at the last record.
 * {@code mvn -Pkill verify} kills at each. How often and where is printed, and written to
 * {@code target/kill-points.txt}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledAnywhereTest {

    private static final int STRIDE = 30;
    /** Children that wait for the practice cloud's time more than for the computer. */
    private static final int WAITING_AT_ONCE = 6;

    private static final int FEW_WORKS = 3;
    private static final String[] RESUME = {"--resume", "last"};
    private static final String[] UNDO = {"--undo", "last", "--yes", "--restore-machines"};

    /**
     * What apt leaves of a package that it removes, until that is purged: its configuration; of docker.io the images'
     * folder and the group too. And of a sign-in that {@code docker logout} ends, an empty file.
     */
    private static final Pattern REMAINS = Pattern.compile("\\+ practice(?:Bare|Stopped|\\d{4}): ("
            + "configuration of \\S+ \\S+|directory /var/lib/docker root 710|group docker: "
            + "|directory /home/azureuser/\\.docker azureuser 700"
            + "|file /home/azureuser/\\.docker/config\\.json azureuser 600 \\{\\s*\"auths\": \\{}\\s*})");

    /**
     * Where a sign-in comes before the role counts, the Azure CLI lists it without a subscription, and goes on listing
     * that beside the sign-in with one. At the pace of unbroken runs the role counts at once.
     */
    private static final Pattern SIGNED_IN_EARLY =
            Pattern.compile("\\+ \\S+: account of \\S+ \\S+ in N/A\\(tenant level account\\)");

    private final int stride = Integer.getInteger("kill.stride", STRIDE);
    private final KillPoints points = new KillPoints();
    private final Map<Example, Unbroken> unbroken = new EnumMap<>(Example.class);
    private Path folder;
    private ChildJvm jvm;

    @BeforeAll
    void carryOutUnbroken(@TempDir Path temporary) throws IOException, InterruptedException {
        folder = temporary;
        jvm = new ChildJvm(folder);
        try (Stage stage = stage(Example.USER_ASSIGNED, "archive", Pace.INSTANT)) {
            stage.makeArchive();
        }
        for (Example example : Example.values()) {
            unbroken.put(example, unbroken(example));
        }
    }

    @AfterAll
    void tell() throws IOException {
        System.out.print(points.summary());
        points.write(Files.createDirectories(Path.of("target")).resolve("kill-points.txt"));
    }

    /** What there was before a run and after it; how many records that wrote, and its undo. */
    private record Unbroken(Snapshot before, Snapshot after, int records, int undoRecords) {}

    private Unbroken unbroken(Example example) throws IOException {
        try (Stage stage = stage(example, example + " unbroken", Pace.INSTANT)) {
            Snapshot before = stage.snapshot();
            stage.succeeds("--run", stage.setup());
            Snapshot after = stage.snapshot();
            int records = stage.journal().size();
            stage.succeeds(UNDO);
            return new Unbroken(before, after, records, stage.journal().size() - records);
        }
    }

    @ParameterizedTest
    @EnumSource
    void killedAtAnyRecordARunGoesOnAndEndsAsAnUnbrokenOne(Example example) throws InterruptedException {
        int records = unbroken.get(example).records();
        sweep(example, ", set up", records, (stage, record, sweep) -> {
            List<String> journal = stage.killedAt(record, "--run", stage.setup());
            points.add(sweep, journal);
            if (!HaltingWriter.endsRun(journal.get(journal.size() - 1))) {
                stage.succeeds(RESUME);
            }
            isAsUnbroken(example, stage);
        });
    }

    @ParameterizedTest
    @EnumSource
    void killedAtAnyRecordARunIsTakenBack(Example example) throws InterruptedException {
        sweep(example, ", set up and taken back", unbroken.get(example).records(), (stage, record, sweep) -> {
            points.add(sweep, stage.killedAt(record, "--run", stage.setup()));
            stage.succeeds(UNDO);
            isAsBefore(example, stage);
        });
    }

    @ParameterizedTest
    @EnumSource
    void killedAtAnyRecordAnUndoGoesOnAndLeavesWhatWasThereBefore(Example example) throws InterruptedException {
        sweep(example, ", undo", unbroken.get(example).undoRecords(), (stage, record, sweep) -> {
            stage.succeeds("--run", stage.setup());
            points.add(sweep, stage.killedAt(stage.journal().size() + record, UNDO));
            stage.succeeds(UNDO);
            isAsBefore(example, stage);
        });
    }

    /** In processes of their own to their ends, as a user would go on. */
    @Test
    void killedAgainAndAgainARunAndItsUndoComeToTheirEnds() throws Exception {
        String sweep = "again and again";
        Example example = Example.ON_WHAT_IS_THERE;
        try (Stage stage = stage(example, sweep, Pace.INSTANT)) {
            points.add(sweep, stage.killedAt(20, "--run", stage.setup()));
            points.add(sweep, stage.killedAt(stage.journal().size() + 1, RESUME));
            points.add(sweep, stage.killedAt(stage.journal().size() + 60, RESUME));
            stage.succeedsInChild(RESUME);
            isAsUnbroken(example, stage);
            points.add(sweep, stage.killedAt(stage.journal().size() + 20, UNDO));
            points.add(sweep, stage.killedAt(stage.journal().size() + 7, UNDO));
            stage.succeedsInChild(UNDO);
            isAsBefore(example, stage);
        }
    }

    /** At a pace at which things take their time, so that the kill comes while Azure or the machine is at work. */
    @Test
    void killedInTheMiddleOfSomethingARunWaitsForItOrMendsItAndEndsAsAnUnbrokenOne() throws InterruptedException {
        String sweep = "in the middle of something";
        points.of(sweep, Work.values().length);
        Together.all(
                WAITING_AT_ONCE,
                Stream.of(Work.values())
                        .limit(stride == 1 ? Work.values().length : FEW_WORKS)
                        .map(work -> new Together.Try(work.toString(), () -> {
                            try (Stage stage = stage(work.example(), work.toString(), Pace.FAST)) {
                                points.add(
                                        sweep, stage.killedWhen(() -> work.isUnderWay(stage), "--run", stage.setup()));
                                stage.succeeds(RESUME);
                                isAsUnbroken(work.example(), stage);
                                stage.succeeds(UNDO);
                                isAsBefore(work.example(), stage);
                            }
                        }))
                        .toList());
    }

    /** What is done at one record. */
    @FunctionalInterface
    private interface AtRecord {
        void run(Stage stage, int record, String sweep) throws Exception;
    }

    private void sweep(Example example, String what, int records, AtRecord kill) throws InterruptedException {
        String name = example + what;
        points.of(name, records);
        int step = example.stride(records, stride);
        Together.all(
                Runtime.getRuntime().availableProcessors(),
                IntStream.rangeClosed(1, records)
                        .filter(record -> record % step == 1 % step || record == records)
                        .mapToObj(record -> new Together.Try(name + ", killed at record " + record, () -> {
                            try (Stage stage = stage(example, name + " " + record, Pace.INSTANT)) {
                                kill.run(stage, record, name);
                            }
                        }))
                        .toList());
    }

    private Stage stage(Example example, String name, Pace pace) throws IOException {
        return new Stage(example, folder.resolve(name.replaceAll("[, ]+", "-")), pace, jvm);
    }

    private void isAsUnbroken(Example example, Stage stage) {
        assertThat(unbroken.get(example).after().difference(stage.snapshot()))
                .filteredOn(line -> !SIGNED_IN_EARLY.matcher(line).matches())
                .as("against an unbroken run")
                .isEmpty();
        assertThat(stage.made("Microsoft.Compute/virtualMachines"))
                .as("machines")
                .isEqualTo(example.machines());
        assertThat(stage.made("Microsoft.ManagedIdentity/userAssignedIdentities"))
                .as("identities")
                .isEqualTo(example.identities());
        assertThat(stage.cloud().roleAssignments().stream()
                        .map(made -> made.at("/properties/description").asText())
                        .filter(description -> description.startsWith("Keyless Pull")))
                .as("role assignments")
                .hasSize(1);
    }

    private void isAsBefore(Example example, Stage stage) {
        assertThat(unbroken.get(example).before().difference(stage.snapshot()))
                .as("against before the run")
                .allMatch(REMAINS.asMatchPredicate());
    }
}
