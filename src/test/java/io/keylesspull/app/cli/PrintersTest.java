package io.keylesspull.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.OutputParser;
import io.keylesspull.engine.event.Purpose;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.event.RunEvent.OutputStream;
import io.keylesspull.engine.event.RunEvent.RunResult;
import io.keylesspull.engine.event.SampleEvents;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.setup.plan.LeftBehind;
import io.keylesspull.setup.report.TargetEnd;
import io.keylesspull.setup.step.Check;
import io.keylesspull.text.Text;
import io.keylesspull.text.Texts;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PrintersTest {

    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final StepId DOCKER = StepId.on("vm1", "docker");
    private static final Text WORDS = Text.of("engine.doneBefore");

    private static List<String> printed(Locale locale, RunEvent... events) {
        StringWriter out = new StringWriter();
        TextPrinter printer = new TextPrinter(
                new PrintWriter(out),
                new PrintWriter(new StringWriter()),
                new Texts(locale),
                ZoneOffset.UTC,
                false,
                "");
        Arrays.asList(events).forEach(new OutputParser(printer::event));
        return out.toString().lines().toList();
    }

    private static List<String> said(Locale locale, Consumer<TextPrinter> what) {
        StringWriter said = new StringWriter();
        PrintWriter both = new PrintWriter(said);
        what.accept(new TextPrinter(both, both, new Texts(locale), ZoneOffset.UTC, false, ""));
        return said.toString().lines().toList();
    }

    private static List<String> cancelled(Locale locale, TargetEnd... targets) {
        RunPrinter.Stopped stopped = new RunPrinter.Stopped(
                Purpose.SETUP,
                "1",
                new LeftBehind(List.of(), List.of(), List.of()),
                List.of(targets),
                RunPrinter.Optionals.ASKED);
        return said(locale, printer -> printer.cancelled(stopped));
    }

    @Test
    void thatNoTargetIsProvenIsSaidInALine() {
        TargetEnd[] two = {new TargetEnd.Unproven("vm1"), new TargetEnd.Unproven("vm2")};

        assertThat(cancelled(Locale.ENGLISH, two))
                .contains("None of the 2 targets is proven.")
                .doesNotContain("What came of each target:");
        assertThat(cancelled(Locale.ENGLISH, new TargetEnd.Unproven("vm1"))).contains("The target is not proven.");
        assertThat(cancelled(Locale.JAPANESE, two)).contains("ターゲット 2 個のうち、確認できたものはありません。");
    }

    private static List<String> checked(IntFunction<String> blamed) {
        return said(
                Locale.ENGLISH,
                printer -> printer.checks(IntStream.rangeClosed(1, 55)
                        .mapToObj(i -> Check.bad(
                                Text.of("setup.check.sshKey", "vm" + i),
                                Failure.of("engine.unexpected", "why", blamed.apply(i))
                                        .problem()))
                        .toList()));
    }

    @Test
    void manyChecksThatFindTheSameAreNamedInOneLine() {
        String names = "SSH key of “vm1”, and 54 more like it, the last: SSH key of “vm55”";
        List<String> same = checked(i -> "x");
        assertThat(same)
                .hasSize(3 + 1 + 3 + 1 + 1)
                .contains("    bad  " + names)
                .containsOnlyOnce(names + " (bad):");

        List<String> eachItsOwn = checked(i -> "x" + i);
        assertThat(eachItsOwn).hasSameSizeAs(same).containsOnlyOnce(names + " (bad):");
        assertThat(eachItsOwn.get(4)).isEqualTo("“x1” stopped because of an error in Keyless Pull.");
    }

    private static List<JsonNode> json(List<RunEvent> events) throws IOException {
        StringWriter out = new StringWriter();
        JsonPrinter printer = new JsonPrinter(new PrintWriter(out));
        events.forEach(printer::event);
        List<JsonNode> nodes = new ArrayList<>();
        for (String line : out.toString().lines().toList()) {
            nodes.add(new ObjectMapper().readTree(line));
        }
        return nodes;
    }

    private static RunEvent wrote(OutputStream stream, String chunk) {
        return new RunEvent.CommandOutput(AT, DOCKER, stream, chunk);
    }

    private static List<String> output(String... chunks) {
        List<RunEvent> events = new ArrayList<>();
        for (String chunk : chunks) {
            events.add(wrote(OutputStream.STDOUT, chunk));
        }
        events.add(new RunEvent.CommandEnded(AT, DOCKER, 0));
        return printed(Locale.ENGLISH, events.toArray(RunEvent[]::new)).stream()
                .map(line -> line.replaceFirst("^03:04:05 *docker  [|] ", ""))
                .toList();
    }

    private static List<RunEvent> oneOfEach() {
        return List.of(
                new RunEvent.RunStarted(AT, Purpose.SETUP, List.of(new RunEvent.PlannedStep(DOCKER, WORDS, Set.of()))),
                new RunEvent.StepStarted(AT, DOCKER),
                new RunEvent.StepProgress(AT, DOCKER, WORDS),
                new RunEvent.StepWaiting(AT, DOCKER, WORDS, 4, Duration.ofSeconds(20), Duration.ofMillis(90_500)),
                new RunEvent.CommandStarted(AT, DOCKER, "docker ps"),
                wrote(OutputStream.STDERR, "half a li"),
                new RunEvent.CommandEnded(AT, DOCKER, 7),
                new RunEvent.ResourceCreating(AT, DOCKER, "/subscriptions/s/x"),
                new RunEvent.ResourceCreated(AT, DOCKER, "/subscriptions/s/x"),
                new RunEvent.FactEstablished(AT, DOCKER, "DIGEST", "sha256:abc"),
                new RunEvent.StepSucceeded(AT, DOCKER, Outcome.CREATED, WORDS),
                new RunEvent.StepFailed(
                        AT,
                        DOCKER,
                        Failure.of("engine.unexpected", "the\ncause", "x").problem()),
                new RunEvent.StepBlocked(AT, StepId.on("vm1", "pull"), DOCKER),
                new RunEvent.StepCancelled(AT, DOCKER),
                new RunEvent.RunEnded(AT, RunResult.CANCELLED));
    }

    @Test
    void eachEventIsALineInColumnsForAPerson() {
        assertThat(printed(Locale.ENGLISH, oneOfEach().toArray(RunEvent[]::new)))
                .startsWith(
                        "03:04:05               Starting; number of steps: 1",
                        "03:04:05  vm1  docker  started",
                        "03:04:05  vm1  docker  done before",
                        "03:04:05  vm1  docker  done before; try 4, next in 20 s, for at most 91 s more",
                        "03:04:05  vm1  docker  $ docker ps",
                        "03:04:05  vm1  docker  ! half a li",
                        "03:04:05  vm1  docker  exit status 7",
                        "03:04:05  vm1  docker  creating /subscriptions/s/x",
                        "03:04:05  vm1  docker  created /subscriptions/s/x")
                .contains("03:04:05  vm1  docker      cause", "03:04:05  vm1  pull    not run: docker did not succeed")
                .endsWith("03:04:05               The run was cancelled.");
    }

    private static RunEvent started(int targets) {
        return new RunEvent.RunStarted(
                AT,
                Purpose.UNDO,
                IntStream.rangeClosed(1, targets)
                        .mapToObj(i -> new RunEvent.PlannedStep(StepId.on("vm" + i, "restore"), WORDS, Set.of()))
                        .toList());
    }

    private static Instant after(int seconds) {
        return AT.plusSeconds(seconds);
    }

    @Test
    void ofManyTargetsItIsCountedHowFarTheyAreNowAndThenAndAtTheEnd() {
        List<RunEvent> events = new ArrayList<>(List.of(started(55)));
        IntStream.rangeClosed(1, 55)
                .forEach(i -> events.add(new RunEvent.StepStarted(AT, StepId.on("vm" + i, "restore"))));
        IntStream.rangeClosed(1, 300)
                .forEach(i -> events.add(
                        new RunEvent.CommandStarted(after(i / 5), StepId.on("vm1", "restore"), "docker image rm")));
        IntStream.rangeClosed(1, 12)
                .forEach(i -> events.add(new RunEvent.StepSucceeded(
                        after(60 + i), StepId.on("vm" + i, "restore"), Outcome.CHANGED, WORDS)));
        IntStream.rangeClosed(13, 55)
                .forEach(i -> events.add(new RunEvent.StepCancelled(after(73), StepId.on("vm" + i, "restore"))));

        assertThat(printed(Locale.ENGLISH, events.toArray(RunEvent[]::new)))
                .containsExactly(
                        "03:04:05                 Taking back; number of steps: 55",
                        "Of 55 targets, only counts and failures are shown here. The log of the run has everything.",
                        "03:04:35        restore  0 of 55 targets",
                        "03:05:05        restore  0 of 55 targets",
                        "03:05:15        restore  10 of 55 targets",
                        "03:05:18        restore  12 of 55 targets; cancelled: 43");
    }

    @Test
    void failuresOfManyTargetsThatAreAlikeAreExplainedOnce() {
        List<RunEvent> events = new ArrayList<>(List.of(started(55)));
        IntStream.rangeClosed(1, 55)
                .forEach(i -> events.add(new RunEvent.StepFailed(
                        AT,
                        StepId.on("vm" + i, "restore"),
                        Failure.of("engine.unexpected", "", "x").problem())));

        List<String> printed = printed(Locale.ENGLISH, events.toArray(RunEvent[]::new));

        assertThat(printed).hasSize(2 + 3 + 9 + 1).last().asString().endsWith("0 of 55 targets; failed: 55");
        assertThat(printed).filteredOn(line -> line.contains("Try again.")).hasSize(1);
    }

    @Test
    void upToFiftyTargetsAreShownOneByOne() {
        List<RunEvent> events = new ArrayList<>(List.of(started(50)));
        IntStream.rangeClosed(1, 50)
                .forEach(i -> events.add(
                        new RunEvent.StepSucceeded(AT, StepId.on("vm" + i, "restore"), Outcome.CHANGED, WORDS)));

        assertThat(printed(Locale.ENGLISH, events.toArray(RunEvent[]::new))).hasSize(51);
    }

    @Test
    void everyOutcomeAndEveryEndHasWordsInBothLanguages() {
        RunEvent[] events = Stream.concat(
                        Stream.of(Outcome.values()).map(how -> new RunEvent.StepSucceeded(AT, DOCKER, how, WORDS)),
                        Stream.of(RunResult.values()).map(how -> new RunEvent.RunEnded(AT, how)))
                .toArray(RunEvent[]::new);
        assertThat(printed(Locale.ENGLISH, events)).hasSameSizeAs(events).doesNotHaveDuplicates();
        assertThat(printed(Locale.JAPANESE, events)).hasSameSizeAs(events).doesNotHaveDuplicates();
    }

    @Test
    void everyEventHasJapaneseWords() {
        assertThat(printed(Locale.JAPANESE, oneOfEach().toArray(RunEvent[]::new)))
                .contains("03:04:05  vm1  docker  開始", "03:04:05  vm1  docker  終了コード 7");
    }

    @Test
    void piecesOfOutputAreJoinedIntoLines() {
        assertThat(output("Reading pa", "ckage lists\nDone", "\nlast"))
                .containsExactly("Reading package lists", "Done", "last");
    }

    @Test
    void stdoutAndStderrAreJoinedApart() {
        assertThat(printed(
                        Locale.ENGLISH,
                        wrote(OutputStream.STDOUT, "o1"),
                        wrote(OutputStream.STDERR, "e1"),
                        wrote(OutputStream.STDOUT, " o2\n"),
                        wrote(OutputStream.STDERR, " e2\n")))
                .satisfiesExactly(
                        first -> assertThat(first).endsWith("| o1 o2"),
                        second -> assertThat(second).endsWith("! e1 e2"));
    }

    @Test
    void ofWhatCarriageReturnsOverwroteTheLastStateIsPrinted() {
        assertThat(output("10%\r50%\r", "100%\r\nnext\n")).containsExactly("100%", "next");
    }

    @Test
    void coloursAndCursorMovementAreTakenOut() {
        assertThat(output("\u001B[1;31mred\u001B[0m \u001B[5Aline\u001B]0;title\u0007!\n"))
                .containsExactly("red line!");
        assertThat(output("half\u001B[1K\rwhole\n")).containsExactly("whole");
    }

    @Test
    void whatCannotBeSeenIsShown() {
        assertThat(output("a\u0000b\u007Fc\u202Ed\u0085e\tf\n")).containsExactly("abc\u27e8U+202E\u27e9de   f");
    }

    @Test
    void aProgramThatNeverEndsItsLineDoesNotFillTheMemory() {
        assertThat(output("x".repeat(70_000), "y\n")).hasSize(9);
    }

    @Test
    void everyEventIsAnObjectWithTypeTimeStepAndMachine() throws IOException {
        List<JsonNode> events = json(oneOfEach());
        assertThat(events)
                .extracting(event -> event.path("type").asText())
                .containsExactly(
                        "runStarted",
                        "stepStarted",
                        "stepProgress",
                        "stepWaiting",
                        "commandStarted",
                        "commandOutput",
                        "commandEnded",
                        "resourceCreating",
                        "resourceCreated",
                        "factEstablished",
                        "stepSucceeded",
                        "stepFailed",
                        "stepBlocked",
                        "stepCancelled",
                        "runEnded");
        assertThat(events)
                .allSatisfy(event -> assertThat(event.path("time").asText()).isEqualTo("2026-01-02T03:04:05.678Z"));
        assertThat(events.subList(1, 12)).allSatisfy(event -> {
            assertThat(event.path("step").asText()).isEqualTo("docker");
            assertThat(event.path("machine").asText()).isEqualTo("vm1");
        });
    }

    /** A new kind, or a new constant, needs a name that then stays. */
    @Test
    void everyKindOfEventHasItsNameInJson() throws IOException {
        assertThat(json(SampleEvents.ofEachKind()))
                .extracting(event -> event.path("type").asText())
                .containsExactlyInAnyOrder(
                        "runStarted",
                        "runEnded",
                        "stepStarted",
                        "stepProgress",
                        "stepWaiting",
                        "commandStarted",
                        "commandOutput",
                        "commandEnded",
                        "resourceCreating",
                        "resourceCreated",
                        "resourceDeleted",
                        "changeBegun",
                        "changeDone",
                        "changeReverted",
                        "factEstablished",
                        "stepSucceeded",
                        "stepFailed",
                        "stepBlocked",
                        "stepCancelled");
        assertThat(Stream.of(Outcome.values()).map(EventNames::of))
                .containsExactly("found", "created", "changed", "deleted", "leftAlone", "checked");
        assertThat(Stream.of(Purpose.values()).map(EventNames::of)).containsExactly("setup", "undo");
        assertThat(Stream.of(RunResult.values()).map(EventNames::of))
                .containsExactly("succeeded", "failed", "cancelled");
        assertThat(Stream.of(OutputStream.values()).map(EventNames::of)).containsExactly("stdout", "stderr");
    }

    @Test
    void theEndOfALineThatACommandLeftOpenIsNothingNewInJson() {
        List<RunEvent> events = new ArrayList<>();
        OutputParser parser = new OutputParser(events::add);
        parser.accept(wrote(OutputStream.STDOUT, "open"));
        parser.accept(new RunEvent.CommandEnded(AT, DOCKER, 0));
        StringWriter out = new StringWriter();
        events.forEach(new JsonPrinter(new PrintWriter(out))::event);

        assertThat(events).hasSize(3);
        assertThat(out.toString().lines()).hasSize(2);
    }

    @Test
    void aWaitAndAFailureSayInJsonWhatTheySayToAPerson() throws IOException {
        List<JsonNode> events = json(oneOfEach());
        JsonNode waiting = events.get(3);
        assertThat(waiting.path("reason").asText()).isEqualTo("done before");
        assertThat(waiting.path("reasonKey").asText()).isEqualTo("engine.doneBefore");
        assertThat(waiting.path("attempt").asInt()).isEqualTo(4);
        assertThat(waiting.path("nextSeconds").asDouble()).isEqualTo(20.0);
        assertThat(waiting.path("leftSeconds").asDouble()).isEqualTo(90.5);
        JsonNode failed = events.get(11);
        assertThat(failed.path("whatKey").asText()).isEqualTo("engine.unexpected.what");
        assertThat(failed.path("remedy").asText()).startsWith("Try again.");
        assertThat(failed.path("details").asText()).isEqualTo("the\ncause");
        assertThat(events.get(14).path("result").asText()).isEqualTo("cancelled");
    }

    @Test
    void outputStaysAsItCameInJson() throws IOException {
        String chunk = "\u001B[1mhalf\r\u0000 日本\nrest";
        assertThat(json(List.of(wrote(OutputStream.STDERR, chunk))))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.path("chunk").asText()).isEqualTo(chunk);
                    assertThat(event.path("stream").asText()).isEqualTo("stderr");
                });
    }
}
