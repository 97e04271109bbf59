package io.keylesspull.ui.log;

import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalInt;

/** Finds the shown lines that contain a text, a portion at a time, while lines are added and dropped. */
final class LogSearch {

    private static final int PORTION = 500;

    private final LogLines lines;
    private String wanted = "";
    private long[] hits = new long[64];
    private int count;
    private long next;
    private long current = -1;

    LogSearch(LogLines lines) {
        this.lines = lines;
        lines.onReplaced(this::replaced);
    }

    void find(String text) {
        wanted = text.toLowerCase(Locale.ROOT);
        current = -1;
        restart();
    }

    void restart() {
        count = 0;
        next = 0;
    }

    /** @return whether there is more to search */
    boolean advance(long nanos) {
        forgetBefore(lines.isEmpty() ? Long.MAX_VALUE : lines.get(0).number());
        if (wanted.isEmpty()) {
            return false;
        }
        long start = System.nanoTime();
        int index = lines.indexOf(next);
        while (index < lines.size()) {
            for (int i = 0; i < PORTION && index < lines.size(); i++, index++) {
                LogLine line = lines.get(index);
                next = line.number() + 1;
                if (holds(line)) {
                    insert(count, line.number());
                }
            }
            if (System.nanoTime() - start > nanos) {
                return index < lines.size();
            }
        }
        return false;
    }

    private boolean holds(LogLine line) {
        return line.indexOf(wanted, 0) >= 0;
    }

    private void replaced(LogLine line) {
        if (wanted.isEmpty() || line.number() >= next) {
            return;
        }
        int place = Arrays.binarySearch(hits, 0, count, line.number());
        boolean holds = holds(line);
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
     * @return the index of its line among those shown; empty if nothing is found
     */
    OptionalInt step(int direction) {
        if (count == 0) {
            return OptionalInt.empty();
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
        return OptionalInt.of(lines.indexOf(current));
    }

    boolean searching() {
        return !wanted.isEmpty();
    }

    /** How many lines contain the text. */
    int count() {
        return count;
    }

    /** The number of the current hit, from 1; 0 for none. */
    int position() {
        int place = Arrays.binarySearch(hits, 0, count, current);
        return place < 0 ? 0 : place + 1;
    }
}
