package io.keylesspull.text;

import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Secrets that can be recognized by their own form. The pattern matches a bounded beginning of the secret, so that
 * little text has to be held back; {@link Hidden} finds its end.
 *
 * @param begins the first characters of a secret of this shape, or of what stands before it
 * @param second the characters that can come next
 * @param pattern its first group is hidden
 * @param goesOn decides what is hidden after that
 */
record SecretShape(String begins, String second, Pattern pattern, Supplier<Hidden> goesOn) {

    /** Three parts of base64url with dots, the first a JSON object; or a long first part, if cut off or encrypted. */
    private static final SecretShape TOKEN =
            new SecretShape("e", "y", Pattern.compile("(eyJ(?:[\\w-]{5,28}\\.[\\w-]{5}|[\\w-]{29}))"), Hidden::token);

    private static final SecretShape PRIVATE_KEY = new SecretShape(
            "-", "-", Pattern.compile("(-----BEGIN [A-Z0-9 ]{0,40}?PRIVATE KEY(?: BLOCK)?-----)"), Hidden::privateKey);

    private static final SecretShape PUTTY_KEY =
            new SecretShape("P", "u", Pattern.compile("(PuTTY-User-Key-File-)"), Hidden::puttyKey);

    /** A shorter word after "bearer" is not a token. */
    private static final SecretShape BEARER =
            new SecretShape("bB", "eE", Pattern.compile("(?i:bearer)[ \\t]{1,2}([\\w+/=.~-]{20})"), Hidden::word);

    private static final SecretShape PASSWORD_IN_URL = new SecretShape(
            ":", "/", Pattern.compile("://[^\\s/@:\"']{0,128}+:([^\\s/@\"']{1,256}+)@"), Hidden::nothing);

    static final List<SecretShape> ALL = List.of(TOKEN, PRIVATE_KEY, PUTTY_KEY, BEARER, PASSWORD_IN_URL);

    boolean mayBeginWith(char c) {
        return begins.indexOf(c) >= 0;
    }

    boolean mayBeginWith(char c, char next) {
        return mayBeginWith(c) && second.indexOf(next) >= 0;
    }
}
