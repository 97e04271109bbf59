package io.keylesspull.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class TerminalTextTest {

    @Provide
    Arbitrary<String> hostile() {
        return HostileText.texts();
    }

    @Provide
    Arbitrary<List<Integer>> lengths() {
        return Arbitraries.integers().between(1, 9).list().ofMinSize(1).ofMaxSize(8);
    }

    @Property(tries = 400, seed = "4711")
    void whateverAProgramWritesItsLinesAreFitToShow(
            @ForAll("hostile") String text, @ForAll("lengths") List<Integer> lengths) {
        assertThat(lines(HostileText.chunks(text, lengths))).allSatisfy(line -> {
            ObedientTerminal.row(line);
            assertThat(line.codePointCount(0, line.length())).isLessThanOrEqualTo(TerminalText.LONGEST);
        });
    }

    @Property(tries = 400, seed = "4712")
    void howItIsCutIntoPiecesMakesNoDifference(
            @ForAll("hostile") String text, @ForAll("lengths") List<Integer> lengths) {
        assertThat(lines(HostileText.chunks(text, lengths))).isEqualTo(lines(List.of(text)));
    }

    @Property(tries = 400, seed = "4713")
    void noLineReachesIntoAnother(@ForAll("hostile") String text) {
        // Whatever was written before and after it, a line that begins and ends by itself stays as it is.
        assertThat(lines(List.of("before\n", text, "\u0018\nthe line\n")))
                .startsWith("before")
                .endsWith("the line");
        assertThat(lines(List.of("the line\n" + text)).get(0)).isEqualTo("the line");
    }

    @Property(tries = 400, seed = "4714")
    void aTextMadeVisibleIsOneLineAndMadeVisibleAgainTheSame(@ForAll("hostile") String text) {
        String shown = ObedientTerminal.row(Visible.of(text));
        assertThat(Visible.of(shown)).isEqualTo(shown);
        Visible.ofLines(text).lines().forEach(ObedientTerminal::row);
        assertThat(Visible.ofLines(text)).doesNotContain("\r");
    }

    @Property(tries = 200, seed = "4715")
    void aSequenceWithoutEndHidesLittle(@ForAll("openings") String opening) {
        String said = String.join("", lines(List.of("a" + opening + "x".repeat(10_000))));
        assertThat(said.length()).isGreaterThan(5_000);
    }

    @Provide
    Arbitrary<String> openings() {
        return Arbitraries.of(
                "\u001b]", "\u001bP", "\u009d", "\u0090", "\u001b[", "\u009b", "\u001b_", "\u001bX", "\u001b^",
                "\u001b", "\u001b(");
    }

    @Property(tries = 400, seed = "4716")
    void theLineBeingWrittenIsReplacedUntilItEnds(
            @ForAll("hostile") String text, @ForAll("lengths") List<Integer> lengths) {
        TerminalText terminal = new TerminalText();
        for (String chunk : HostileText.chunks(text, lengths)) {
            List<TerminalLine> changed = terminal.feed(chunk);
            assertThat(changed).allSatisfy(line -> ObedientTerminal.row(line.text()));
            assertThat(changed.stream().limit(Math.max(0, changed.size() - 1))).allMatch(TerminalLine::ended);
        }
        assertThat(terminal.end()).hasSizeLessThanOrEqualTo(1).allMatch(TerminalLine::ended);
    }

    /** A line that comes whole and one that comes in pieces take different ways. */
    @Property(tries = 400, seed = "4717")
    void howItIsCutIntoPiecesMakesNoDifferenceToTheLooks(
            @ForAll("hostile") String text, @ForAll("lengths") List<Integer> lengths) {
        assertThat(looks(HostileText.chunks(text, lengths))).isEqualTo(looks(List.of(text)));
    }

    private static List<String> looks(List<String> chunks) {
        return ended(chunks).stream()
                .map(line -> line.text()
                        + IntStream.range(0, line.styles().count())
                                .mapToObj(i -> " " + line.styles().style(i) + "<"
                                        + line.styles().end(i))
                                .toList())
                .toList();
    }

    private static List<String> lines(List<String> chunks) {
        return ended(chunks).stream().map(TerminalLine::text).toList();
    }

    private static List<TerminalLine> ended(List<String> chunks) {
        TerminalText terminal = new TerminalText();
        return Stream.concat(
                        chunks.stream().flatMap(chunk -> terminal.feed(chunk).stream()),
                        Stream.of(terminal).flatMap(rest -> rest.end().stream()))
                .filter(TerminalLine::ended)
                .toList();
    }
}
