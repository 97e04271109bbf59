package io.keylesspull.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.keylesspull.engine.event.Change;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.Problem;
import io.keylesspull.engine.event.Purpose;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.text.HostileText;
import io.keylesspull.text.Text;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** However a journal's bytes are damaged, it is read as written up to some line, or reported as damaged. */
class JournalFuzzTest {

    private static final JournalOrigin ORIGIN = new JournalOrigin("run", "{\"version\": 1}\n");
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678901Z");
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "-1",
            "1e999999",
            "\"\"",
            "{}",
            "[]",
            "[null]",
            "[".repeat(5000),
            "\"\\u0000\"",
            "\"\\ud83d\"",
            "\"RunStarted\"",
            "\"2026-13-41T99:99:99Z\"",
            "123456789012345678901",
            "'x'",
            "NaN",
            "\ufeff",
            "");
    /** A string, a number or a word of JSON, or one of its marks. */
    private static final Pattern TOKEN = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|[0-9]+|true|false|[\\[\\]{}:,]");

    private static FileSystem memory;

    @BeforeContainer
    static void open() {
        memory = Jimfs.newFileSystem(Configuration.unix());
    }

    @AfterContainer
    static void close() throws IOException {
        memory.close();
    }

    private static List<RunEvent> events(String word) {
        StepId shared = StepId.shared("registry");
        StepId onMachine = StepId.on(word.isEmpty() ? "vm" : word, "docker");
        Text text = Text.of("setup.something", word, 3, Text.of("setup.other", word));
        Change change = new Change("package", word);
        return List.of(
                new RunEvent.RunStarted(
                        AT,
                        Purpose.SETUP,
                        List.of(
                                new RunEvent.PlannedStep(shared, text, Set.of()),
                                new RunEvent.PlannedStep(onMachine, text, Set.of(shared)))),
                new RunEvent.ResourceCreating(AT, shared, word),
                new RunEvent.ResourceCreated(AT, shared, word),
                new RunEvent.FactEstablished(AT, shared, "REGISTRY", word),
                new RunEvent.StepSucceeded(AT, shared, Outcome.CREATED, text),
                new RunEvent.ChangeBegun(AT, onMachine, change),
                new RunEvent.StepFailed(AT, onMachine, new Problem(text, text, text, word)),
                new RunEvent.StepBlocked(AT, onMachine, shared),
                new RunEvent.RunEnded(AT, RunEvent.RunResult.FAILED));
    }

    private static byte[] written(List<RunEvent> events) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < events.size(); i++) {
            bytes.writeBytes(JournalLine.write(events.get(i), i + 1, i == 0 ? Optional.of(ORIGIN) : Optional.empty()));
        }
        return bytes.toByteArray();
    }

    @Provide
    Arbitrary<String> hostile() {
        return HostileText.texts();
    }

    @Property(tries = 300, seed = "4761")
    void anyWordIsReadBackTheSameAndStaysInItsLine(@ForAll("hostile") String any) throws Exception {
        // Half a character has no UTF-8; it is replaced when it is written.
        String word = new String(any.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        List<RunEvent> events = events(word);
        byte[] bytes = written(events);

        assertThat(new String(bytes, StandardCharsets.UTF_8)
                        .chars()
                        .filter(c -> c == '\n')
                        .count())
                .isEqualTo(events.size());
        assertThat(read(bytes))
                .usingRecursiveComparison()
                .withStrictTypeChecking()
                .ignoringFieldsMatchingRegexes(".*arguments")
                .isEqualTo(events);
        assertThat(((RunEvent.StepSucceeded) read(bytes).get(4)).summary().arguments())
                .containsExactly(word, 3L, Text.of("setup.other", word));
    }

    /** What can become of bytes on a disk, or under somebody's hands. */
    private enum Harm {
        CHANGED,
        LOST,
        PUT_IN,
        CUT_OFF,
        ZEROED,
        LINE_LOST,
        LINE_DOUBLED,
        LINES_SWAPPED
    }

    @Property(tries = 1500, seed = "4762")
    void whateverHappensToItsBytesAJournalIsReadUpToALineOrReportedAsDamaged(
            @ForAll Harm harm,
            @ForAll @IntRange(max = 100_000) int place,
            @ForAll @IntRange(min = 1, max = 255) int bits)
            throws Exception {
        List<RunEvent> events = events("日本 \" word");
        byte[] whole = written(events);
        byte[] harmed = harmed(whole, harm, place, (byte) bits);

        List<RunEvent> read;
        try {
            read = read(harmed);
        } catch (Failure failure) {
            assertThat(failure.problem().what().key()).isEqualTo("engine.journalDamaged.what");
            return;
        }
        // What is read with no complaint is what was written, though the end of it may be missing.
        byte[] again = written(read);
        assertThat(again).isEqualTo(Arrays.copyOf(whole, again.length)).isEqualTo(Arrays.copyOf(harmed, again.length));
    }

    private static byte[] harmed(byte[] whole, Harm harm, int place, byte bits) {
        int at = place % whole.length;
        byte[] bytes = whole.clone();
        List<byte[]> lines = lines(whole);
        int line = place % (lines.size() - 1);
        switch (harm) {
            case CHANGED -> bytes[at] ^= bits;
            case ZEROED -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 512), (byte) 0);
            case CUT_OFF -> bytes = Arrays.copyOf(whole, at);
            case LOST ->
                bytes = joined(List.of(Arrays.copyOf(whole, at), Arrays.copyOfRange(whole, at + 1, whole.length)));
            case PUT_IN ->
                bytes = joined(List.of(
                        Arrays.copyOf(whole, at), new byte[] {bits}, Arrays.copyOfRange(whole, at, whole.length)));
            case LINE_LOST -> lines.remove(line);
            case LINE_DOUBLED -> lines.add(line, lines.get(line));
            case LINES_SWAPPED -> lines.add(line, lines.remove(line + 1));
        }
        return Arrays.equals(bytes, whole) ? joined(lines) : bytes;
    }

    private static byte[] joined(List<byte[]> parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        parts.forEach(out::writeBytes);
        return out.toByteArray();
    }

    private static List<byte[]> lines(byte[] whole) {
        List<byte[]> lines = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < whole.length; i++) {
            if (whole[i] == '\n') {
                lines.add(Arrays.copyOfRange(whole, from, i + 1));
                from = i + 1;
            }
        }
        return lines;
    }

    @Provide
    Arbitrary<String> replacements() {
        return Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.of(VALUES)),
                Tuple.of(1, HostileText.texts().map(text -> "\"" + text + "\"")));
    }

    @Property(tries = 1500, seed = "4763")
    void aLineWithARightChecksumAndWrongContentIsReadOrReportedAsDamaged(
            @ForAll @IntRange(max = 8) int line,
            @ForAll @IntRange(max = 120) int token,
            @ForAll("replacements") String with)
            throws Exception {
        String first =
                new String(JournalLine.write(events("word").get(line), 1, Optional.of(ORIGIN)), StandardCharsets.UTF_8);
        String open = first.replaceFirst(",\"crc\":.*\n", "");
        String changed = replaced(open, token, with).replace("\n", " ");

        try {
            assertThat(read(sealed(changed))).hasSize(1);
        } catch (Failure failure) {
            assertThat(failure.problem().what().key()).isEqualTo("engine.journalDamaged.what");
        }
    }

    private static byte[] sealed(String open) {
        CRC32C crc = new CRC32C();
        crc.update(open.getBytes(StandardCharsets.UTF_8));
        return (open + ",\"crc\":\"%08x\"}\n".formatted(crc.getValue())).getBytes(StandardCharsets.UTF_8);
    }

    private static String replaced(String text, int place, String with) {
        Matcher token = TOKEN.matcher(text);
        for (int i = 0; token.find(); i++) {
            if (i == place) {
                return text.substring(0, token.start()) + with + text.substring(token.end());
            }
        }
        return text + with;
    }

    private static List<RunEvent> read(byte[] bytes) throws IOException, Failure {
        Path file = memory.getPath("journal.jsonl");
        Files.write(file, bytes);
        return FileJournal.read(file).events();
    }
}
