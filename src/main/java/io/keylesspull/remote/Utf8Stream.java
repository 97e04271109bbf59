package io.keylesspull.remote;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Bytes to text as they come: a character that straddles two reads stays whole, malformed ones become U+FFFD. */
final class Utf8Stream {

    private static final int LONGEST_CHARACTER = 4;

    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private byte[] unfinished = new byte[0];

    String accept(byte[] bytes, int offset, int length) {
        ByteBuffer in = ByteBuffer.allocate(unfinished.length + length);
        in.put(unfinished).put(bytes, offset, length).flip();
        String text = decode(in, false);
        unfinished = new byte[in.remaining()];
        in.get(unfinished);
        return text;
    }

    String end() {
        return decode(ByteBuffer.wrap(unfinished), true);
    }

    private String decode(ByteBuffer in, boolean last) {
        // One character per byte is the most that UTF-8 gives; the rest is room for a last replacement.
        CharBuffer out = CharBuffer.allocate(in.remaining() + LONGEST_CHARACTER);
        decoder.decode(in, out, last);
        if (last) {
            decoder.flush(out);
        }
        return out.flip().toString();
    }
}
