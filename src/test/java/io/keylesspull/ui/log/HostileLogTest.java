package io.keylesspull.ui.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.OutputParser;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.event.RunEvent.OutputStream;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.text.HostileText;
import io.keylesspull.text.ObedientTerminal;
import io.keylesspull.text.Text;
import io.keylesspull.text.Texts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import net.jqwik.api.lifecycle.BeforeTry;

/** Whatever machines and Azure say, in the wizard's log and in a saved one it is no more than marked lines. */
class HostileLogTest {

    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");
    private static final StepId DOCKER = StepId.on("vm1", "docker");
    private static final Texts ENGLISH = new Texts(Locale.ENGLISH);

    private LogBuffer buffer;
    private LogWriter log;
    private OutputParser events;
    private Path file;

    @BeforeTry
    void writeNothingYet() {
        buffer = new LogBuffer(10_000, 1_000_000, new LogStore());
        log = new LogWriter(buffer, ENGLISH);
        events = new OutputParser(log::write);
    }

    @BeforeProperty
    void makeFile() throws IOException {
        file = Files.createTempFile("log", ".txt");
    }

    @AfterProperty
    void removeFile() throws IOException {
        Files.delete(file);
    }

    @Provide
    Arbitrary<String> hostile() {
        return HostileText.texts();
    }

    @Provide
    Arbitrary<byte[]> sent() {
        return HostileText.bytes();
    }

    @Provide
    Arbitrary<List<Integer>> lengths() {
        return Arbitraries.integers().between(1, 9).list().ofMinSize(1).ofMaxSize(8);
    }

    @Property(tries = 150, seed = "4731")
    void outputIsMarkedAsOutputAndNothingElseComesOfIt(
            @ForAll("sent") byte[] sent, @ForAll("lengths") List<Integer> lengths, @ForAll OutputStream stream)
            throws IOException {
        events.accept(new RunEvent.StepStarted(AT, DOCKER));
        HostileText.chunks(new String(sent, StandardCharsets.UTF_8), lengths)
                .forEach(chunk -> events.accept(new RunEvent.CommandOutput(AT, DOCKER, stream, chunk)));
        events.accept(new RunEvent.CommandEnded(AT, DOCKER, 0));

        List<LogLine> lines = buffer.snapshot();
        assertThat(lines.get(0).kind()).isEqualTo(LogKind.STEP);
        assertThat(lines.subList(1, lines.size())).allSatisfy(line -> {
            assertThat(line.kind()).isEqualTo(stream == OutputStream.STDERR ? LogKind.STDERR : LogKind.STDOUT);
            ObedientTerminal.row(line.text());
        });
        List<String> saved = saved();
        assertThat(saved).hasSameSizeAs(lines);
        assertThat(saved.subList(1, saved.size()))
                .allSatisfy(row -> assertThat(row)
                        .startsWith("2026-01-02 03:04:05 docker@vm1 " + (stream == OutputStream.STDERR ? "! " : "| ")));
    }

    @Property(tries = 150, seed = "4732")
    void wordsFromElsewhereAreSavedInMarkedLinesToo(@ForAll("hostile") String word) throws IOException {
        Text text = Text.of("setup.command.what", word, word, 7);
        StepId odd = StepId.on("vm" + word, "docker");
        List.of(
                        new RunEvent.StepProgress(AT, odd, text),
                        new RunEvent.StepWaiting(AT, odd, text, 1, Duration.ofSeconds(5), Duration.ofSeconds(9)),
                        new RunEvent.CommandStarted(AT, odd, "docker " + word),
                        new RunEvent.CommandOutput(AT, odd, OutputStream.STDOUT, word),
                        new RunEvent.CommandEnded(AT, odd, 7),
                        new RunEvent.ResourceCreating(AT, odd, "/" + word),
                        new RunEvent.ResourceCreated(AT, odd, word),
                        new RunEvent.FactEstablished(AT, odd, "LOGIN_SERVER", word),
                        new RunEvent.StepSucceeded(AT, odd, Outcome.CREATED, text),
                        new RunEvent.StepFailed(
                                AT,
                                odd,
                                Failure.of("engine.unexpected", word, word).problem()),
                        new RunEvent.StepBlocked(AT, odd, StepId.on(word, "docker")))
                .forEach(events);
        log.problem(AT, Failure.of("engine.unexpected", word, word).problem());

        assertThat(buffer.snapshot()).allSatisfy(line -> ObedientTerminal.row(line.text()));
        assertThat(saved())
                .hasSize((int) buffer.end())
                .allSatisfy(row -> assertThat(row).startsWith("2026-01-02 03:04:05 "));
    }

    private List<String> saved() throws IOException {
        new LogFile(ENGLISH, buffer, Runnable::run, ZoneOffset.UTC).save(file, saved -> {});
        return ObedientTerminal.rows(Files.readString(file), System.lineSeparator());
    }
}
