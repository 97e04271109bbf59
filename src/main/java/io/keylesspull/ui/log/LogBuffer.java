package io.keylesspull.ui.log;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;

/**
 * The last lines of the log, up to a maximum of lines and of characters; the oldest are dropped first. Written by the
 * threads that report events and read by the JavaFX thread; thread-safe.
 */
public final class LogBuffer {

    /** What the Run page keeps. The maximum of characters matters only if lines are far longer than usual. */
    public static final int LINES = 200_000;

    public static final long CHARACTERS = 32_000_000;
    private static final int START = 1_024;

    private final int mostLines;
    private final long mostCharacters;
    private LogLine[] ring;
    private long first;
    private long end;
    private long characters;
    private long cleared;
    private long readUpTo;
    private final Set<Long> replaced = new HashSet<>();
    private Runnable onChange = () -> {};

    public LogBuffer() {
        this(LINES, CHARACTERS);
    }

    LogBuffer(int mostLines, long mostCharacters) {
        this.mostLines = mostLines;
        this.mostCharacters = mostCharacters;
        this.ring = new LogLine[Math.min(START, mostLines)];
    }

    /** @param onChange called after every change, on the thread that made it; must return at once */
    synchronized void onChange(Runnable onChange) {
        this.onChange = onChange;
    }

    /** @param line makes the line from its number */
    synchronized LogLine add(LongFunction<LogLine> line) {
        if (end - first == ring.length && ring.length < mostLines) {
            grow();
        }
        if (end - first == mostLines) {
            evict();
        }
        LogLine added = line.apply(end);
        ring[index(end)] = added;
        end++;
        characters += added.length();
        shrink();
        onChange.run();
        return added;
    }

    /** Replaces the line of the same number. @return false if that one was dropped already */
    synchronized boolean replace(LogLine line) {
        if (line.number() < first || line.number() >= end) {
            return false;
        }
        characters += line.length() - ring[index(line.number())].length();
        ring[index(line.number())] = line;
        if (line.number() < readUpTo) {
            replaced.add(line.number());
        }
        shrink();
        onChange.run();
        return true;
    }

    synchronized void clear() {
        while (first < end) {
            evict();
        }
        cleared = first;
        replaced.clear();
        onChange.run();
    }

    /** What has changed since the last call. There is one reader. @param most new lines at once */
    synchronized Changes read(int most) {
        long from = Math.max(readUpTo, first);
        readUpTo = Math.min(end, from + most);
        List<LogLine> changed = new ArrayList<>();
        for (long number : replaced) {
            if (number >= first) {
                changed.add(ring[index(number)]);
            }
        }
        replaced.clear();
        return new Changes(first, copy(from, readUpTo), changed, readUpTo < end);
    }

    /** All lines, the oldest first. */
    public synchronized List<LogLine> snapshot() {
        return copy(first, end);
    }

    public synchronized int size() {
        return (int) (end - first);
    }

    /** How many lines were dropped since the log was cleared. */
    public synchronized long evicted() {
        return first - cleared;
    }

    private List<LogLine> copy(long from, long to) {
        List<LogLine> lines = new ArrayList<>((int) (to - from));
        for (long number = from; number < to; number++) {
            lines.add(ring[index(number)]);
        }
        return lines;
    }

    private void shrink() {
        while (characters > mostCharacters && end - first > 1) {
            evict();
        }
    }

    private void evict() {
        characters -= ring[index(first)].length();
        ring[index(first)] = null;
        first++;
    }

    private void grow() {
        LogLine[] larger = new LogLine[Math.min(mostLines, ring.length * 2)];
        for (long number = first; number < end; number++) {
            larger[(int) (number % larger.length)] = ring[index(number)];
        }
        ring = larger;
    }

    private int index(long number) {
        return (int) (number % ring.length);
    }

    /**
     * @param first the number of the oldest line that is still there
     * @param added lines not read before
     * @param replaced lines read before that have changed
     * @param more whether there are more lines to read
     */
    record Changes(long first, List<LogLine> added, List<LogLine> replaced, boolean more) {}
}
