package io.keylesspull.text;

import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * What some secrets look like by themselves. A pattern tells a secret by its beginning and is bounded, so that little
 * has to be held back; how it goes on, however long, is {@link Hidden}.
 *
 * @param begins  the characters a secret of this shape, or what stands before it, can begin with
 * @param second  the characters that can come next
 * @param pattern its first group is what is hidden
 * @param goesOn  what is hidden after that
 */
record SecretShape(String begins, String second, Pattern pattern, Supplier<Hidden> goesOn) {

    /** Three dotted parts of base64url, the first a JSON object; cut short or encrypted, at least a long first one. */
    private static final SecretShape TOKEN = new SecretShape("e", "y",
            Pattern.compile("(eyJ(?:[\\w-]{5,28}\\.[\\w-]{5}|[\\w-]{29}))"), Hidden::token);

    private static final SecretShape PRIVATE_KEY = new SecretShape("-", "-",
            Pattern.compile("(-----BEGIN [A-Z0-9 ]{0,40}?PRIVATE KEY(?: BLOCK)?-----)"), Hidden::privateKey);

    private static final SecretShape PUTTY_KEY = new SecretShape("P", "u",
            Pattern.compile("(PuTTY-User-Key-File-)"), Hidden::puttyKey);

    /** Shorter words after "bearer" are words. */
    private static final SecretShape BEARER = new SecretShape("bB", "eE",
            Pattern.compile("(?i:bearer)[ \\t]{1,2}([\\w+/=.~-]{20})"), Hidden::word);

    private static final SecretShape PASSWORD_IN_URL = new SecretShape(":", "/",
            Pattern.compile("://[^\\s/@:\"']{0,128}+:([^\\s/@\"']{1,256}+)@"), Hidden::nothing);

    static final List<SecretShape> ALL = List.of(TOKEN, PRIVATE_KEY, PUTTY_KEY, BEARER, PASSWORD_IN_URL);

    boolean mayBeginWith(char c) {
        return begins.indexOf(c) >= 0;
    }

    boolean mayBeginWith(char c, char next) {
        return mayBeginWith(c) && second.indexOf(next) >= 0;
    }
}
