package io.keylesspull.ui.log;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import javafx.collections.ObservableListBase;

/**
 * The lines that the list has: of those that the filter shows, some that follow one another. A list's work grows with
 * its length, so it never has all lines of a long log: as a rule it has the last ones, and while it is scrolled, others
 * are read and put in. Used by one thread.
 */
final class LogLines extends ObservableListBase<LogLine> {

    /** Of these many, some are dropped again. */
    static final int MOST = 6_000;

    /** As many are left then. */
    private static final int USUAL = 5_000;

    private static final int PORTION = 2_000;

    private final LogBuffer buffer;
    private final List<LogLine> lines = new ArrayList<>();
    private LogFilter filter = LogFilter.ALL;
    /** All lines of these numbers are here, if the filter shows them. */
    private long from;

    private long to;
    /** Whether new lines are added. */
    private boolean atEnd = true;

    private long counted;
    private int unseen;
    private boolean grew;
    private Consumer<LogLine> onReplaced = line -> {};

    LogLines(LogBuffer buffer) {
        this.buffer = buffer;
    }

    /** @param listener gets each line that has changed */
    void onReplaced(Consumer<LogLine> listener) {
        onReplaced = listener;
    }

    LogFilter filter() {
        return filter;
    }

    void setFilter(LogFilter filter) {
        this.filter = filter;
        toEnd();
    }

    /** Shows the last lines. */
    void toEnd() {
        LogBuffer.Changes last = buffer.read(0, Integer.MAX_VALUE / 2);
        last.replaced().forEach(onReplaced);
        show(new LogPortion(
                last.from(),
                last.to(),
                last.added().stream().filter(filter::shows).toList()));
        atEnd = true;
        counted = to;
        unseen = 0;
    }

    /** Shows these lines alone. */
    void show(LogPortion portion) {
        beginChange();
        List<LogLine> old = List.copyOf(lines);
        lines.clear();
        lines.addAll(buffer.current(portion.lines()));
        from = portion.from();
        to = portion.to();
        atEnd = false;
        nextReplace(0, lines.size(), old);
        if (lines.size() > MOST) {
            dropFirst(lines.size() - USUAL);
        }
        endChange();
    }

    /** Adds earlier lines, and drops the last ones if there are too many. @param portion ends where these begin */
    void prepend(LogPortion portion) {
        if (portion.to() != from) {
            return;
        }
        beginChange();
        lines.addAll(0, buffer.current(portion.lines()));
        from = portion.from();
        nextAdd(0, portion.lines().size());
        if (lines.size() > MOST) {
            to = lines.get(USUAL).number();
            atEnd = false;
            List<LogLine> last = lines.subList(USUAL, lines.size());
            List<LogLine> dropped = List.copyOf(last);
            last.clear();
            nextRemove(USUAL, dropped);
        }
        endChange();
    }

    /** Adds later lines, and drops the first ones if there are too many. @param portion begins where these end */
    void append(LogPortion portion) {
        if (atEnd || portion.from() != to) {
            return;
        }
        beginChange();
        lines.addAll(buffer.current(portion.lines()));
        to = portion.to();
        nextAdd(lines.size() - portion.lines().size(), lines.size());
        if (lines.size() > MOST) {
            dropFirst(lines.size() - USUAL);
        }
        endChange();
        // If not, the next change says so.
        atEnd = true;
    }

    /**
     * Adds what is new in the buffer.
     *
     * @param following whether the first lines may be dropped for it
     * @param nanos how long it may take, roughly
     * @return whether there is more
     */
    boolean drain(boolean following, long nanos) {
        long start = System.nanoTime();
        boolean more = true;
        grew = false;
        beginChange();
        while (more && System.nanoTime() - start < nanos) {
            LogBuffer.Changes changes = buffer.read(atEnd ? to : counted, PORTION);
            dropBefore(changes.oldest());
            changes.replaced().forEach(this::replace);
            take(changes, following);
            more = changes.to() < changes.end();
        }
        endChange();
        return more;
    }

    private void take(LogBuffer.Changes changes, boolean following) {
        if (atEnd && changes.from() > to) {
            // They came too fast, and are on the disk already.
            if (following || lines.isEmpty()) {
                dropFirst(lines.size());
                from = changes.from();
            } else {
                atEnd = false;
            }
        }
        int before = lines.size();
        for (LogLine line : changes.added()) {
            if (filter.shows(line)) {
                if (line.number() >= counted) {
                    unseen++;
                }
                if (atEnd) {
                    lines.add(line);
                }
            }
        }
        counted = Math.max(counted, changes.to());
        if (!atEnd) {
            return;
        }
        to = changes.to();
        if (lines.size() > before) {
            grew = true;
            nextAdd(before, lines.size());
        }
        if (following) {
            // At once, because a list that stays as long as it is has much less to do.
            dropFirst(Math.max(0, lines.size() - USUAL));
        } else if (lines.size() > MOST) {
            atEnd = false;
        }
    }

    /** Whether the last {@link #drain} has added lines. */
    boolean grew() {
        return grew;
    }

    /** How many lines have come since {@link #seen}. */
    int unseen() {
        return unseen;
    }

    void seen() {
        unseen = 0;
    }

    /** Whether there may be lines before these. */
    boolean hasEarlier() {
        return from > buffer.oldest();
    }

    boolean hasLater() {
        return !atEnd;
    }

    /** The number of the first line that is here, if the filter shows it. */
    long from() {
        return from;
    }

    /** The number after the last one. */
    long to() {
        return to;
    }

    /** Whether a line of this number is here, if the filter shows it. */
    boolean covers(long number) {
        return number >= from && number < to;
    }

    /** The index of the line with this number, or of the first after it; the size if there is none. */
    int indexOf(long number) {
        int low = 0;
        int high = lines.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (lines.get(middle).number() < number) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    @Override
    public LogLine get(int index) {
        return lines.get(index);
    }

    @Override
    public int size() {
        return lines.size();
    }

    private void dropBefore(long oldest) {
        if (oldest > from) {
            dropFirst(indexOf(oldest));
            from = oldest;
        }
    }

    private void dropFirst(int count) {
        if (count == 0) {
            return;
        }
        List<LogLine> first = lines.subList(0, count);
        List<LogLine> dropped = List.copyOf(first);
        first.clear();
        from = dropped.get(count - 1).number() + 1;
        nextRemove(0, dropped);
    }

    private void replace(LogLine line) {
        int index = indexOf(line.number());
        if (index < lines.size() && lines.get(index).number() == line.number()) {
            LogLine old = lines.set(index, line);
            nextReplace(index, index + 1, Collections.singletonList(old));
        }
        onReplaced.accept(line);
    }
}
