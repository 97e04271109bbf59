package io.keylesspull.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Masks secrets in texts that are shown, logged or stored: given secrets, and text that looks like a secret. That is:
 * JSON web tokens (and long base64 of JSON), private keys (PEM, OpenSSH's, PuTTY's), the word after {@code Bearer}, a
 * password in a URL, and the value of anything named like a secret, such as {@code access_token=…},
 * {@code "customData": "…"}, {@code --client-secret …} or a shared access signature's {@code sig=…}.
 *
 * <p>Masking a masked text changes nothing. Immutable; a text that comes in pieces needs a {@link RedactedStream}.
 */
public final class Redactor {

    static final String MASK = "***";
    /** A shorter secret would mask half of the log and protect nothing. */
    private static final int SHORTEST_SECRET = 4;

    private static final Redactor SHAPES_ONLY = new Redactor(List.of());

    private final List<String> secrets;

    /** @param secrets masked wherever they occur; those shorter than four characters are ignored */
    public Redactor(Collection<String> secrets) {
        this.secrets = secrets.stream()
                .filter(secret -> secret.strip().length() >= SHORTEST_SECRET)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /** A redactor that knows no given secret, only text that looks like one. */
    public static Redactor shapesOnly() {
        return SHAPES_ONLY;
    }

    /** Masks a whole text. */
    public String mask(String text) {
        RedactedStream stream = stream();
        return stream.accept(text).text() + stream.end().text();
    }

    /** A stream for one text that comes in pieces. */
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
