package io.keylesspull.engine.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.engine.event.RunEvent.CommandEnded;
import io.keylesspull.engine.event.RunEvent.CommandOutput;
import io.keylesspull.engine.event.RunEvent.OutputStream;
import io.keylesspull.engine.event.RunEvent.StepCancelled;
import io.keylesspull.text.TerminalLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutputParserTest {

    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");
    private static final StepId DOCKER = StepId.on("vm1", "docker");
    private static final StepId PULL = StepId.on("vm1", "pull");

    private final List<RunEvent> shown = new ArrayList<>();
    private final OutputParser parser = new OutputParser(shown::add);

    private void print(StepId step, OutputStream stream, String chunk) {
        parser.accept(new CommandOutput(AT, step, stream, chunk));
    }

    private List<String> lines() {
        return shown.stream()
                .filter(CommandOutput.class::isInstance)
                .map(CommandOutput.class::cast)
                .flatMap(output -> output.lines().stream()
                        .map(line -> output.step().name() + " " + output.stream() + " " + words(line)))
                .toList();
    }

    private static String words(TerminalLine line) {
        return line.text() + (line.ended() ? "." : "…");
    }

    @Test
    void eachStepsStreamsAreJoinedIntoLinesApart() {
        print(DOCKER, OutputStream.STDOUT, "half");
        print(PULL, OutputStream.STDOUT, "pulled\n");
        print(DOCKER, OutputStream.STDERR, "error\n");
        print(DOCKER, OutputStream.STDOUT, " a line\n");

        assertThat(lines())
                .containsExactly(
                        "docker STDOUT half…",
                        "pull STDOUT pulled.",
                        "docker STDERR error.",
                        "docker STDOUT half a line.");
    }

    @Test
    void aLineThatIsOpenWhenItsCommandEndsIsEndedByAnEventWithoutAChunk() {
        print(DOCKER, OutputStream.STDOUT, "no line feed");
        parser.accept(new CommandEnded(AT, DOCKER, 0));
        parser.accept(new CommandEnded(AT, DOCKER, 0));

        assertThat(lines()).containsExactly("docker STDOUT no line feed…", "docker STDOUT no line feed.");
        assertThat(((CommandOutput) shown.get(1)).chunk()).isEmpty();
        assertThat(shown.subList(2, 4)).allMatch(CommandEnded.class::isInstance);
    }

    @Test
    void whatACommandPrintsAfterTheEndOfItsStepIsLeftOut() {
        print(DOCKER, OutputStream.STDOUT, "in time\n");
        parser.accept(new StepCancelled(AT, DOCKER));
        print(DOCKER, OutputStream.STDOUT, "too late\n");
        print(PULL, OutputStream.STDOUT, "another's\n");

        assertThat(lines()).containsExactly("docker STDOUT in time.", "pull STDOUT another's.");
        assertThat(shown).hasSize(3);
    }

    @Test
    void allOtherEventsPassAsTheyAre() {
        List<RunEvent> others = SampleEvents.ofEachKind().stream()
                .filter(event -> !(event instanceof CommandOutput))
                .toList();
        others.forEach(parser);

        assertThat(shown).isEqualTo(others);
    }
}
