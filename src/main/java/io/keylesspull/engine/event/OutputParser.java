package io.keylesspull.engine.event;

import io.keylesspull.engine.event.RunEvent.CommandEnded;
import io.keylesspull.engine.event.RunEvent.CommandOutput;
import io.keylesspull.engine.event.RunEvent.CommandStarted;
import io.keylesspull.engine.event.RunEvent.OutputStream;
import io.keylesspull.engine.event.RunEvent.RunStarted;
import io.keylesspull.engine.event.RunEvent.StepEnd;
import io.keylesspull.engine.event.RunEvent.StepEvent;
import io.keylesspull.text.TerminalLine;
import io.keylesspull.text.TerminalText;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Splits chunks of command output into lines, once for all listeners. Each stream of each step is parsed separately. A
 * line that is unfinished when its command ends is ended by an additional event. Output that comes after a step's end
 * is dropped: an abandoned command may still be printing. All other events pass unchanged. Not thread-safe.
 */
public final class OutputParser implements Consumer<RunEvent> {

    private final Consumer<RunEvent> listener;
    private final Map<StepId, Map<OutputStream, TerminalText>> streams = new HashMap<>();
    private final Set<StepId> ended = new HashSet<>();

    /** @param listener gets the events with their lines */
    public OutputParser(Consumer<RunEvent> listener) {
        this.listener = listener;
    }

    @Override
    public void accept(RunEvent event) {
        if (event instanceof CommandOutput output) {
            if (!ended.contains(output.step())) {
                parse(output);
            }
            return;
        }
        if (event instanceof RunStarted) {
            streams.clear();
            ended.clear();
        } else if (event instanceof CommandStarted || event instanceof CommandEnded || event instanceof StepEnd) {
            endLines((StepEvent) event);
        }
        if (event instanceof StepEnd step) {
            streams.remove(step.step());
            ended.add(step.step());
        }
        listener.accept(event);
    }

    private void parse(CommandOutput output) {
        List<TerminalLine> lines = streams.computeIfAbsent(output.step(), step -> new EnumMap<>(OutputStream.class))
                .computeIfAbsent(output.stream(), stream -> new TerminalText())
                .feed(output.chunk());
        listener.accept(new CommandOutput(output.at(), output.step(), output.stream(), output.chunk(), lines));
    }

    private void endLines(StepEvent event) {
        streams.getOrDefault(event.step(), Map.of()).forEach((stream, text) -> {
            List<TerminalLine> lines = text.end();
            if (!lines.isEmpty()) {
                listener.accept(new CommandOutput(event.at(), event.step(), stream, "", lines));
            }
        });
    }
}
