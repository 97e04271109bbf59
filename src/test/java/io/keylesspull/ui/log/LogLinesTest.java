package io.keylesspull.ui.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.engine.event.OutputParser;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.event.RunEvent.OutputStream;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.text.TerminalLine;
import io.keylesspull.text.Texts;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
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

    @Test
    void theOldestLinesGoWhenThereAreTooMany() {
        LogBuffer buffer = new LogBuffer(3, 1_000);
        LogLines lines = new LogLines(buffer);
        for (String text : "a b c d e".split(" ")) {
            add(buffer, DOCKER, text);
            lines.drain(AMPLE);
        }
        assertThat(lines).extracting(LogLine::text).containsExactly("c", "d", "e");
        assertThat(buffer.evicted()).isEqualTo(2);
    }

    @Test
    void veryLongLinesAreBoundedByTheirCharacters() {
        LogBuffer buffer = new LogBuffer(1_000, 10_000);
        for (int i = 0; i < 100; i++) {
            add(buffer, DOCKER, "x".repeat(1_000));
        }
        assertThat(buffer.size()).isEqualTo(10);
    }

    @Test
    void aLineThatChangesAfterItWasReadIsReplaced() {
        LogBuffer buffer = new LogBuffer(10, 1_000);
        LogLines lines = new LogLines(buffer);
        LogLine line = add(buffer, DOCKER, "10%");
        lines.drain(AMPLE);
        buffer.replace(new LogLine(line.number(), 0, DOCKER, LogKind.STDOUT, TerminalLine.plain("20%")));
        lines.drain(AMPLE);
        assertThat(lines).extracting(LogLine::text).containsExactly("20%");
    }

    @Test
    void aFilterHoldsForWhatIsThereAndWhatComes() {
        LogBuffer buffer = new LogBuffer(10, 1_000);
        LogLines lines = new LogLines(buffer);
        add(buffer, DOCKER, "a");
        add(buffer, PULL, "b");
        add(buffer, LogSource.RUN, "run");
        lines.setFilter(new LogFilter(Optional.of("vm2"), Optional.empty(), true));
        assertThat(lines).extracting(LogLine::text).containsExactly("b", "run");
        add(buffer, DOCKER, "c");
        add(buffer, PULL, "d");
        lines.drain(AMPLE);
        assertThat(lines).extracting(LogLine::text).containsExactly("b", "run", "d");
        lines.setFilter(new LogFilter(Optional.empty(), DOCKER.step(), true));
        assertThat(lines).extracting(LogLine::text).containsExactly("a", "c");
        lines.setFilter(LogFilter.ALL);
        assertThat(lines).hasSize(5);
    }

    @Test
    void aSearchCountsAndGoesRound() {
        LogBuffer buffer = new LogBuffer(4, 1_000);
        LogLines lines = new LogLines(buffer);
        LogSearch search = new LogSearch(lines);
        for (String text : "Error one,fine,an ERROR,fine".split(",")) {
            add(buffer, DOCKER, text);
        }
        lines.drain(AMPLE);
        search.find("error");
        assertThat(search.advance(AMPLE)).isFalse();
        assertThat(search.count()).isEqualTo(2);
        assertThat(search.step(1)).hasValue(0);
        assertThat(search.step(1)).hasValue(2);
        assertThat(search.step(1)).hasValue(0);
        assertThat(search.step(-1)).hasValue(2);
        assertThat(search.position()).isEqualTo(2);
        add(buffer, DOCKER, "new error");
        lines.drain(AMPLE);
        search.advance(AMPLE);
        assertThat(search.count()).isEqualTo(2);
        assertThat(search.position()).isEqualTo(1);
    }

    @Test
    void aMillionLinesLeaveTwoHundredThousandAndFewMegabytes() {
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
                lines.drain(AMPLE);
                assertThat(lines).hasSizeLessThanOrEqualTo(LogBuffer.LINES);
            }
        }
        while (lines.drain(AMPLE)) {
            assertThat(lines).hasSizeLessThanOrEqualTo(LogBuffer.LINES);
        }
        assertThat(lines).hasSize(LogBuffer.LINES);
        assertThat(lines.get(LogBuffer.LINES - 1).text()).contains("number 999999 ");
        assertThat(buffer.evicted()).isEqualTo(800_000);
        assertThat(used() - before).isLessThan(80_000_000);
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
