package io.keylesspull.ui.log;

import io.keylesspull.engine.event.Problem;
import io.keylesspull.engine.event.Purpose;
import io.keylesspull.engine.event.RunEvent.CommandEnded;
import io.keylesspull.engine.event.RunEvent.CommandOutput;
import io.keylesspull.engine.event.RunEvent.CommandStarted;
import io.keylesspull.engine.event.RunEvent.FactEstablished;
import io.keylesspull.engine.event.RunEvent.OutputStream;
import io.keylesspull.engine.event.RunEvent.ResourceCreated;
import io.keylesspull.engine.event.RunEvent.ResourceCreating;
import io.keylesspull.engine.event.RunEvent.ResourceDeleted;
import io.keylesspull.engine.event.RunEvent.RunEnded;
import io.keylesspull.engine.event.RunEvent.RunStarted;
import io.keylesspull.engine.event.RunEvent.StepBlocked;
import io.keylesspull.engine.event.RunEvent.StepCancelled;
import io.keylesspull.engine.event.RunEvent.StepEvent;
import io.keylesspull.engine.event.RunEvent.StepFailed;
import io.keylesspull.engine.event.RunEvent.StepProgress;
import io.keylesspull.engine.event.RunEvent.StepStarted;
import io.keylesspull.engine.event.RunEvent.StepSucceeded;
import io.keylesspull.engine.event.RunEvent.StepWaiting;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.text.TerminalText;
import io.keylesspull.text.Texts;
import io.keylesspull.text.Visible;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Writes a run's events into the log, on the thread that brings them. */
public final class LogWriter {

    private record Stream(StepId step, OutputStream stream) {
    }

    private final LogBuffer buffer;
    private final Texts texts;
    private final Map<StepId, LogSource> sources = new HashMap<>();
    private final Map<Stream, GrowingLines> streams = new HashMap<>();
    private Purpose purpose = Purpose.SETUP;

    public LogWriter(LogBuffer buffer, Texts texts) {
        this.buffer = buffer;
        this.texts = texts;
    }

    public synchronized void write(RunEvent event) {
        if (event instanceof CommandOutput output) {
            output(output);
        } else if (event instanceof StepEvent step) {
            step(step);
        } else if (event instanceof RunStarted started) {
            started.steps().forEach(step -> sources.put(step.id(),
                    new LogSource(Optional.of(step.id()), Visible.of(texts.render(step.title())))));
            own(event, LogSource.RUN, LogKind.RUN, texts.render("ui.log.begun." + started.purpose(),
                    started.steps().size()));
            purpose = started.purpose();
        } else if (event instanceof RunEnded ended) {
            own(event, LogSource.RUN, LogKind.RUN, texts.render("ui.log.ended." + purpose + "." + ended.result()));
        }
    }

    private void output(CommandOutput output) {
        LogKind kind = output.stream() == OutputStream.STDERR ? LogKind.STDERR : LogKind.STDOUT;
        streams.computeIfAbsent(new Stream(output.step(), output.stream()),
                        key -> new GrowingLines(buffer, source(output.step()), kind))
                .feed(output.chunk(), output.at().toEpochMilli());
    }

    private void step(StepEvent event) {
        LogSource source = source(event.step());
        String title = source.title();
        if (event instanceof CommandStarted command) {
            endStreams(event.step());
            own(event, source, LogKind.COMMAND, command.shown());
        } else if (event instanceof CommandEnded ended) {
            endStreams(event.step());
            if (ended.exitStatus() != 0) {
                own(event, source, LogKind.EXIT, texts.render("ui.log.exit", String.valueOf(ended.exitStatus())));
            }
        } else if (event instanceof StepStarted) {
            own(event, source, LogKind.STEP, title);
        } else if (event instanceof StepProgress progress) {
            own(event, source, LogKind.STEP, texts.render(progress.doing()));
        } else if (event instanceof StepWaiting waiting) {
            own(event, source, LogKind.WAIT, texts.render("ui.log.waiting", waiting.reason(),
                    waiting.attempt(), Math.max(1, Math.round(waiting.next().toMillis() / 1000.0))));
        } else if (event instanceof ResourceCreating creating) {
            own(event, source, LogKind.NOTE, texts.render("ui.log.creating", creating.resourceId()));
        } else if (event instanceof ResourceCreated created) {
            own(event, source, LogKind.NOTE, texts.render("ui.log.created", created.resourceId()));
        } else if (event instanceof ResourceDeleted deleted) {
            own(event, source, LogKind.NOTE, texts.render("ui.log.deleted", deleted.resourceId()));
        } else if (event instanceof FactEstablished fact) {
            own(event, source, LogKind.NOTE, fact.fact() + " = " + fact.value());
        } else {
            end(event, source, title);
        }
    }

    private void end(StepEvent event, LogSource source, String title) {
        endStreams(event.step());
        streams.keySet().removeIf(key -> key.step().equals(event.step()));
        if (event instanceof StepSucceeded succeeded) {
            own(event, source, LogKind.DONE, texts.render("ui.log.done", title, succeeded.summary()));
        } else if (event instanceof StepFailed failed) {
            own(event, source, LogKind.FAILED, texts.render("ui.log.failed", title, failed.problem().what()));
            own(event, source, LogKind.FAILED, failed.problem().details());
        } else if (event instanceof StepBlocked blocked) {
            own(event, source, LogKind.NOTE,
                    texts.render("ui.log.blocked", title, source(blocked.by()).title()));
        } else if (event instanceof StepCancelled) {
            own(event, source, LogKind.NOTE, texts.render("ui.log.cancelled", title));
        }
    }

    /** A problem that stands outside any step. */
    public synchronized void problem(Instant at, Problem problem) {
        add(at.toEpochMilli(), LogSource.RUN, LogKind.FAILED, texts.render(problem.what()));
        add(at.toEpochMilli(), LogSource.RUN, LogKind.FAILED, problem.details());
    }

    /** Empties the log, for another run. */
    public synchronized void clear() {
        sources.clear();
        streams.clear();
        buffer.clear();
    }

    private void own(RunEvent event, LogSource source, LogKind kind, String text) {
        add(event.at().toEpochMilli(), source, kind, text);
    }

    private void add(long at, LogSource source, LogKind kind, String text) {
        if (text.isBlank()) {
            return;
        }
        text.strip().lines().forEach(line -> {
            for (int from = 0; from == 0 || from < line.length(); from += TerminalText.LONGEST) {
                String part = Visible.of(line.substring(from, Math.min(line.length(), from + TerminalText.LONGEST)));
                buffer.add(number -> new LogLine(number, at, source, kind, part, null));
            }
        });
    }

    private void endStreams(StepId step) {
        for (OutputStream stream : OutputStream.values()) {
            GrowingLines assembler = streams.get(new Stream(step, stream));
            if (assembler != null) {
                assembler.end();
            }
        }
    }

    private LogSource source(StepId step) {
        return sources.computeIfAbsent(step, id -> new LogSource(Optional.of(id), Visible.of(id.toString())));
    }
}
