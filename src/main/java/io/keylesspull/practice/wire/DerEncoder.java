package io.keylesspull.practice.wire;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;

/** Encodes the values that certificates consist of (ASN.1 in DER, ITU-T X.690). */
final class DerEncoder {

    private static final DateTimeFormatter UTC_TIME = format("yyMMddHHmmss'Z'");
    private static final DateTimeFormatter GENERALIZED_TIME = format("yyyyMMddHHmmss'Z'");

    private DerEncoder() {}

    static byte[] sequence(byte[]... values) {
        return tagged(0x30, values);
    }

    static byte[] integer(BigInteger value) {
        return tagged(0x02, value.toByteArray());
    }

    static byte[] isTrue() {
        return tagged(0x01, new byte[] {(byte) 0xff});
    }

    static byte[] octets(byte[] content) {
        return tagged(0x04, content);
    }

    /** @param unused how many bits at the end of the last byte do not count */
    static byte[] bits(int unused, byte[] content) {
        return tagged(0x03, new byte[] {(byte) unused}, content);
    }

    /** @param dotted such as {@code 2.5.29.17} */
    static byte[] objectId(String dotted) {
        int[] arcs =
                Arrays.stream(dotted.split("\\.")).mapToInt(Integer::parseInt).toArray();
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        base128(content, 40 * arcs[0] + arcs[1]);
        Arrays.stream(arcs).skip(2).forEach(arc -> base128(content, arc));
        return tagged(0x06, content.toByteArray());
    }

    /** To the second, in the form that RFC 5280 (4.1.2.5) demands for that year. */
    static byte[] time(Instant time) {
        boolean utc = time.atZone(ZoneOffset.UTC).getYear() < 2050;
        String text = (utc ? UTC_TIME : GENERALIZED_TIME).format(time);
        return tagged(utc ? 0x17 : 0x18, text.getBytes(StandardCharsets.US_ASCII));
    }

    /** @param number of the context-specific tag, below 31; the content replaces a primitive value */
    static byte[] implicit(int number, byte[] content) {
        return tagged(0x80 | number, content);
    }

    /** @param number of the context-specific tag, below 31; it wraps the whole value */
    static byte[] explicit(int number, byte[] value) {
        return tagged(0xa0 | number, value);
    }

    private static byte[] tagged(int tag, byte[]... contents) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        int length = Arrays.stream(contents).mapToInt(content -> content.length).sum();
        if (length < 0x80) {
            out.write(length);
        } else {
            byte[] bytes = BigInteger.valueOf(length).toByteArray();
            int zeros = bytes[0] == 0 ? 1 : 0;
            out.write(0x80 | bytes.length - zeros);
            out.write(bytes, zeros, bytes.length - zeros);
        }
        Arrays.stream(contents).forEach(out::writeBytes);
        return out.toByteArray();
    }

    private static void base128(ByteArrayOutputStream out, int number) {
        for (int shift = 28; shift > 0; shift -= 7) {
            if (number >>> shift != 0) {
                out.write(0x80 | number >>> shift & 0x7f);
            }
        }
        out.write(number & 0x7f);
    }

    private static DateTimeFormatter format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern).withZone(ZoneOffset.UTC);
    }
}
