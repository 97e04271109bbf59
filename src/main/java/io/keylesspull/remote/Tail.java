package io.keylesspull.remote;

import java.util.ArrayDeque;
import java.util.Deque;

/** The last part of a text of any length, in bounded memory. */
final class Tail {

    /** In characters. A whole part is dropped at once, so that the rest need not be moved. */
    private static final int PART = 64 * 1024;

    private final int limit;
    private final Deque<StringBuilder> parts = new ArrayDeque<>();
    private int length;
    private boolean truncated;

    /** @param limit in characters */
    Tail(int limit) {
        this.limit = limit;
    }

    void append(String chunk) {
        if (parts.isEmpty() || parts.getLast().length() + chunk.length() > PART) {
            parts.add(new StringBuilder());
        }
        parts.getLast().append(chunk);
        length += chunk.length();
        while (length - parts.getFirst().length() >= limit) {
            length -= parts.remove().length();
            truncated = true;
        }
    }

    String text() {
        StringBuilder all = new StringBuilder(length);
        parts.forEach(all::append);
        int excess = Math.max(0, length - limit);
        boolean splitsPair = excess > 0 && Character.isLowSurrogate(all.charAt(excess));
        return all.substring(splitsPair ? excess + 1 : excess);
    }

    boolean truncated() {
        return truncated || length > limit;
    }
}
