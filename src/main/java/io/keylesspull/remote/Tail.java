package io.keylesspull.remote;

/** The last part of a text of any length, in bounded memory. */
final class Tail {

    private final int limit;
    private final StringBuilder text = new StringBuilder();
    private boolean truncated;

    /** @param limit in characters */
    Tail(int limit) {
        this.limit = limit;
    }

    void append(String chunk) {
        text.append(chunk);
        // Only now and then, since each cut moves all that stays.
        if (text.length() > 2 * limit) {
            cut();
        }
    }

    String text() {
        cut();
        return text.toString();
    }

    boolean truncated() {
        return truncated || text.length() > limit;
    }

    private void cut() {
        int excess = text.length() - limit;
        if (excess <= 0) {
            return;
        }
        boolean splitsPair = Character.isLowSurrogate(text.charAt(excess));
        text.delete(0, splitsPair ? excess + 1 : excess);
        truncated = true;
    }
}
