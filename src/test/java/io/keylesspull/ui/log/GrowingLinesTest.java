package io.keylesspull.ui.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.engine.event.OutputParser;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.event.RunEvent.OutputStream;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.text.Style;
import io.keylesspull.text.TerminalText;
import io.keylesspull.text.Texts;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Output on its way from a command to the log on the screen. */
class GrowingLinesTest {

    private static final StepId STEP = StepId.on("vm1", "docker");

    private final LogBuffer buffer = new LogBuffer(100, 100_000, new LogStore());
    private final OutputParser events = new OutputParser(new LogWriter(buffer, new Texts(Locale.ENGLISH))::write);

    private List<String> after(String... chunks) {
        for (String chunk : chunks) {
            events.accept(new RunEvent.CommandOutput(Instant.EPOCH, STEP, OutputStream.STDOUT, chunk));
        }
        return buffer.snapshot().stream().map(LogLine::text).toList();
    }

    @Test
    void aLineGrowsInPlaceUntilItEnds() {
        assertThat(after("Read")).containsExactly("Read");
        assertThat(after("ing\nDone")).containsExactly("Reading", "Done");
    }

    @Test
    void aCarriageReturnWritesOverTheSameLine() {
        assertThat(after("10% done\r", "20%", "\r\u001b[K99%", "\n")).containsExactly("99%");
        assertThat(after("abcdef\rXY\n")).containsExactly("99%", "XYcdef");
    }

    @Test
    void windowsLineEndsAndEmptyLinesAreLines() {
        assertThat(after("a\r", "\n\n", "b\r\n")).containsExactly("a", "", "b");
    }

    @Test
    void anEscapeSplitBetweenChunksIsStillOne() {
        assertThat(after("\u001b", "[3", "1", "mred\u001b[", "0m plain\n")).containsExactly("red plain");
        LogLine line = buffer.snapshot().get(0);
        assertThat(line.styles().count()).isEqualTo(2);
        assertThat(Style.colour(line.styles().style(0))).isEqualTo(2);
        assertThat(line.styles().end(0)).isEqualTo(3);
        assertThat(line.styles().style(1)).isEqualTo(Style.PLAIN);
    }

    @Test
    void theHalvesOfACharacterSplitBetweenChunksAreJoined() {
        assertThat(after("\ud83d", "\udc33 docker\n")).containsExactly("\ud83d\udc33 docker");
    }

    @Test
    void aLoneHalfIsShownAsAReplacement() {
        assertThat(after("a\ud83d", "b\udc33\n")).containsExactly("a\ufffdb\ufffd");
    }

    @Test
    void everyOtherSequenceIsSwallowed() {
        assertThat(after("a\u001b]0;a title\u0007b\u001b[2A\u001b[10;20Hc\u001b(Bd\u001bPdevice\u001b\\e\u0000\u0007f"
                        + "\u009b1Ag\n"))
                .containsExactly("abcdefg");
    }

    @Test
    void anUnfinishedSequenceDoesNotSwallowTheNextLine() {
        assertThat(after("a\u001b]0;never ended\nb\n\u001b[12\nc\n")).containsExactly("a", "b", "", "c");
    }

    @Test
    void indexedAndTrueColoursBecomeOneOfSixteen() {
        after("\u001b[38;5;196mx\u001b[38;2;0;255;0my\u001b[1;48;5;9mz\u001b[38:2::0:0:255mw\n");
        LogLine line = buffer.snapshot().get(0);
        assertThat(Style.colour(line.styles().style(0))).isEqualTo(10);
        assertThat(Style.colour(line.styles().style(1))).isEqualTo(11);
        assertThat(line.styles().style(2) & Style.BOLD).isNotZero();
        assertThat(Style.colour(line.styles().style(3))).isEqualTo(13);
    }

    @Test
    void charactersThatWouldTurnTheLineRoundAreNamed() {
        assertThat(after("safe\u202egnp.exe\u2028x\n"))
                .containsExactly("safe\u27e8U+202E\u27e9gnp.exe\u27e8U+2028\u27e9x");
    }

    @Test
    void aVeryLongLineIsFolded() {
        List<String> lines = after("x".repeat(2 * TerminalText.LONGEST + 5) + "\n");
        assertThat(lines).extracting(String::length).containsExactly(8_000, 8_000, 5);
    }

    @Test
    void aTabReachesTheNextStop() {
        assertThat(after("a\tb\n")).containsExactly("a       b");
    }

    @Test
    void whatTheNextCommandPrintsBeginsALineOfItsOwn() {
        after("60%\r\u001b[K");
        events.accept(new RunEvent.CommandEnded(Instant.EPOCH, STEP, 0));
        events.accept(new RunEvent.CommandStarted(Instant.EPOCH, STEP, "id"));
        assertThat(after("uid=0")).containsExactly("", "id", "uid=0");
    }
}
