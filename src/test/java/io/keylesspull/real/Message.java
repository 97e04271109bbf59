package io.keylesspull.real;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A message of protocol buffers, made and read by the numbers of its fields: numbers, texts and messages only. Source:
 * protobuf.dev, "Encoding".
 */
final class Message {

    private static final int VARINT = 0;
    private static final int LENGTH = 2;

    private final Map<Integer, List<Long>> numbers = new TreeMap<>();
    private final Map<Integer, List<byte[]>> contents = new TreeMap<>();

    Message with(int field, long number) {
        numbers.computeIfAbsent(field, none -> new ArrayList<>()).add(number);
        return this;
    }

    Message with(int field, String text) {
        return with(field, text.getBytes(StandardCharsets.UTF_8));
    }

    Message with(int field, Message message) {
        return with(field, message.bytes());
    }

    private Message with(int field, byte[] content) {
        contents.computeIfAbsent(field, none -> new ArrayList<>()).add(content);
        return this;
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        numbers.forEach((field, values) -> values.forEach(value -> {
            varint(bytes, field << 3 | VARINT);
            varint(bytes, value);
        }));
        contents.forEach((field, values) -> values.forEach(value -> {
            varint(bytes, field << 3 | LENGTH);
            varint(bytes, value.length);
            bytes.writeBytes(value);
        }));
        return bytes.toByteArray();
    }

    private static void varint(ByteArrayOutputStream bytes, long value) {
        long rest = value;
        for (; (rest & ~0x7FL) != 0; rest >>>= 7) {
            bytes.write((int) (rest & 0x7F | 0x80));
        }
        bytes.write((int) rest);
    }

    static Message read(byte[] bytes) {
        Message message = new Message();
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
            int key = (int) varint(rest);
            switch (key & 7) {
                case VARINT -> message.with(key >>> 3, varint(rest));
                case LENGTH -> {
                    byte[] content = new byte[(int) varint(rest)];
                    rest.get(content);
                    message.with(key >>> 3, content);
                }
                default -> throw new IllegalArgumentException("a field of wire type " + (key & 7));
            }
        }
        return message;
    }

    private static long varint(ByteBuffer bytes) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = bytes.get();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    /** A number that is not there is 0. */
    long number(int field) {
        return numbers.getOrDefault(field, List.of(0L)).get(0);
    }

    List<String> texts(int field) {
        return contents.getOrDefault(field, List.of()).stream()
                .map(content -> new String(content, StandardCharsets.UTF_8))
                .toList();
    }

    /** A text that is not there is empty. */
    String text(int field) {
        return texts(field).stream().findFirst().orElse("");
    }

    /** A message that is not there is empty. */
    Message message(int field) {
        return read(contents.getOrDefault(field, List.of(new byte[0])).get(0));
    }
}
