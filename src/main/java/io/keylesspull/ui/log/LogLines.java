package io.keylesspull.ui.log;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import javafx.collections.ObservableListBase;

/**
 * The lines that are shown: a filtered view of the buffer, updated by {@link #drain}. Used by one thread. Has no more
 * lines than the buffer.
 */
final class LogLines extends ObservableListBase<LogLine> {

    private static final int PORTION = 2_000;

    private final LogBuffer buffer;
    private LogFilter filter = LogFilter.ALL;
    private LogLine[] lines = new LogLine[1_024];
    private int head;
    private int size;
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
        while (buffer.read(PORTION).more()) {
            // What was not read yet is in the snapshot too, and must not be read twice.
            Thread.onSpinWait();
        }
        List<LogLine> all = buffer.snapshot();
        beginChange();
        List<LogLine> old = List.copyOf(this);
        head = 0;
        size = 0;
        for (LogLine line : all) {
            if (filter.shows(line)) {
                append(line);
            }
        }
        nextReplace(0, size, old);
        endChange();
    }

    /**
     * Adds what is new in the buffer.
     *
     * @param nanos how long it may take, roughly
     * @return whether there is more
     */
    boolean drain(long nanos) {
        long start = System.nanoTime();
        boolean more = true;
        beginChange();
        while (more && System.nanoTime() - start < nanos) {
            LogBuffer.Changes changes = buffer.read(PORTION);
            dropBefore(changes.first());
            changes.replaced().forEach(this::replace);
            int before = size;
            for (LogLine line : changes.added()) {
                if (filter.shows(line)) {
                    append(line);
                }
            }
            if (size > before) {
                nextAdd(before, size);
            }
            more = changes.more();
        }
        endChange();
        return more;
    }

    /** The index of the line with this number, or of the first after it; the size if there is none. */
    int indexOf(long number) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (get(middle).number() < number) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    @Override
    public LogLine get(int index) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException(index);
        }
        return lines[(head + index) % lines.length];
    }

    @Override
    public int size() {
        return size;
    }

    private void dropBefore(long first) {
        int gone = indexOf(first);
        if (gone == 0) {
            return;
        }
        List<LogLine> removed = new ArrayList<>(gone);
        for (int i = 0; i < gone; i++) {
            removed.add(get(i));
            lines[(head + i) % lines.length] = null;
        }
        head = (head + gone) % lines.length;
        size -= gone;
        nextRemove(0, removed);
    }

    private void replace(LogLine line) {
        int index = indexOf(line.number());
        if (index < size && get(index).number() == line.number()) {
            LogLine old = get(index);
            lines[(head + index) % lines.length] = line;
            nextReplace(index, index + 1, Collections.singletonList(old));
            onReplaced.accept(line);
        }
    }

    private void append(LogLine line) {
        if (size == lines.length) {
            LogLine[] larger = new LogLine[size * 2];
            for (int i = 0; i < size; i++) {
                larger[i] = get(i);
            }
            lines = larger;
            head = 0;
        }
        lines[(head + size) % lines.length] = line;
        size++;
    }
}
