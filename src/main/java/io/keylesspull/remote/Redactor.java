package io.keylesspull.remote;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Masks secrets in what a machine prints: those it is told, and what looks like one (JSON web tokens, blocks of
 * private keys). Immutable; each stream of text gets a {@link RedactedStream} of its own.
 */
public final class Redactor {

    static final String MASK = "***";
    /** Anything shorter would mask half of the log and protect nothing. */
    private static final int SHORTEST_SECRET = 4;
    private static final String TOKEN = "eyJ[A-Za-z0-9_-]{5,}\\.[A-Za-z0-9_-]{5,}(?:\\.[A-Za-z0-9_-]*)*";
    private static final String PRIVATE_KEY = "-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----"
            + "(?s:.){0," + RedactedStream.LONGEST_HELD + "}?-----END [A-Z0-9 ]*PRIVATE KEY-----";
    private static final Redactor SHAPES_ONLY = new Redactor(List.of());

    private final List<String> secrets;
    private final Pattern whole;

    /** @param secrets what is masked wherever it stands; those shorter than four characters are left out */
    public Redactor(Collection<String> secrets) {
        this.secrets = secrets.stream().filter(secret -> secret.strip().length() >= SHORTEST_SECRET).distinct()
                // Of two that begin alike the longer one is to be found first.
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        this.whole = Pattern.compile(Stream.concat(this.secrets.stream().map(Pattern::quote),
                Stream.of(PRIVATE_KEY, TOKEN)).collect(Collectors.joining("|")));
    }

    /** Knows no secret, only what secrets look like. */
    public static Redactor shapesOnly() {
        return SHAPES_ONLY;
    }

    /** Masks a text that is there as a whole. */
    public String mask(String text) {
        RedactedStream stream = stream();
        return stream.accept(text) + stream.end();
    }

    RedactedStream stream() {
        return new RedactedStream(this);
    }

    List<String> secrets() {
        return secrets;
    }

    Pattern whole() {
        return whole;
    }

    @Override
    public String toString() {
        return "Redactor of " + secrets.size() + " secrets";
    }
}
