package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.event.RunEvent.FactEstablished;
import io.keylesspull.engine.journal.FileJournal;
import io.keylesspull.text.Texts;
import io.keylesspull.ui.log.LogBuffer;
import io.keylesspull.ui.log.LogLine;
import io.keylesspull.ui.log.LogWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an administrator reads of a whole run and of its undo, in the log, on the terminal and on the screen. */
@Timeout(120)
class NoJavaInWordsTest {

    /** What a record, an {@code Optional}, a class without words of its own, or a constant look like in a sentence. */
    private static final Pattern JAVA = Pattern.compile(
            "\\w\\[\\w+=|Info\\[|Optional[.\\[]|\\b[a-z]\\w*(?:\\.\\w+)+\\.[A-Z]\\w*|@[0-9a-f]{5,8}\\b|\\bnull\\b"
                    + "|\\b[A-Z]+(?:_[A-Z]+)* = ");

    @AutoClose
    private final ProgramInPractice program = new ProgramInPractice();

    @ParameterizedTest
    @ValueSource(strings = {"{\"kind\": \"user-assigned\", \"name\": \"myACRId\"}", "{\"kind\": \"system-assigned\"}"})
    void noFactAndNoLineOfARunHoldsJava(String identity) throws Exception {
        assertThat(program.setUp("""
                {"version": 1, "location": "japaneast", "resourceGroup": {"name": "myResourceGroup", "create": true},
                 "registry": {"name": "myContainerRegistry", "create": true, "importSample": true},
                 "image": "aci-helloworld:v1", "identity": %s, "keepSignedIn": true,
                 "machines": [{"name": "myDockerVM", "create": true},
                              {"name": "practiceBare", "create": false, "resourceGroup": "practiceMachines"}]}
                """.formatted(identity))).as(program.printed()).isZero();
        isPlain(program.printed().lines().toList());
        assertThat(program.run("", "--undo", "last", "--yes", "--restore-machines"))
                .as(program.printed())
                .isZero();
        isPlain(program.printed().lines().toList());

        isPlain(Files.readAllLines(ofTheRun("log.txt")));
        List<RunEvent> events = FileJournal.read(ofTheRun("journal.jsonl")).events();
        assertThat(events).filteredOn(FactEstablished.class::isInstance).hasSizeGreaterThan(20);
        for (Locale locale : List.of(Locale.ENGLISH, Locale.JAPANESE)) {
            LogBuffer screen = new LogBuffer();
            events.forEach(new LogWriter(screen, new Texts(locale))::write);
            isPlain(screen.snapshot().stream().map(LogLine::text).toList());
        }
    }

    private static void isPlain(List<String> lines) {
        assertThat(lines).isNotEmpty();
        // What machines print is their own, and so is what is typed on them.
        assertThat(lines.stream()
                        .filter(line -> !line.contains("  | ") && !line.contains("  ! ") && !line.contains("  $ "))
                        .filter(JAVA.asPredicate()))
                .isEmpty();
    }

    private Path ofTheRun(String name) {
        try (Stream<Path> runs = Files.list(program.runs())) {
            return runs.findFirst().orElseThrow().resolve(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
