package io.keylesspull.ui.log;

import io.keylesspull.engine.event.Problem;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.event.RunEvent.CommandEnded;
import io.keylesspull.engine.event.RunEvent.CommandOutput;
import io.keylesspull.engine.event.RunEvent.CommandStarted;
import io.keylesspull.engine.event.RunEvent.OutputStream;
import io.keylesspull.engine.event.RunEvent.RunStarted;
import io.keylesspull.engine.event.RunEvent.StepEnd;
import io.keylesspull.engine.event.RunEvent.StepEvent;
import io.keylesspull.engine.event.RunEvent.StepFailed;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.text.TerminalLine;
import io.keylesspull.text.TerminalText;
import io.keylesspull.text.Texts;
import io.keylesspull.text.Visible;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Writes a run's events into the log, on the thread that reports them. An unfinished line of a command's output is in
 * the log from its first characters on, and is replaced when it grows or is overwritten, so that progress bars work.
 */
public final class LogWriter {

    private record Stream(StepId step, OutputStream stream) {}

    private final LogBuffer buffer;
    private final Texts texts;
    private final LogTexts words;
    private final Map<StepId, LogSource> sources = new HashMap<>();
    /** By step: the number of the line that tells how it failed. */
    private final Map<StepId, Long> failures = new HashMap<>();

    /** The lines that are being written. */
    private final Map<Stream, LogLine> open = new HashMap<>();

    public LogWriter(LogBuffer buffer, Texts texts) {
        this.buffer = buffer;
        this.texts = texts;
        this.words = new LogTexts(texts, step -> source(step).title());
    }

    public synchronized void write(RunEvent event) {
        if (event instanceof CommandOutput output) {
            output(output);
        } else {
            words(event);
        }
        buffer.spill();
    }

    private void words(RunEvent event) {
        if (event instanceof RunStarted started) {
            started.steps()
                    .forEach(step -> sources.put(
                            step.id(), new LogSource(Optional.of(step.id()), Visible.of(texts.render(step.title())))));
        }
        if (event instanceof CommandStarted || event instanceof CommandEnded || event instanceof StepEnd) {
            StepId step = ((StepEvent) event).step();
            open.keySet().removeIf(stream -> stream.step().equals(step));
        }
        LogSource source = event instanceof StepEvent step ? source(step.step()) : LogSource.RUN;
        long number = buffer.end();
        event.accept(words).forEach(said -> add(event.at(), source, said.kind(), said.text()));
        if (event instanceof StepFailed failed) {
            failures.put(failed.step(), number);
        }
    }

    /** The number of the line that tells how a step failed; empty if it did not. */
    public synchronized OptionalLong failure(StepId step) {
        Long number = failures.get(step);
        return number == null ? OptionalLong.empty() : OptionalLong.of(number);
    }

    private void output(CommandOutput output) {
        LogKind kind = output.stream() == OutputStream.STDERR ? LogKind.STDERR : LogKind.STDOUT;
        LogSource source = source(output.step());
        long at = output.at().toEpochMilli();
        Stream stream = new Stream(output.step(), output.stream());
        LogLine shown = open.remove(stream);
        // Taken once for all lines, of which there may be hundreds.
        synchronized (buffer) {
            for (TerminalLine line : output.lines()) {
                LogLine now = shown == null ? null : new LogLine(shown.number(), at, source, kind, line);
                if (now == null || !buffer.replace(now)) {
                    now = buffer.add(number -> new LogLine(number, at, source, kind, line));
                }
                shown = line.ended() ? null : now;
            }
        }
        if (shown != null) {
            open.put(stream, shown);
        }
    }

    /** A problem that belongs to no step. */
    public synchronized void problem(Instant at, Problem problem) {
        add(at, LogSource.RUN, LogKind.FAILED, texts.render(problem.what()));
        add(at, LogSource.RUN, LogKind.FAILED, problem.details());
    }

    /** Clears the log for another run. */
    public synchronized void clear() {
        sources.clear();
        open.clear();
        failures.clear();
        buffer.clear();
    }

    private void add(Instant at, LogSource source, LogKind kind, String text) {
        if (text.isBlank()) {
            return;
        }
        text.strip().lines().forEach(line -> {
            for (int from = 0; from == 0 || from < line.length(); from += TerminalText.LONGEST) {
                TerminalLine part = TerminalLine.plain(
                        Visible.of(line.substring(from, Math.min(line.length(), from + TerminalText.LONGEST))));
                buffer.add(number -> new LogLine(number, at.toEpochMilli(), source, kind, part));
            }
        });
    }

    private LogSource source(StepId step) {
        return sources.computeIfAbsent(step, id -> new LogSource(Optional.of(id), Visible.of(id.toString())));
    }
}
