package io.keylesspull.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Masks secrets in texts that are shown, logged or kept: those it is told, and what looks like one. These look like
 * one: JSON web tokens (and long base64 of JSON), private keys (PEM, OpenSSH's, PuTTY's), what follows
 * {@code Bearer}, a password in a URL, and the value of anything named like a secret, such as {@code access_token=…},
 * {@code "customData": "…"}, {@code --client-secret …} or a shared access signature's {@code sig=…}.
 *
 * <p>Masking what is masked already changes nothing. Immutable; a text that comes in pieces gets a
 * {@link RedactedStream} of its own.
 */
public final class Redactor {

    static final String MASK = "***";
    /** Anything shorter would mask half of the log and protect nothing. */
    private static final int SHORTEST_SECRET = 4;
    private static final Redactor SHAPES_ONLY = new Redactor(List.of());

    private final List<String> secrets;

    /** @param secrets what is masked wherever it stands; those shorter than four characters are left out */
    public Redactor(Collection<String> secrets) {
        this.secrets = secrets.stream().filter(secret -> secret.strip().length() >= SHORTEST_SECRET).distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /** Knows no secret, only what secrets look like. */
    public static Redactor shapesOnly() {
        return SHAPES_ONLY;
    }

    /** Masks a text that is there as a whole. */
    public String mask(String text) {
        RedactedStream stream = stream();
        return stream.accept(text).text() + stream.end().text();
    }

    /** For one text that comes in pieces. */
    public RedactedStream stream() {
        return new RedactedStream(this);
    }

    /** Longest first. */
    List<String> secrets() {
        return secrets;
    }

    @Override
    public String toString() {
        return "Redactor of " + secrets.size() + " secrets";
    }
}
