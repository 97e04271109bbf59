package io.keylesspull.practice.arm.network;

import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A block of IPv4 addresses, such as {@code 10.0.0.0/24}.
 *
 * @param first the lowest address, as an unsigned number
 * @param bits of the network part, 0 to 32
 */
record CidrBlock(long first, int bits) {

    /** Azure reserves the first four addresses of a subnet, and the last. */
    private static final int FIRST_FREE = 4;

    /** Empty if the text is no block. Bits beyond the network part are an error, as in Azure. */
    static Optional<CidrBlock> of(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 2 || !parts[1].matches("\\d{1,2}") || Integer.parseInt(parts[1]) > 32) {
            return Optional.empty();
        }
        int bits = Integer.parseInt(parts[1]);
        return number(parts[0])
                .map(first -> new CidrBlock(first, bits))
                .filter(block -> block.first % block.size() == 0);
    }

    /** An address as a number; empty if the text is none. */
    static Optional<Long> number(String address) {
        String[] parts = address.split("\\.", -1);
        if (parts.length != 4) {
            return Optional.empty();
        }
        long number = 0;
        for (String part : parts) {
            if (!part.matches("\\d{1,3}") || Integer.parseInt(part) > 255) {
                return Optional.empty();
            }
            number = number << 8 | Integer.parseInt(part);
        }
        return Optional.of(number);
    }

    static String text(long number) {
        return (number >> 24 & 255) + "." + (number >> 16 & 255) + "." + (number >> 8 & 255) + "." + (number & 255);
    }

    long size() {
        return 1L << 32 - bits;
    }

    boolean contains(String address) {
        return number(address)
                .filter(number -> number >= first && number < first + size())
                .isPresent();
    }

    boolean contains(CidrBlock other) {
        return other.bits >= bits && other.first >= first && other.first < first + size();
    }

    boolean overlaps(CidrBlock other) {
        return contains(other) || other.contains(this);
    }

    /** The addresses that machines can have, lowest first. */
    Stream<String> usable() {
        return IntStream.range(FIRST_FREE, (int) Math.min(size() - 1, Integer.MAX_VALUE))
                .mapToObj(i -> text(first + i));
    }

    @Override
    public String toString() {
        return text(first) + "/" + bits;
    }
}
