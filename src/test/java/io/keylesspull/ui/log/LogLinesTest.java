package io.keylesspull.ui.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.engine.event.OutputParser;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.event.RunEvent.OutputStream;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.text.TerminalLine;
import io.keylesspull.text.Texts;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class LogLinesTest {

    private static final long AMPLE = 10_000_000_000L;
    private static final LogSource DOCKER = source("vm1", "docker");
    private static final LogSource PULL = source("vm2", "pull");

    private static LogSource source(String machine, String step) {
        return new LogSource(Optional.of(StepId.on(machine, step)), step);
    }

    private static LogLine add(LogBuffer buffer, LogSource source, String text) {
        return buffer.add(number -> new LogLine(number, 0, source, LogKind.STDOUT, TerminalLine.plain(text)));
    }

    private static LogBuffer buffer(int lines) {
        return new LogBuffer(lines, 1_000_000, new LogStore());
    }

    @Test
    void theListHasTheLastLinesAndReadsOthers() {
        LogBuffer buffer = buffer(100);
        LogLines lines = new LogLines(buffer);
        int all = 20_000;
        for (int i = 0; i < all; i++) {
            add(buffer, DOCKER, "line " + i);
            buffer.spill();
            if (i % 500 == 0) {
                lines.drain(true, AMPLE);
            }
        }
        lines.drain(true, AMPLE);
        assertThat(buffer.snapshot()).hasSizeLessThan(1_100);
        assertThat(lines).hasSizeLessThanOrEqualTo(LogLines.MOST);
        assertThat(lines.get(lines.size() - 1).text()).isEqualTo("line 19999");

        while (lines.hasEarlier()) {
            lines.prepend(LogPortion.before(buffer, lines.from(), LogFilter.ALL, 1_000));
            assertThat(lines).hasSizeLessThanOrEqualTo(LogLines.MOST);
        }
        assertThat(lines.get(0).text()).isEqualTo("line 0");
        assertThat(lines.hasLater()).isTrue();

        int read = lines.size();
        while (lines.hasLater()) {
            lines.append(LogPortion.after(buffer, lines.to(), LogFilter.ALL, 1_000));
            lines.drain(false, AMPLE);
            read++;
        }
        assertThat(lines).extracting(LogLine::text).endsWith("line 19998", "line 19999");
        assertThat(lines).hasSizeGreaterThan(1_000);
        assertThat(read).isGreaterThan(10);
    }

    @Test
    void linesThatComeWhileTheListIsScrolledUpAreCountedAndDoNotMoveIt() {
        LogBuffer buffer = buffer(100);
        LogLines lines = new LogLines(buffer);
        add(buffer, DOCKER, "first");
        lines.drain(true, AMPLE);
        lines.seen();
        for (int i = 0; i < 50_000; i++) {
            add(buffer, DOCKER, "line " + i);
            if (i % 1_000 == 0) {
                lines.drain(false, AMPLE);
                buffer.spill();
            }
        }
        lines.drain(false, AMPLE);
        assertThat(lines.get(0).text()).isEqualTo("first");
        assertThat(lines).hasSizeLessThanOrEqualTo(LogLines.MOST + 2_000);
        assertThat(lines.unseen()).isEqualTo(50_000);
        lines.toEnd();
        assertThat(lines.get(lines.size() - 1).text()).isEqualTo("line 49999");
        assertThat(lines.unseen()).isZero();
    }

    @Test
    void veryLongLinesAreBoundedByTheirCharacters() {
        LogBuffer buffer = new LogBuffer(1_000, 10_000, new LogStore());
        for (int i = 0; i < 100; i++) {
            add(buffer, DOCKER, "x".repeat(1_000));
            buffer.spill();
        }
        assertThat(buffer.snapshot()).hasSizeLessThanOrEqualTo(10);
        assertThat(buffer.lines(0).get(0).length()).isEqualTo(1_000);
    }

    @Test
    void whatIsOnTheDiskIsAsItWas() {
        LogBuffer buffer = buffer(1);
        OutputParser events = new OutputParser(new LogWriter(buffer, new Texts(Locale.ENGLISH))::write);
        events.accept(new RunEvent.CommandOutput(
                Instant.ofEpochMilli(7),
                DOCKER.step().orElseThrow(),
                OutputStream.STDERR,
                "\u001b[31mred\u001b[0m \u8a2d\u5b9a\n" + "more\n".repeat(3_000)));
        assertThat(buffer.snapshot()).hasSizeLessThan(1_002);
        LogLine line = buffer.lines(0).get(0);
        assertThat(line.text()).isEqualTo("red \u8a2d\u5b9a");
        assertThat(line.at()).isEqualTo(Instant.ofEpochMilli(7));
        assertThat(line.kind()).isEqualTo(LogKind.STDERR);
        assertThat(line.source().step()).isEqualTo(DOCKER.step());
        assertThat(line.styles().end(0)).isEqualTo(3);
    }

    @Test
    void anInterruptNeitherLosesLinesNorIsLost() {
        LogBuffer buffer = buffer(1);
        for (int i = 0; i < 3_000; i++) {
            add(buffer, DOCKER, "line " + i);
        }
        Thread.currentThread().interrupt();
        buffer.spill();
        assertThat(buffer.lines(7).get(0).text()).isEqualTo("line 7");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(buffer.lines(1_007).get(0).text()).isEqualTo("line 1007");
    }

    @Test
    void aFileThatIsTooLargeIsWrittenAnew() {
        LogBuffer buffer = new LogBuffer(10, 1_000_000, new LogStore(200_000));
        for (int i = 0; i < 20_000; i++) {
            add(buffer, DOCKER, "line " + i);
            buffer.spill();
        }
        assertThat(buffer.oldest()).isPositive().isEqualTo(buffer.lost());
        assertThat(buffer.lines(0).get(0).number()).isEqualTo(buffer.oldest());
        long next = buffer.oldest();
        for (List<LogLine> some = buffer.lines(next); !some.isEmpty(); some = buffer.lines(next)) {
            assertThat(some.get(0).text()).isEqualTo("line " + next);
            next = some.get(some.size() - 1).number() + 1;
        }
        assertThat(next).isEqualTo(20_000);
    }

    @Test
    void aLineThatChangesAfterItWasReadIsReplaced() {
        LogBuffer buffer = buffer(10);
        LogLines lines = new LogLines(buffer);
        LogLine line = add(buffer, DOCKER, "10%");
        lines.drain(true, AMPLE);
        buffer.replace(new LogLine(line.number(), 0, DOCKER, LogKind.STDOUT, TerminalLine.plain("20%")));
        lines.drain(true, AMPLE);
        assertThat(lines).extracting(LogLine::text).containsExactly("20%");
    }

    @Test
    void aFilterHoldsForWhatIsThereAndWhatComes() {
        LogBuffer buffer = buffer(10);
        LogLines lines = new LogLines(buffer);
        add(buffer, DOCKER, "a");
        add(buffer, PULL, "b");
        add(buffer, LogSource.RUN, "run");
        lines.setFilter(new LogFilter(Optional.of("vm2"), Optional.empty(), true));
        assertThat(lines).extracting(LogLine::text).containsExactly("b", "run");
        add(buffer, DOCKER, "c");
        add(buffer, PULL, "d");
        lines.drain(true, AMPLE);
        assertThat(lines).extracting(LogLine::text).containsExactly("b", "run", "d");
        lines.setFilter(new LogFilter(Optional.empty(), DOCKER.step(), true));
        assertThat(lines).extracting(LogLine::text).containsExactly("a", "c");
        lines.setFilter(LogFilter.ALL);
        assertThat(lines).hasSize(5);
    }

    @Test
    void aSearchCountsAndGoesRound() {
        LogBuffer buffer = buffer(4);
        LogSearch search = new LogSearch(buffer, Runnable::run, Runnable::run, () -> {});
        for (String text : "Error one,fine,an ERROR,fine".split(",")) {
            add(buffer, DOCKER, text);
        }
        search.find("error", LogFilter.ALL);
        assertThat(search.count()).isEqualTo(2);
        assertThat(search.progress()).isEqualTo(1);
        assertThat(search.step(1)).hasValue(0);
        assertThat(search.step(1)).hasValue(2);
        assertThat(search.step(1)).hasValue(0);
        assertThat(search.step(-1)).hasValue(2);
        assertThat(search.position()).isEqualTo(2);
        add(buffer, DOCKER, "new error");
        search.advance();
        assertThat(search.count()).isEqualTo(3);
        assertThat(search.position()).isEqualTo(2);
    }

    @Test
    void aSearchReadsTheDiskInPortionsAndIsCancelled() {
        LogBuffer buffer = buffer(10);
        Queue<Runnable> background = new ArrayDeque<>();
        LogSearch search = new LogSearch(buffer, background::add, Runnable::run, () -> {});
        for (int i = 0; i < 50_000; i++) {
            add(buffer, i % 2 == 0 ? DOCKER : PULL, "line " + i);
            buffer.spill();
        }
        search.find("9", LogFilter.ALL.of(PULL.step()));
        background.remove().run();
        assertThat(search.progress()).isBetween(0.3, 0.6);
        assertThat(search.count()).isPositive();
        search.find("", LogFilter.ALL);
        background.remove().run();
        assertThat(search.count()).isZero();
        assertThat(background).isEmpty();
        search.find("line 4999", LogFilter.ALL.of(PULL.step()));
        while (!background.isEmpty()) {
            background.remove().run();
        }
        // 4999 and 49991 to 49999, every other.
        assertThat(search.count()).isEqualTo(6);
    }

    @Test
    void aLineThatChangesWhileItIsSearchedIsFoundAsItIsAtTheEnd() {
        LogBuffer buffer = buffer(10);
        Queue<Runnable> back = new ArrayDeque<>();
        LogSearch search = new LogSearch(buffer, Runnable::run, back::add, () -> {});
        LogLine line = add(buffer, DOCKER, "10%");
        search.find("10", LogFilter.ALL);
        search.replaced(new LogLine(line.number(), 0, DOCKER, LogKind.STDOUT, TerminalLine.plain("20%")));
        back.remove().run();
        assertThat(search.count()).isZero();
        search.replaced(new LogLine(line.number(), 0, DOCKER, LogKind.STDOUT, TerminalLine.plain("100%")));
        assertThat(search.count()).isEqualTo(1);
    }

    @Test
    void aMillionLinesStayReadableAndTakeFewMegabytes() {
        LogBuffer buffer = new LogBuffer();
        LogLines lines = new LogLines(buffer);
        OutputParser events = new OutputParser(new LogWriter(buffer, new Texts(Locale.ENGLISH))::write);
        StepId step = DOCKER.step().orElseThrow();
        long before = used();
        for (int i = 0; i < 1_000_000; i++) {
            events.accept(new RunEvent.CommandOutput(
                    Instant.ofEpochMilli(i),
                    step,
                    OutputStream.STDOUT,
                    "Unpacking package number " + i + " over the one that was there before\n"));
            if (i % 50_000 == 0) {
                lines.drain(true, AMPLE);
            }
        }
        lines.drain(true, AMPLE);
        assertThat(lines.get(lines.size() - 1).text()).contains("number 999999 ");
        assertThat(buffer.lost()).isZero();
        assertThat(buffer.lines(123_456).get(0).text()).contains("number 123456 ");
        assertThat(used() - before).isLessThan(20_000_000);
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
