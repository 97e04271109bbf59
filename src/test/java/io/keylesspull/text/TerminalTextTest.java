package io.keylesspull.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
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
    void whateverAProgramWritesItsLinesAreFitToShow(@ForAll("hostile") String text,
                                                    @ForAll("lengths") List<Integer> lengths) {
        assertThat(lines(HostileText.chunks(text, lengths))).allSatisfy(line -> {
            ObedientTerminal.row(line);
            assertThat(line.codePointCount(0, line.length())).isLessThanOrEqualTo(TerminalText.LONGEST);
        });
    }

    @Property(tries = 400, seed = "4712")
    void howItIsCutIntoPiecesMakesNoDifference(@ForAll("hostile") String text,
                                               @ForAll("lengths") List<Integer> lengths) {
        assertThat(lines(HostileText.chunks(text, lengths))).isEqualTo(lines(List.of(text)));
    }

    @Property(tries = 400, seed = "4713")
    void noLineReachesIntoAnother(@ForAll("hostile") String text) {
        // Whatever was written before and after it, a line that begins and ends by itself stays as it is.
        assertThat(lines(List.of("before\n", text, "\u0018\nthe line\n"))).startsWith("before").endsWith("the line");
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
        return Arbitraries.of("\u001b]", "\u001bP", "\u009d", "\u0090", "\u001b[", "\u009b", "\u001b_", "\u001bX",
                "\u001b^", "\u001b", "\u001b(");
    }

    private static List<String> lines(List<String> chunks) {
        List<String> lines = new ArrayList<>();
        TerminalText terminal = new TerminalText(new TerminalText.Reader() {
            @Override
            public void changed(TerminalText line) {
                ObedientTerminal.row(line.text());
            }

            @Override
            public void ended(TerminalText line) {
                lines.add(line.text());
            }
        });
        chunks.forEach(terminal::feed);
        terminal.end();
        return lines;
    }
}
