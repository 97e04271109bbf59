package io.keylesspull.remote;

import java.nio.charset.StandardCharsets;

/** Decodes UTF-8 in chunks: a character that is split between two chunks stays whole; malformed ones become U+FFFD. */
final class Utf8Stream {

    private static final int LONGEST_CHARACTER = 4;

    private byte[] unfinished = new byte[0];

    String accept(byte[] bytes, int offset, int length) {
        if (unfinished.length > 0) {
            byte[] joined = new byte[unfinished.length + length];
            System.arraycopy(unfinished, 0, joined, 0, unfinished.length);
            System.arraycopy(bytes, offset, joined, unfinished.length, length);
            return decode(joined, 0, joined.length);
        }
        return decode(bytes, offset, length);
    }

    String end() {
        String rest = new String(unfinished, StandardCharsets.UTF_8);
        unfinished = new byte[0];
        return rest;
    }

    /** Keeps an unfinished character at the end for the next chunk. */
    private String decode(byte[] bytes, int offset, int length) {
        int whole = length - begun(bytes, offset, length);
        unfinished = new byte[length - whole];
        System.arraycopy(bytes, offset + whole, unfinished, 0, unfinished.length);
        return new String(bytes, offset, whole, StandardCharsets.UTF_8);
    }

    /** @return how many bytes at the end may be the start of an unfinished character */
    private static int begun(byte[] bytes, int offset, int length) {
        for (int back = 1; back < LONGEST_CHARACTER && back <= length; back++) {
            byte lead = bytes[offset + length - back];
            if ((lead & 0xC0) != 0x80) {
                return back < lengthOf(lead) ? back : 0;
            }
        }
        return 0;
    }

    /** @return the length in bytes of the character that starts with this byte; 1 if none does (RFC 3629) */
    private static int lengthOf(byte lead) {
        int value = lead & 0xFF;
        return value < 0xC2 || value > 0xF4 ? 1 : value < 0xE0 ? 2 : value < 0xF0 ? 3 : 4;
    }
}
