package io.keylesspull.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RedactorTest {

    private static final String TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJhdWQiOiJhY3IifQ.c2lnbmF0dXJl";
    private static final String PRIVATE_KEY =
            "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk\nAAAA\n-----END OPENSSH PRIVATE KEY-----";
    private final Redactor redactor = new Redactor(List.of("hunter22", "hunter22-long", "a b", "secret\nlines"));

    @Test
    void secretsAndWhatLooksLikeOneAreMasked() {
        assertThat(redactor.mask("x hunter22 y")).isEqualTo("x *** y");
        assertThat(redactor.mask("hunter22-long hunter22-lo")).isEqualTo("*** ***-lo");
        assertThat(redactor.mask("secret\nlines")).isEqualTo("***");
        assertThat(redactor.mask("{\"access_token\":\"" + TOKEN + "\"}")).isEqualTo("{\"access_token\":\"***\"}");
        assertThat(redactor.mask("a\n" + PRIVATE_KEY + "\nb")).isEqualTo("a\n***\nb");
        assertThat(redactor.mask("cut off: -----BEGIN RSA PRIVATE KEY-----\nMIIE")).isEqualTo("cut off: ***");
    }

    @Test
    void shortOnesAndPublicThingsAreLeftAlone() {
        assertThat(redactor.mask("a b")).isEqualTo("a b");
        String certificate = "-----BEGIN CERTIFICATE-----\nMIIE\n";
        assertThat(redactor.mask(certificate)).isEqualTo(certificate);
        assertThat(redactor.mask("eyJ is how they begin, key")).isEqualTo("eyJ is how they begin, key");
    }

    @Test
    void anySplitGivesTheSameText() {
        String text = "start hunter22 " + TOKEN + "\n" + PRIVATE_KEY + "\nhunter22-long hunter2 " + TOKEN + ","
                + "secret\nlines -----BEGIN PUBLIC KEY-----\nAA\n" + PRIVATE_KEY + " the key eyJ hunter22";
        String expected = redactor.mask(text);
        assertThat(expected).doesNotContain("hunter22", "eyJh", "b3Blb").contains("BEGIN PUBLIC KEY");
        Random random = new Random(5);
        for (int round = 0; round < 2000; round++) {
            RedactedStream stream = redactor.stream();
            StringBuilder shown = new StringBuilder();
            for (int at = 0; at < text.length(); ) {
                int next = Math.min(text.length(), at + 1 + random.nextInt(round % 40 + 1));
                shown.append(stream.accept(text.substring(at, next)));
                at = next;
            }
            assertThat(shown.append(stream.end()).toString()).isEqualTo(expected);
        }
    }

    @Test
    void ordinaryOutputIsNotHeldBack() {
        RedactedStream stream = redactor.stream();
        assertThat(stream.accept("Reading package lists... 45%\r")).isEqualTo("Reading package lists... 45%\r");
        assertThat(stream.accept("Pulling hunt")).isEqualTo("Pulling ");
        assertThat(stream.accept("ing\n")).isEqualTo("hunting\n");
    }

    @Test
    void aTokenWithoutEndIsMaskedInBoundedMemory() {
        RedactedStream stream = redactor.stream();
        StringBuilder shown = new StringBuilder(stream.accept("t=eyJ"));
        for (int i = 0; i < 100; i++) {
            shown.append(stream.accept("abcdefghij".repeat(100)));
        }
        shown.append(stream.accept("zz and on")).append(stream.end());
        assertThat(shown.toString()).isEqualTo("t=*** and on");
    }

    @Test
    void aKeyWithoutEndDoesNotHideTheRestForEver() {
        RedactedStream stream = redactor.stream();
        StringBuilder shown = new StringBuilder(stream.accept("-----BEGIN PRIVATE KEY-----\n"));
        for (int i = 0; i < 30; i++) {
            shown.append(stream.accept("line of a log\n".repeat(100)));
        }
        assertThat(shown.append(stream.end()).toString()).startsWith("***").endsWith("line of a log\n");
    }
}
