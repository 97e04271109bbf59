package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.practice.fault.Occasions;
import io.keylesspull.practice.wire.RequestMatcher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A journal that is gone, emptied or another one: the run is damaged, and never one that left nothing. */
@Timeout(120)
class LostJournalTest {

    private static final String SETUP = """
            {"version": 1, "location": "japaneast", "resourceGroup": {"name": "myResourceGroup"},
             "registry": {"name": "practiceclassic", "create": false, "resourceGroup": "practiceRegistries"},
             "image": "aci-helloworld:v1", "machines": [{"name": "myDockerVM"}],
             "identity": {"kind": "user-assigned", "name": "myACRId"}}
            """;

    @AutoClose
    private final ProgramInPractice program = new ProgramInPractice();

    @Test
    void aRunWhoseJournalIsDeletedMeanwhileStopsAndIsDamaged() {
        duringTheRun(journal -> Files.delete(journal));

        assertThat(program.setUp(SETUP)).isEqualTo(1);

        assertThat(program.printed())
                .contains("was deleted or replaced while the run was going on", "/myResourceGroup");
        assertThat(program.resources()).noneMatch(id -> id.endsWith("/virtualMachines/myDockerVM"));
        isDamaged("is missing or empty");
    }

    @Test
    void aRunWhoseJournalIsReplacedMeanwhileByAnOlderCopyStopsAndIsDamaged() {
        duringTheRun(journal -> {
            List<String> lines = Files.readAllLines(journal);
            Path older = journal.resolveSibling("older");
            Files.write(older, lines.subList(0, lines.size() / 2));
            Files.move(older, journal, StandardCopyOption.REPLACE_EXISTING);
        });

        assertThat(program.setUp(SETUP)).isEqualTo(1);

        assertThat(program.printed()).contains("was deleted or replaced while the run was going on");
        isDamaged("is missing or empty");
    }

    @Test
    void aRunWhoseJournalIsEmptiedMeanwhileStopsAndIsDamaged() {
        duringTheRun(journal -> Files.write(journal, new byte[0]));

        assertThat(program.setUp(SETUP)).isEqualTo(1);

        assertThat(program.printed()).contains("was deleted or replaced while the run was going on");
        isDamaged("is missing or empty");
    }

    @Test
    void aJournalThatIsMissingBesideOtherFilesOfItsRunIsDamaged() throws IOException {
        program.setUp(SETUP);
        Files.delete(journal());
        isDamaged("is missing or empty");
    }

    @Test
    void aJournalThatIsMissingBesideTheSetupFileAloneIsDamaged() throws IOException {
        program.setUp(SETUP);
        for (String file : List.of("journal.jsonl", "log.txt", "id_ed25519", "id_ed25519.pub", "known_hosts", "lock")) {
            Files.deleteIfExists(journal().resolveSibling(file));
        }
        isDamaged("is missing or empty");
    }

    @Test
    void aJournalThatIsEmptyBesideOtherFilesOfItsRunIsDamaged() throws IOException {
        program.setUp(SETUP);
        Files.write(journal(), new byte[0]);
        isDamaged("is missing or empty");
    }

    @Test
    void theJournalOfAnotherRunIsDamaged() throws IOException {
        program.setUp(SETUP);
        Path first = journal();
        program.setUp(SETUP);
        Path second =
                runs().stream().filter(run -> !run.equals(first)).findFirst().orElseThrow();
        Files.copy(second, first, StandardCopyOption.REPLACE_EXISTING);
        Files.delete(second);

        List<String> made = program.resources();
        String run = first.getParent().getFileName().toString();
        assertThat(program.run("", "--undo", run, "--yes")).isEqualTo(1);
        assertThat(program.printed())
                .contains("is that of another run, " + second.getParent().getFileName());
        assertThat(program.resources()).containsExactlyElementsOf(made);
    }

    @Test
    void aRunThatWasCutOffBeforeItsJournalsFirstLineIsGoneOnWith() throws IOException {
        program.setUp(SETUP);
        assertThat(program.run("", "--undo", "last", "--yes"))
                .as(program.printed())
                .isZero();
        Files.write(journal(), new byte[0]);
        for (String file : List.of("log.txt", "id_ed25519", "id_ed25519.pub", "known_hosts", "lock")) {
            Files.deleteIfExists(journal().resolveSibling(file));
        }

        assertThat(program.run("", "--resume", "last")).as(program.printed()).isZero();
        assertThat(program.run("", "--undo", "last", "--yes"))
                .as(program.printed())
                .isZero();
    }

    private void isDamaged(String why) {
        List<String> made = program.resources();
        assertThat(program.run("", "--runs")).isZero();
        assertThat(program.printed()).contains("damaged", why);
        assertThat(program.run("", "--undo", "last", "--yes")).isEqualTo(1);
        assertThat(program.printed()).contains(why).doesNotContain("Taken back");
        assertThat(program.run("", "--resume", "last")).isEqualTo(1);
        assertThat(program.printed()).contains(why);
        assertThat(program.run("n\n", "--remove", "last")).isEqualTo(1);
        assertThat(program.printed()).contains("the only key of machines", "cannot be read");
        assertThat(program.resources()).containsExactlyElementsOf(made);
    }

    /** Something that is done to a file. */
    @FunctionalInterface
    private interface Deed {
        void to(Path journal) throws IOException;
    }

    /** Just before the machine's interface is made. */
    private void duringTheRun(Deed deed) {
        program.faults()
                .http()
                .before(
                        RequestMatcher.to("management.azure.com").method("PUT").path("/networkInterfaces/"),
                        Occasions.first(1),
                        () -> {
                            try {
                                deed.to(journal());
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        });
    }

    private Path journal() {
        return runs().get(0);
    }

    private List<Path> runs() {
        try (Stream<Path> all = Files.list(program.runs())) {
            return all.sorted().map(run -> run.resolve("journal.jsonl")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
