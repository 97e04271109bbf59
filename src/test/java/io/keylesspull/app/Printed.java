package io.keylesspull.app;

import java.io.Writer;

/** Keeps what is printed: of very much, only the beginning and the end. */
final class Printed extends Writer {

    private static final int KEPT = 512 * 1024;

    private final StringBuilder beginning = new StringBuilder();
    private final StringBuilder end = new StringBuilder();

    @Override
    public synchronized void write(char[] characters, int offset, int length) {
        int fits = Math.min(length, KEPT - beginning.length());
        beginning.append(characters, offset, fits);
        end.append(characters, offset + fits, length - fits);
        // Only now and then, since each cut moves all that stays.
        if (end.length() > 2 * KEPT) {
            end.delete(0, end.length() - KEPT);
        }
    }

    @Override
    public synchronized String toString() {
        return beginning.toString() + end;
    }

    @Override
    public void flush() {
        // Everything is where it belongs.
    }

    @Override
    public void close() {
        // There is nothing to be let go of.
    }
}
