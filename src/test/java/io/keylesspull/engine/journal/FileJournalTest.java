package io.keylesspull.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.keylesspull.engine.event.Change;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.Problem;
import io.keylesspull.engine.event.Purpose;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.event.RunEvent.RunResult;
import io.keylesspull.engine.event.RunState;
import io.keylesspull.engine.event.SampleEvents;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.text.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileJournalTest {

    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678901Z");
    private static final StepId SHARED = StepId.shared("registry");
    private static final StepId ON_MACHINE = StepId.on("vm \"1\"\n", "docker");
    private static final Text WORDS = Text.of("setup.something", "日本", 3, Text.of("setup.other", "x"));
    private static final Change CHANGE = new Change("package", "docker.io");
    private static final String ID = "/subscriptions/s/resourceGroups/g/providers/Microsoft.X/things/one";
    private static final String OTHER_ID = "/subscriptions/s/resourceGroups/g";

    private static final List<RunEvent> EVENTS = List.of(
            new RunEvent.RunStarted(
                    AT,
                    Purpose.SETUP,
                    List.of(
                            new RunEvent.PlannedStep(SHARED, WORDS, Set.of()),
                            new RunEvent.PlannedStep(ON_MACHINE, WORDS, Set.of(SHARED)))),
            new RunEvent.StepStarted(AT, SHARED),
            new RunEvent.ResourceCreating(AT, SHARED, OTHER_ID),
            new RunEvent.ResourceCreating(AT, SHARED, ID),
            new RunEvent.ResourceCreated(AT, SHARED, ID),
            new RunEvent.FactEstablished(AT, SHARED, "REGISTRY", "value"),
            new RunEvent.StepSucceeded(AT, SHARED, Outcome.CREATED, WORDS),
            new RunEvent.ChangeBegun(AT, ON_MACHINE, CHANGE),
            new RunEvent.ChangeDone(AT, ON_MACHINE, CHANGE),
            new RunEvent.ChangeReverted(AT, ON_MACHINE, CHANGE),
            new RunEvent.ResourceDeleted(AT, SHARED, ID),
            new RunEvent.StepFailed(AT, ON_MACHINE, new Problem(WORDS, WORDS, WORDS, "E: details\n\u0000")),
            new RunEvent.StepBlocked(AT, ON_MACHINE, SHARED),
            new RunEvent.StepCancelled(AT, ON_MACHINE),
            new RunEvent.RunEnded(AT, RunResult.FAILED));

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("journal.jsonl");
    }

    @Test
    void whatIsWrittenIsReadBackTheSame() throws Exception {
        write(EVENTS);

        FileJournal.History history = FileJournal.read(file);
        assertThat(history.torn()).isFalse();
        assertThat(history.events())
                .usingRecursiveComparison()
                .withStrictTypeChecking()
                .ignoringFieldsMatchingRegexes(".*arguments")
                .isEqualTo(EVENTS);
        assertThat(((RunEvent.StepSucceeded) history.events().get(6)).summary().arguments())
                .containsExactly("日本", 3L, Text.of("setup.other", "x"));
    }

    @Test
    void eachEventIsInTheFileBeforeWriteReturns() throws Exception {
        try (FileJournal journal = FileJournal.open(file)) {
            for (int i = 0; i < EVENTS.size(); i++) {
                journal.write(List.of(EVENTS.get(i)));
                assertThat(FileJournal.read(file).events()).hasSize(i + 1);
            }
        }
    }

    @Test
    void eventsAreWrittenTogetherAsOneByOne() throws Exception {
        write(EVENTS);
        byte[] oneByOne = Files.readAllBytes(file);
        Path other = folder.resolve("together.jsonl");
        try (FileJournal journal = FileJournal.open(other)) {
            journal.write(EVENTS.subList(0, 1));
            journal.write(EVENTS.subList(1, 9));
            journal.write(EVENTS.subList(9, EVENTS.size()));
        }

        assertThat(other).hasBinaryContent(oneByOne);
    }

    @Test
    void whatIsOnlyShownIsRefused() throws Exception {
        try (FileJournal journal = FileJournal.open(file)) {
            assertThat(SampleEvents.ofEachKind())
                    .filteredOn(event -> !event.durable())
                    .isNotEmpty()
                    .allSatisfy(event -> assertThatThrownBy(() -> journal.write(List.of(event)))
                            .isInstanceOf(IllegalArgumentException.class));
        }
        assertThat(Files.size(file)).isZero();
    }

    @Test
    void everyKindOfEventThatIsToBeKeptHasANameOfItsOwnAndIsReadBack() throws Exception {
        List<RunEvent> kept =
                SampleEvents.ofEachKind().stream().filter(RunEvent::durable).toList();
        write(kept);

        assertThat(FileJournal.read(file).events())
                .usingRecursiveComparison()
                .withStrictTypeChecking()
                .isEqualTo(kept);
    }

    @Test
    void whereverTheLastLineIsCutOffTheOthersAreReadAndGoneOnWith() throws Exception {
        write(EVENTS.subList(0, 3));
        byte[] whole = Files.readAllBytes(file);
        int lastLine = new String(whole, StandardCharsets.ISO_8859_1).lastIndexOf('\n', whole.length - 2) + 1;

        for (int length = lastLine; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThat(FileJournal.read(file).torn()).isEqualTo(length > lastLine);
            assertThat(FileJournal.read(file).events()).hasSize(2);
            write(EVENTS.subList(4, 5));
            assertThat(FileJournal.read(file).events())
                    .extracting(event -> event.getClass().getSimpleName())
                    .containsExactly("RunStarted", "StepStarted", "ResourceCreated");
        }
    }

    @Test
    void aChangedByteAnywhereIsReportedAndNotGuessed() throws Exception {
        write(EVENTS.subList(0, 5));
        byte[] whole = Files.readAllBytes(file);
        IntStream.range(0, whole.length - 1).filter(i -> i % 7 == 0).forEach(i -> {
            byte[] changed = whole.clone();
            changed[i] ^= 0x04;
            assertDamaged(changed);
        });
    }

    @Test
    void aMissingLineIsReported() throws Exception {
        write(EVENTS.subList(0, 5));
        List<String> lines = Files.readAllLines(file);

        assertDamaged((lines.get(0) + "\n" + lines.get(2) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theProblemNamesTheFileAndTheLine() throws Exception {
        write(EVENTS.subList(0, 2));
        Files.writeString(file, "nonsense\n", StandardOpenOption.APPEND);

        assertThatThrownBy(() -> FileJournal.open(file))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.problem().what())
                                .isEqualTo(Text.of("engine.journalDamaged.what", file.toString(), "3")));
        assertThat(Files.readString(file)).endsWith("nonsense\n");
    }

    @Test
    void theStateIsThoseOfAllTries() throws Exception {
        write(EVENTS.subList(0, 5));

        try (FileJournal journal = FileJournal.open(file)) {
            assertThat(journal.state().resources())
                    .extracting(RunState.Resource::id, RunState.Resource::sure)
                    .containsExactly(tuple(OTHER_ID, false), tuple(ID, true));
            journal.write(List.of(EVENTS.get(7)));
            assertThat(journal.state().changes())
                    .extracting(RunState.Changed::sure)
                    .containsExactly(false);
            journal.write(List.of(EVENTS.get(9)));
            journal.write(List.of(EVENTS.get(10)));
            assertThat(journal.state().changes()).isEmpty();
            assertThat(journal.state().resources())
                    .extracting(RunState.Resource::id)
                    .containsExactly(OTHER_ID);
        }
    }

    @Test
    void theFirstLineSaysWhichRunTheJournalIsOf() throws Exception {
        JournalOrigin origin = new JournalOrigin("20260102-030405-abcde", "{\"version\": 1}\n");
        try (FileJournal journal = FileJournal.open(file, Optional.of(origin))) {
            journal.write(EVENTS.subList(0, 2));
            journal.write(EVENTS.subList(2, 3));
        }
        try (FileJournal journal = FileJournal.open(file, Optional.of(new JournalOrigin("other", "")))) {
            journal.write(EVENTS.subList(3, 4));
        }

        assertThat(FileJournal.read(file).origin()).contains(origin);
        assertThat(FileJournal.read(file).events()).hasSize(4);
        assertThat(Files.readAllLines(file))
                .filteredOn(line -> line.contains("20260102-030405-abcde"))
                .hasSize(1);
    }

    @Test
    void aJournalThatIsDeletedMeanwhileKeepsNothingMore() throws Exception {
        try (FileJournal journal = FileJournal.open(file)) {
            journal.write(EVENTS.subList(0, 3));
            Files.delete(file);

            assertReplaced(journal);
            assertThat(journal.state().resources()).hasSize(1);
        }
        assertThat(file).doesNotExist();
    }

    @Test
    void anOlderCopyThatTakesTheJournalsPlaceIsNotTakenForIt() throws Exception {
        Path copy = folder.resolve("copy");
        try (FileJournal journal = FileJournal.open(file)) {
            journal.write(EVENTS.subList(0, 2));
            Files.copy(file, copy);
            journal.write(EVENTS.subList(2, 3));
            Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING);

            assertReplaced(journal);
        }
        assertThat(file).doesNotExist();
        assertThat(FileJournal.read(folder.resolve("journal.jsonl.replaced")).events())
                .hasSize(2);
    }

    @Test
    void anIdenticalCopyThatTakesTheJournalsPlaceIsNotTakenForIt() throws Exception {
        Path copy = folder.resolve("copy");
        try (FileJournal journal = FileJournal.open(file)) {
            journal.write(EVENTS.subList(0, 2));
            Files.copy(file, copy);
            Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING);

            assertReplaced(journal);
        }
        assertThat(file).doesNotExist();
    }

    @Test
    void aJournalThatIsCutOrAddedToMeanwhileKeepsNothingMore() throws Exception {
        for (boolean cut : List.of(true, false)) {
            Files.deleteIfExists(file);
            try (FileJournal journal = FileJournal.open(file)) {
                journal.write(EVENTS.subList(0, 2));
                byte[] content = Files.readAllBytes(file);
                Files.write(file, cut ? new byte[0] : Arrays.copyOf(content, content.length * 3));

                assertReplaced(journal);
            }
            assertThat(file).doesNotExist();
        }
    }

    private static void assertReplaced(FileJournal journal) {
        for (int i = 3; i < 5; i++) {
            List<RunEvent> next = EVENTS.subList(i, i + 1);
            assertThatThrownBy(() -> journal.write(next))
                    .isInstanceOfSatisfying(
                            Failure.class,
                            failure -> assertThat(failure.problem().what().key())
                                    .isEqualTo("engine.journalReplaced.what"));
        }
    }

    @Test
    void onAFullDiskTheEventIsReportedAndWhatWasWrittenBeforeStaysReadable() throws Exception {
        try (FileSystem small = Jimfs.newFileSystem(Configuration.unix().toBuilder()
                .setMaxSize(16 * 1024)
                .setBlockSize(1024)
                .build())) {
            Path there = small.getPath("journal.jsonl");
            int written = 0;
            try (FileJournal journal = FileJournal.open(there)) {
                Failure failure = null;
                while (failure == null) {
                    try {
                        journal.write(List.of(EVENTS.get(1)));
                        written++;
                    } catch (Failure e) {
                        failure = e;
                    }
                }
                assertThat(failure.problem().what())
                        .isEqualTo(Text.of("engine.journalNotWritten.what", there.toString()));
                // Nothing is written after the gap, whether or not there is room again.
                assertThatThrownBy(() -> journal.write(List.of(EVENTS.get(2)))).isInstanceOf(Failure.class);
                assertThat(journal.state().isEmpty()).isTrue();
            }
            assertThat(FileJournal.read(there).events()).hasSize(written);
        }
    }

    private void write(List<RunEvent> events) throws Failure {
        try (FileJournal journal = FileJournal.open(file)) {
            for (RunEvent event : events) {
                journal.write(List.of(event));
            }
        }
    }

    private void assertDamaged(byte[] content) {
        try {
            Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThatThrownBy(() -> FileJournal.read(file)).isInstanceOf(Failure.class);
    }
}
