package io.keylesspull.ui.log;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Executor;

/**
 * Finds the lines that contain a text, among all that a filter shows: in memory and on the disk. It reads a portion at
 * a time, in the background, while lines are added. Used by one thread.
 */
final class LogSearch {

    /** Lines read at once, roughly. Between them it is cancelled and says how far it is. */
    private static final int PORTION = 20_000;

    private final LogBuffer buffer;
    private final Executor background;
    private final Executor back;
    private final Runnable onChange;
    /** Lines that were changed after they may have been read. */
    private final Map<Long, LogLine> changed = new HashMap<>();

    private String wanted = "";
    private LogFilter filter = LogFilter.ALL;
    private long[] hits = new long[64];
    private int count;
    private long next;
    private long current = -1;
    private boolean reading;
    /** Tells a search from the ones before it. */
    private volatile Object search = new Object();

    /** What was read. @param to the number after the last line */
    private record Read(long to, long[] hits) {}

    /**
     * @param back brings a result to the thread that uses this
     * @param onChange called after something was found or the end was reached
     */
    LogSearch(LogBuffer buffer, Executor background, Executor back, Runnable onChange) {
        this.buffer = buffer;
        this.background = background;
        this.back = back;
        this.onChange = onChange;
    }

    /** @param text empty for none, which ends the search before */
    void find(String text, LogFilter among) {
        wanted = text.toLowerCase(Locale.ROOT);
        filter = among;
        current = -1;
        count = 0;
        next = 0;
        changed.clear();
        reading = false;
        search = new Object();
        advance();
    }

    /** Searches the same text among other lines. */
    void among(LogFilter lines) {
        find(wanted, lines);
    }

    /** Goes on, if there are lines that were not searched. */
    void advance() {
        if (wanted.isEmpty() || reading || next >= buffer.end()) {
            return;
        }
        reading = true;
        Object mine = search;
        long from = Math.max(next, buffer.oldest());
        String text = wanted;
        LogFilter shown = filter;
        background.execute(() -> {
            Read read = read(mine, from, text, shown);
            back.execute(() -> take(mine, read));
        });
    }

    private Read read(Object mine, long from, String text, LogFilter shown) {
        long[] found = new long[64];
        int size = 0;
        long to = from;
        while (mine == search && to - from < PORTION) {
            long before = to;
            for (LogLine line : buffer.lines(to)) {
                to = line.number() + 1;
                if (shown.shows(line) && line.indexOf(text, 0) >= 0) {
                    if (size == found.length) {
                        found = Arrays.copyOf(found, size * 2);
                    }
                    found[size++] = line.number();
                }
            }
            if (to == before) {
                break;
            }
        }
        return new Read(to, Arrays.copyOf(found, size));
    }

    private void take(Object whose, Read read) {
        if (whose != search) {
            return;
        }
        reading = false;
        if (count + read.hits().length > hits.length) {
            hits = Arrays.copyOf(hits, Math.max(count + read.hits().length, hits.length * 2));
        }
        System.arraycopy(read.hits(), 0, hits, count, read.hits().length);
        count += read.hits().length;
        next = Math.max(next, read.to());
        changed.values().stream().filter(line -> line.number() < next).forEach(this::correct);
        changed.clear();
        forgetBefore(buffer.oldest());
        onChange.run();
        advance();
    }

    /** Takes notice of a line that has changed. */
    void replaced(LogLine line) {
        if (reading) {
            changed.put(line.number(), line);
        } else if (line.number() < next && !wanted.isEmpty()) {
            correct(line);
        }
    }

    private void correct(LogLine line) {
        int place = Arrays.binarySearch(hits, 0, count, line.number());
        boolean holds = filter.shows(line) && line.indexOf(wanted, 0) >= 0;
        if (holds && place < 0) {
            insert(-place - 1, line.number());
        } else if (!holds && place >= 0) {
            System.arraycopy(hits, place + 1, hits, place, count - place - 1);
            count--;
        }
    }

    private void insert(int place, long number) {
        if (count == hits.length) {
            hits = Arrays.copyOf(hits, count * 2);
        }
        System.arraycopy(hits, place, hits, place + 1, count - place);
        hits[place] = number;
        count++;
    }

    private void forgetBefore(long first) {
        int place = Arrays.binarySearch(hits, 0, count, first);
        int gone = place < 0 ? -place - 1 : place;
        if (gone > 0) {
            System.arraycopy(hits, gone, hits, 0, count - gone);
            count -= gone;
        }
    }

    /**
     * Goes to the next or the previous hit; after the last comes the first.
     *
     * @return the number of its line; empty if nothing is found
     */
    OptionalLong step(int direction) {
        if (count == 0) {
            return OptionalLong.empty();
        }
        int place = Arrays.binarySearch(hits, 0, count, current);
        int to;
        if (place >= 0) {
            to = Math.floorMod(place + direction, count);
        } else {
            int following = -place - 1;
            to = Math.floorMod(direction > 0 ? following : following - 1, count);
        }
        current = hits[to];
        return OptionalLong.of(current);
    }

    boolean searching() {
        return !wanted.isEmpty();
    }

    /** How much was searched, from 0 to 1. */
    double progress() {
        long oldest = buffer.oldest();
        long all = buffer.end() - oldest;
        return all == 0 ? 1 : Math.max(0, next - oldest) / (double) all;
    }

    /** How many lines contain the text, as far as was searched. */
    int count() {
        return count;
    }

    /** The number of the current hit, from 1; 0 for none. */
    int position() {
        int place = Arrays.binarySearch(hits, 0, count, current);
        return place < 0 ? 0 : place + 1;
    }
}
