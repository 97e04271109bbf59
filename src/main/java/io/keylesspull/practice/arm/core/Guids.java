package io.keylesspull.practice.arm.core;

import java.util.UUID;
import java.util.random.RandomGenerator;

/** Random ids, from the generator that was passed in so that a run can be repeated. */
public final class Guids {

    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

    private final RandomGenerator random;

    public Guids(RandomGenerator random) {
        this.random = random;
    }

    public String next() {
        long high = random.nextLong() & ~0xF000L | 0x4000L;
        long low = random.nextLong() & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L;
        return new UUID(high, low).toString();
    }

    /** Random lower-case letters and digits. */
    public String letters(int count) {
        StringBuilder text = new StringBuilder();
        random.ints(count, 0, LETTERS.length()).forEach(i -> text.append(LETTERS.charAt(i)));
        return text.toString();
    }

    public int between(int from, int to) {
        return random.nextInt(from, to);
    }
}
