package io.keylesspull.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.OutputParser;
import io.keylesspull.engine.event.Problem;
import io.keylesspull.engine.event.Purpose;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.event.RunEvent.OutputStream;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.setup.plan.LeftBehind;
import io.keylesspull.setup.report.TargetEnd;
import io.keylesspull.setup.session.ProvenCluster;
import io.keylesspull.setup.session.ProvenMachine;
import io.keylesspull.setup.session.ProvenScaleSet;
import io.keylesspull.setup.step.Check;
import io.keylesspull.setup.step.Script;
import io.keylesspull.text.HostileText;
import io.keylesspull.text.ObedientTerminal;
import io.keylesspull.text.Text;
import io.keylesspull.text.Texts;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.BeforeTry;

/** Whatever machines and Azure say, on a terminal it is no more than marked lines. */
class HostilePrintersTest {

    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");
    private static final StepId DOCKER = StepId.on("vm1", "docker");
    private static final String COLUMNS = "03:04:05  docker";

    private StringWriter out;
    private StringWriter err;
    private TextPrinter text;
    private OutputParser events;

    @BeforeTry
    void printNothingYet() {
        out = new StringWriter();
        err = new StringWriter();
        text = new TextPrinter(
                new PrintWriter(out), new PrintWriter(err), new Texts(Locale.ENGLISH), ZoneOffset.UTC, false, "");
        events = new OutputParser(text::event);
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

    @Property(tries = 150, seed = "4721")
    void outputCannotPassForAnythingElse(
            @ForAll("sent") byte[] sent, @ForAll("lengths") List<Integer> lengths, @ForAll OutputStream stream) {
        HostileText.chunks(new String(sent, StandardCharsets.UTF_8), lengths)
                .forEach(chunk -> events.accept(new RunEvent.CommandOutput(AT, DOCKER, stream, chunk)));
        events.accept(new RunEvent.CommandEnded(AT, DOCKER, 0));

        String mark = stream == OutputStream.STDERR ? "!" : "|";
        assertThat(rows(out)).allSatisfy(row -> assertThat(row).startsWith(COLUMNS + "  " + mark));
        events.accept(new RunEvent.StepStarted(AT, DOCKER));
        assertThat(rows(out)).endsWith(COLUMNS + "  started");
    }

    @Property(tries = 150, seed = "4722")
    void wordsFromElsewhereStayWithinTheirLine(@ForAll("hostile") String word) {
        events(word).forEach(events);

        assertThat(rows(out)).allSatisfy(row -> assertThat(row).startsWith(COLUMNS));
        assertThat(rows(out).stream().filter(row -> row.contains("  creating ") || row.contains("  exit status ")))
                .hasSizeGreaterThanOrEqualTo(2);
    }

    @Property(tries = 150, seed = "4723")
    void problemsChecksCommandsAndResultsAreNoMoreThanTheirLines(@ForAll("hostile") String word) {
        Problem problem = problem(word);
        text.problem(problem);
        text.checks(List.of(
                new Check(Text.of("setup.command.what", word, word, 1), Check.Verdict.GOOD, Optional.of(problem))));
        text.commands(List.of(new Script.Line(false, word), new Script.Line(true, word)));
        text.proven(
                List.of(new ProvenMachine(
                        word,
                        Text.of("setup.way.public", word),
                        word,
                        List.of(word),
                        List.of(Text.of("setup.undo.change", word)),
                        word,
                        word,
                        word)),
                List.of(new ProvenCluster(word, word, word, List.of(word))),
                Optional.of(new ProvenScaleSet(word, word, word, 3, 3)));
        failed(text, word, problem);

        int details = (int) problem.details().lines().count();
        assertThat(rows(err)).hasSize(3 + details);
        assertThat(rows(err).subList(3, 3 + details))
                .allSatisfy(row -> assertThat(row).startsWith("    "));
        int lines = word.split("\n", -1).length;
        assertThat(rows(out)).hasSize(3 + 4 + details + 1 + 2 + 2 * lines + 10 + 5 + 5 + 11);
    }

    private static void failed(RunPrinter printer, String word, Problem problem) {
        printer.failed(new RunPrinter.Stopped(
                Purpose.SETUP,
                word,
                new LeftBehind(List.of(word), List.of(Text.of("setup.undo.change", word)), List.of()),
                List.of(
                        new TargetEnd.Proven(word + "1", word, word, List.of(word)),
                        new TargetEnd.Failed(word + "2", problem),
                        new TargetEnd.Unproven(word + "3")),
                RunPrinter.Optionals.ASKED));
    }

    @Property(tries = 150, seed = "4724")
    void jsonIsOneObjectALineAndSaysExactlyWhatCame(@ForAll("hostile") String word) throws IOException {
        JsonPrinter json = new JsonPrinter(new PrintWriter(out));
        List<RunEvent> events = events(word);
        events.forEach(json::event);
        json.problem(problem(word));
        failed(json, word, problem(word));

        List<String> rows = rows(out);
        assertThat(rows).hasSize(events.size() + 2);
        for (String row : rows) {
            JsonNode node = new ObjectMapper().readTree(row);
            assertThat(node.path("type").asText()).isNotEmpty();
            if (node.has("chunk")) {
                assertThat(node.path("chunk").asText()).isEqualTo(word);
            }
        }
    }

    private static List<RunEvent> events(String word) {
        Text text = Text.of("setup.command.what", word, word, 7);
        return List.of(
                new RunEvent.StepProgress(AT, DOCKER, text),
                new RunEvent.StepWaiting(AT, DOCKER, text, 1, Duration.ofSeconds(5), Duration.ofSeconds(9)),
                new RunEvent.CommandStarted(AT, DOCKER, "docker " + word),
                new RunEvent.CommandOutput(AT, DOCKER, OutputStream.STDOUT, word),
                new RunEvent.CommandEnded(AT, DOCKER, 7),
                new RunEvent.ResourceCreating(AT, DOCKER, "/subscriptions/" + word),
                new RunEvent.ResourceCreated(AT, DOCKER, word),
                new RunEvent.FactEstablished(AT, DOCKER, "LOGIN_SERVER", word),
                new RunEvent.StepSucceeded(AT, DOCKER, Outcome.CREATED, text),
                new RunEvent.StepFailed(AT, DOCKER, problem(word)),
                new RunEvent.StepBlocked(AT, DOCKER, StepId.on(word, "docker")));
    }

    private static Problem problem(String word) {
        return Failure.of("engine.unexpected", word, word).problem();
    }

    private static List<String> rows(StringWriter written) {
        return ObedientTerminal.rows(written.toString(), System.lineSeparator());
    }
}
