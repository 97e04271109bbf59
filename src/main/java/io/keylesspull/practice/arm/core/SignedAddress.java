package io.keylesspull.practice.arm.core;

import io.keylesspull.practice.arm.protocol.ArmCall;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;

/**
 * The addresses at which operations are polled. Azure Resource Manager signs them: time, certificate, signature and
 * hash stand in the query, about 4 kB, and differ in each answer. Source: the recordings named at
 * {@link io.keylesspull.practice.arm.protocol.OperationLinks}.
 */
final class SignedAddress {

    private static final int CERTIFICATE = 3_000;
    private static final int SIGNATURE = 342;
    private static final int HASH = 43;
    /** Seconds from the year 1 to 1970: Azure counts time in 100 ns from the year 1. */
    private static final long YEAR_1 = 62_135_596_800L;

    private SignedAddress() {}

    /**
     * @param path with a query that ends before the API version
     * @param count of the addresses that were given of this operation
     */
    static String of(String path, ArmCall call, Instant now, int count) {
        long ticks = (now.getEpochSecond() + YEAR_1) * 10_000_000 + now.getNano() / 100;
        String seed = path + "/" + count;
        return ArmCall.HOST + path + "api-version=" + call.apiVersion() + "&t=" + ticks + "&c="
                + letters("certificate", CERTIFICATE) + "&s=" + letters(seed + "/s", SIGNATURE) + "&h="
                + letters(seed + "/h", HASH);
    }

    /** Letters of Base64 that follow from a seed. */
    private static String letters(String seed, int count) {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; letters.length() < count; i++) {
            letters.append(Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(seed + i)));
        }
        return letters.substring(0, count);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
