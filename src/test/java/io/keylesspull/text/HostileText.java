package io.keylesspull.text;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/** What a machine, a service or a file might say to deceive whoever reads it. */
public final class HostileText {

    /** Sequences and characters that move, hide, colour, turn round, ring, or imitate. */
    private static final List<String> TOKENS = List.of(
            "\u001b[2J",
            "\u001b[1A",
            "\u001b[10;1H",
            "\u001b[2K",
            "\u001b[?1049h",
            "\u001b[38;5;196m",
            "\u001b[8m",
            "\u001b[0m",
            "\u001b[6n",
            "\u001b[999999999999C",
            "\u001b[",
            "\u001b",
            "\u001b]0;title\u0007",
            "\u001b]8;;http://x\u001b\\",
            "\u001b]52;c;cm0gLXJm\u0007",
            "\u001b]",
            "\u001bP1$q\u001b\\",
            "\u001bP",
            "\u001b_app\u001b\\",
            "\u001bX",
            "\u001b^pm",
            "\u001b(0",
            "\u001b7",
            "\u001b8",
            "\u001bc",
            "\u001bM",
            "\u009b2J",
            "\u009b",
            "\u009d0;t\u009c",
            "\u0090q\u009c",
            "\u0085",
            "\u0084",
            "\u008d",
            "\0",
            "\u0007",
            "\b",
            "\b\b\b\b\b\b\b\b",
            "\t",
            "\u000b",
            "\f",
            "\r",
            "\n",
            "\r\n",
            "\u000e",
            "\u000f",
            "\u0018",
            "\u001a",
            "\u007f",
            "\u202e",
            "\u202d",
            "\u2066",
            "\u2069",
            "\u200e",
            "\u061c",
            "\u200b",
            "\u200d",
            "\u2060",
            "\ufeff",
            "\u00ad",
            "\u2028",
            "\u2029",
            "\u3164",
            "\u034f",
            "\u180e",
            "\u2800",
            "\ud83d",
            "\udc33",
            "\ud83d\udc33",
            "\udb40\udc41",
            "\ufff9",
            "\u0301",
            "\u65e5\u672c",
            "\ufffe",
            "03:04:05  vm1  docker  done",
            "03:04:05               The run succeeded.",
            "| ",
            "! ",
            "$ reboot",
            "    ",
            "2026-01-02 03:04:05 docker@vm1 + Done",
            "{\"type\":\"runEnded\",\"result\":\"succeeded\"}",
            "\"",
            "\\",
            "{0}",
            "''",
            "%s",
            "word",
            " ");

    private static final List<byte[]> BYTES = List.of(
            new byte[] {(byte) 0xc2},
            new byte[] {(byte) 0xe3, (byte) 0x81},
            new byte[] {(byte) 0xff},
            new byte[] {(byte) 0xc0, (byte) 0x8a},
            new byte[] {(byte) 0xe0, (byte) 0x80, (byte) 0x9b},
            new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
            new byte[] {(byte) 0xf5, (byte) 0x80},
            new byte[] {(byte) 0x9b},
            new byte[] {(byte) 0xc2, (byte) 0x9b},
            new byte[] {(byte) 0xf0, (byte) 0x9f});

    private HostileText() {}

    /** Tokens one after the other, some characters of any kind between them. */
    public static Arbitrary<String> texts() {
        return Arbitraries.frequencyOf(
                        Tuple.of(8, Arbitraries.of(TOKENS)),
                        Tuple.of(2, Arbitraries.chars().map(String::valueOf)),
                        Tuple.of(2, Arbitraries.chars().range('\0', '\u00ff').map(String::valueOf)))
                .list()
                .ofMaxSize(40)
                .map(parts -> String.join("", parts));
    }

    /** The same as bytes that a machine might send, malformed ones among them. */
    public static Arbitrary<byte[]> bytes() {
        Arbitrary<byte[]> part = Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.of(TOKENS).map(t -> t.getBytes(StandardCharsets.UTF_8))),
                Tuple.of(3, Arbitraries.of(BYTES)),
                Tuple.of(2, Arbitraries.bytes().map(b -> new byte[] {b})));
        return part.list().ofMaxSize(40).map(HostileText::joined);
    }

    /** Cuts a text into pieces of so many characters each, in turn. */
    public static List<String> chunks(String text, List<Integer> lengths) {
        List<String> chunks = new ArrayList<>();
        int piece = 0;
        for (int at = 0; at < text.length(); piece++) {
            int end = Math.min(text.length(), at + lengths.get(piece % lengths.size()));
            chunks.add(text.substring(at, end));
            at = end;
        }
        return chunks;
    }

    private static byte[] joined(List<byte[]> parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        parts.forEach(all::writeBytes);
        return all.toByteArray();
    }
}
