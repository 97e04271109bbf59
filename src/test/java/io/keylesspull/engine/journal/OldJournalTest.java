package io.keylesspull.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.keylesspull.engine.event.Change;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.Purpose;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.event.RunEvent.RunResult;
import io.keylesspull.engine.event.RunState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Journals that version 1.0 wrote are read, and what is read is written as it was: a run that it began can be resumed
 * and undone. {@code every-event} has each kind of event and each constant, {@code practice-run} is a real one.
 */
class OldJournalTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"every-event-1.0.jsonl", "practice-run-1.0.jsonl"})
    void anOldJournalIsReadAndWrittenAgainByteForByte(String name) throws Exception {
        Path old = old(name);
        Path again = folder.resolve("again.jsonl");

        FileJournal.History history = FileJournal.read(old);
        try (FileJournal journal = FileJournal.open(again)) {
            for (RunEvent event : history.events()) {
                journal.write(List.of(event));
            }
        }

        assertThat(history.torn()).isFalse();
        assertThat(again).hasSameBinaryContentAs(old);
    }

    @Test
    void allItsEventsMeanWhatTheyMeant() throws Exception {
        List<RunEvent> events = FileJournal.read(old("every-event-1.0.jsonl")).events();

        assertThat(all(events, RunEvent.StepSucceeded.class))
                .extracting(RunEvent.StepSucceeded::outcome)
                .containsExactly(
                        Outcome.FOUND,
                        Outcome.CREATED,
                        Outcome.CHANGED,
                        Outcome.DELETED,
                        Outcome.SKIPPED,
                        Outcome.CHECKED);
        assertThat(all(events, RunEvent.RunStarted.class))
                .extracting(RunEvent.RunStarted::purpose)
                .containsExactly(Purpose.SETUP, Purpose.SETUP, Purpose.UNDO);
        assertThat(all(events, RunEvent.RunEnded.class))
                .extracting(RunEvent.RunEnded::result)
                .containsExactly(RunResult.FAILED, RunResult.CANCELLED, RunResult.SUCCEEDED);
        assertThat(all(events, RunEvent.FactEstablished.class))
                .extracting(RunEvent.FactEstablished::fact)
                .containsExactly("RESOURCE_GROUP");
    }

    @Test
    void whatAnOldRunLeftIsKnown() throws Exception {
        RunState state = FileJournal.read(old("every-event-1.0.jsonl")).state();

        assertThat(state.resources())
                .extracting(RunState.Resource::id, RunState.Resource::sure)
                .containsExactly(tuple("/subscriptions/s/resourceGroups/g", true));
        assertThat(state.changes())
                .extracting(RunState.Changed::change, RunState.Changed::sure)
                .containsExactly(tuple(new Change("group", "docker"), false));
    }

    private static <E extends RunEvent> List<E> all(List<RunEvent> events, Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private Path old(String name) throws IOException {
        Path file = folder.resolve(name);
        try (InputStream content = OldJournalTest.class.getResourceAsStream(name)) {
            Files.copy(content, file);
        }
        return file;
    }
}
