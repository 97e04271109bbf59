package io.keylesspull.ui.log;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;

/**
 * The lines of the log: the last ones in memory, the others on the disk. Written by the threads that report events, one
 * at a time; thread-safe.
 */
public final class LogBuffer {

    /** In memory, roughly. */
    static final int LINES = 10_000;

    private static final long CHARACTERS = 8_000_000;
    /** Written to the disk, and read from it, at once. */
    private static final int BLOCK = 1_000;

    private static final int BLOCK_CHARACTERS = 500_000;

    private final int mostLines;
    private final long mostCharacters;
    private final LogStore store;
    private LogLine[] ring = new LogLine[1_024];
    private long first;
    private long end;
    private long characters;
    private long cleared;
    private final Set<Long> replaced = new HashSet<>();
    private Runnable onChange = () -> {};

    public LogBuffer() {
        this(LINES, CHARACTERS, new LogStore());
    }

    LogBuffer(int mostLines, long mostCharacters, LogStore store) {
        this.mostLines = mostLines;
        this.mostCharacters = mostCharacters;
        this.store = store;
    }

    /** @param onChange called after every change, on the thread that made it; must return at once */
    synchronized void onChange(Runnable onChange) {
        this.onChange = onChange;
    }

    /** @param line makes the line from its number */
    synchronized LogLine add(LongFunction<LogLine> line) {
        if (end - first == ring.length) {
            grow();
        }
        LogLine added = line.apply(end);
        ring[index(end)] = added;
        end++;
        characters += added.length();
        onChange.run();
        return added;
    }

    /** Replaces the line of the same number. @return false if that one is no longer in memory */
    synchronized boolean replace(LogLine line) {
        if (line.number() < first || line.number() >= end) {
            return false;
        }
        characters += line.length() - ring[index(line.number())].length();
        ring[index(line.number())] = line;
        replaced.add(line.number());
        onChange.run();
        return true;
    }

    /**
     * Moves the oldest lines to the disk if there are too many in memory; may block. Not while the lock of this buffer
     * is held, for which the JavaFX thread waits.
     */
    void spill() {
        for (List<LogLine> oldest = tooMany(); !oldest.isEmpty(); oldest = tooMany()) {
            store.append(oldest);
            synchronized (this) {
                for (int i = 0; i < oldest.size(); i++) {
                    characters -= ring[index(first)].length();
                    ring[index(first)] = null;
                    first++;
                }
            }
        }
    }

    private synchronized List<LogLine> tooMany() {
        if (end - first < mostLines + BLOCK && characters <= mostCharacters) {
            return List.of();
        }
        List<LogLine> oldest = new ArrayList<>();
        long length = 0;
        // The newest stays: it may be unfinished.
        while (oldest.size() < BLOCK && length < BLOCK_CHARACTERS && first + oldest.size() < end - 1) {
            LogLine line = ring[index(first + oldest.size())];
            length += line.length();
            oldest.add(line);
        }
        return oldest;
    }

    /** Not while {@link #spill} runs. */
    synchronized void clear() {
        for (; first < end; first++) {
            ring[index(first)] = null;
        }
        store.clear();
        characters = 0;
        cleared = first;
        replaced.clear();
        onChange.run();
    }

    /**
     * What is new in memory. There is one reader that needs what was replaced.
     *
     * @param from the number of the first line that is wanted, if it still is in memory
     * @param most new lines at once
     */
    synchronized Changes read(long from, int most) {
        long begin = Math.min(Math.max(from, first), end);
        List<LogLine> changed = new ArrayList<>();
        for (long number : replaced) {
            if (number >= first) {
                changed.add(ring[index(number)]);
            }
        }
        replaced.clear();
        return new Changes(oldest(), begin, copy(begin, Math.min(end, begin + most)), changed, end);
    }

    /** Lines that were read, as they are now. */
    synchronized List<LogLine> current(List<LogLine> lines) {
        return lines.stream()
                .map(line -> line.number() < first || line.number() >= end ? line : ring[index(line.number())])
                .toList();
    }

    /**
     * A line and some after it, from memory or from the disk; may block. If the line is gone, the oldest ones; empty if
     * there are none from there on.
     */
    List<LogLine> lines(long from) {
        synchronized (this) {
            if (from >= first) {
                return copy(Math.min(from, end), Math.min(end, from + BLOCK));
            }
        }
        List<LogLine> stored = store.from(from);
        if (!stored.isEmpty()) {
            return stored;
        }
        synchronized (this) {
            return copy(first, Math.min(end, first + BLOCK));
        }
    }

    /** Where to read from, to read some lines before this one too. */
    synchronized long startOf(long number) {
        return number >= first
                ? Math.max(first, number - BLOCK)
                : store.startOf(number).orElse(first);
    }

    /** The number of the oldest line. */
    synchronized long oldest() {
        return store.first().orElse(first);
    }

    /** The number that the next line will have. */
    public synchronized long end() {
        return end;
    }

    /** The lines in memory, the oldest first. */
    public synchronized List<LogLine> snapshot() {
        return copy(first, end);
    }

    /** How many lines are lost, because the disk did not take more. */
    synchronized long lost() {
        return oldest() - cleared;
    }

    private List<LogLine> copy(long from, long to) {
        List<LogLine> lines = new ArrayList<>((int) (to - from));
        for (long number = from; number < to; number++) {
            lines.add(ring[index(number)]);
        }
        return lines;
    }

    private void grow() {
        LogLine[] larger = new LogLine[ring.length * 2];
        for (long number = first; number < end; number++) {
            larger[(int) (number % larger.length)] = ring[index(number)];
        }
        ring = larger;
    }

    private int index(long number) {
        return (int) (number % ring.length);
    }

    /**
     * @param oldest the number of the oldest line of all
     * @param from the number of the first of the lines that were asked for
     * @param added those lines, in memory
     * @param replaced lines that have changed
     * @param end the number that the next line will have
     */
    record Changes(long oldest, long from, List<LogLine> added, List<LogLine> replaced, long end) {

        long to() {
            return from + added.size();
        }
    }
}
