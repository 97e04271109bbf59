package io.keylesspull.ui.log;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Lines in the log, those that a filter shows. Reading them may block.
 *
 * @param from the number of the first line that was looked at
 * @param to the number after the last one
 */
record LogPortion(long from, long to, List<LogLine> lines) {

    /** As many lines are looked at, roughly: between portions, whoever reads them may want others. */
    private static final int LOOKED_AT = 50_000;

    /** @param most lines, of those that the filter shows */
    static LogPortion after(LogBuffer buffer, long from, LogFilter filter, int most) {
        List<LogLine> found = new ArrayList<>();
        long to = from;
        List<LogLine> lines = buffer.lines(to);
        while (!lines.isEmpty() && found.size() < most && to - from < LOOKED_AT) {
            for (LogLine line : lines) {
                if (found.size() < most) {
                    to = line.number() + 1;
                    if (filter.shows(line)) {
                        found.add(line);
                    }
                }
            }
            lines = buffer.lines(to);
        }
        return new LogPortion(from, to, found);
    }

    /** The same, backwards. */
    static LogPortion before(LogBuffer buffer, long to, LogFilter filter, int most) {
        List<LogLine> found = new ArrayList<>();
        long from = to;
        while (found.size() < most && to - from < LOOKED_AT && from > buffer.oldest()) {
            List<LogLine> lines = buffer.lines(buffer.startOf(from - 1));
            long before = from;
            for (int i = lines.size() - 1; i >= 0 && found.size() < most; i--) {
                LogLine line = lines.get(i);
                if (line.number() < before) {
                    from = line.number();
                    if (filter.shows(line)) {
                        found.add(line);
                    }
                }
            }
            if (from == before) {
                // It was dropped meanwhile.
                break;
            }
        }
        Collections.reverse(found);
        return new LogPortion(from, to, found);
    }

    /** @param next begins where this one ends */
    LogPortion and(LogPortion next) {
        List<LogLine> both = new ArrayList<>(lines);
        both.addAll(next.lines);
        return new LogPortion(from, next.to, both);
    }
}
