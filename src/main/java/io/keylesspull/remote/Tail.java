package io.keylesspull.remote;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The last part of a text of any length, in bounded memory. Long chunks are kept as they are, without a copy; short
 * ones are joined, so that there are never many.
 */
final class Tail {

    /** In characters. */
    private static final int LONG = 4 * 1024;

    private final int limit;
    private final Deque<CharSequence> parts = new ArrayDeque<>();
    private StringBuilder open = new StringBuilder();
    private int length;
    private boolean truncated;

    /** @param limit in characters */
    Tail(int limit) {
        this.limit = limit;
    }

    void append(String chunk) {
        if (chunk.length() >= LONG) {
            close();
            parts.add(chunk);
        } else {
            open.append(chunk);
            if (open.length() >= LONG) {
                close();
            }
        }
        length += chunk.length();
        while (!parts.isEmpty() && length - parts.getFirst().length() >= limit) {
            length -= parts.remove().length();
            truncated = true;
        }
    }

    private void close() {
        if (open.length() > 0) {
            parts.add(open);
            open = new StringBuilder();
        }
    }

    String text() {
        StringBuilder all = new StringBuilder(length);
        parts.forEach(all::append);
        all.append(open);
        int excess = Math.max(0, length - limit);
        boolean splitsPair = excess > 0 && Character.isLowSurrogate(all.charAt(excess));
        return all.substring(splitsPair ? excess + 1 : excess);
    }

    boolean truncated() {
        return truncated || length > limit;
    }
}
