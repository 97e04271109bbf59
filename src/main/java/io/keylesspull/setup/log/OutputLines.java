package io.keylesspull.setup.log;

import io.keylesspull.engine.event.RunEvent.CommandOutput;
import io.keylesspull.engine.event.RunEvent.OutputStream;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.text.TerminalText;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts the pieces of output together into lines, per step and stream. Not for several threads at once. */
final class OutputLines {

    private final Map<StepId, Map<OutputStream, TerminalText>> open = new HashMap<>();
    private final List<Line> ended = new ArrayList<>();

    /** @param text fit to print */
    record Line(OutputStream stream, String text) {
    }

    /** @return the lines that this piece completed */
    List<Line> add(CommandOutput output) {
        open.computeIfAbsent(output.step(), step -> new EnumMap<>(OutputStream.class))
                .computeIfAbsent(output.stream(), this::lines).feed(output.chunk());
        return taken();
    }

    /** @return what the step wrote without ending its line; it is forgotten here */
    List<Line> rest(StepId step) {
        Map<OutputStream, TerminalText> streams = open.remove(step);
        if (streams != null) {
            streams.values().forEach(TerminalText::end);
        }
        return taken();
    }

    private TerminalText lines(OutputStream stream) {
        return new TerminalText(new TerminalText.Reader() {
            @Override
            public void changed(TerminalText line) {
                // Only whole lines are printed: what is printed cannot be taken back.
            }

            @Override
            public void ended(TerminalText line) {
                ended.add(new Line(stream, line.text()));
            }
        });
    }

    private List<Line> taken() {
        List<Line> lines = List.copyOf(ended);
        ended.clear();
        return lines;
    }
}
