package io.keylesspull.app;

import io.keylesspull.engine.RunEvent.CommandOutput;
import io.keylesspull.engine.RunEvent.OutputStream;
import io.keylesspull.engine.StepId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts the pieces of output together into lines, per step and stream. Not for several threads at once. */
final class LineAssembler {

    /** A program that never ends its line must not fill the memory. */
    private static final int LONGEST = 64 * 1024;

    private final Map<StepId, Map<OutputStream, StringBuilder>> open = new HashMap<>();

    record Line(OutputStream stream, String text) {
    }

    /** @return the lines that this piece completed, without their line feeds */
    List<Line> add(CommandOutput output) {
        StringBuilder line = open.computeIfAbsent(output.step(), step -> new EnumMap<>(OutputStream.class))
                .computeIfAbsent(output.stream(), stream -> new StringBuilder());
        List<Line> lines = new ArrayList<>();
        int from = 0;
        String chunk = output.chunk();
        for (int end = chunk.indexOf('\n'); end >= 0; end = chunk.indexOf('\n', from)) {
            lines.add(new Line(output.stream(), line.append(chunk, from, end).toString()));
            line.setLength(0);
            from = end + 1;
        }
        line.append(chunk, from, chunk.length());
        if (line.length() > LONGEST) {
            lines.add(new Line(output.stream(), line.toString()));
            line.setLength(0);
        }
        return lines;
    }

    /** @return what the step wrote without ending its line; it is forgotten here */
    List<Line> rest(StepId step) {
        Map<OutputStream, StringBuilder> streams = open.remove(step);
        if (streams == null) {
            return List.of();
        }
        return streams.entrySet().stream().filter(stream -> stream.getValue().length() > 0)
                .map(stream -> new Line(stream.getKey(), stream.getValue().toString())).toList();
    }
}
