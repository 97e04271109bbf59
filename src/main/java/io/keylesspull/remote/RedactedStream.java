package io.keylesspull.remote;

import java.util.regex.Matcher;

/**
 * One stream of text on its way through a {@link Redactor}. Whatever may be the beginning of a secret is held back
 * until it is known; everything else passes at once. Not thread-safe.
 */
final class RedactedStream {

    /** In characters. The longest real ones, RSA keys of 16384 bits, have some 13,000. */
    static final int LONGEST_HELD = 16 * 1024;
    private static final String KEY_BEGIN = "-----BEGIN ";
    private static final String TOKEN_BEGIN = "eyJ";

    private final Redactor redactor;
    private final StringBuilder held = new StringBuilder();
    private boolean insideEndlessToken;

    RedactedStream(Redactor redactor) {
        this.redactor = redactor;
    }

    /** @return what may be shown by now, possibly nothing */
    String accept(String chunk) {
        held.append(chunk);
        skipEndlessToken();
        int safe = firstUnsure();
        if (held.length() - safe <= longestHeld()) {
            return release(safe);
        }
        // Too long to be waited for. A token without end is masked to its end; anything else is let go as it is.
        if (startsAt(safe, TOKEN_BEGIN)) {
            String shown = release(safe) + Redactor.MASK;
            insideEndlessToken = true;
            held.setLength(0);
            return shown;
        }
        String shown = release(safe) + (startsAt(0, KEY_BEGIN) ? Redactor.MASK : held);
        held.setLength(0);
        return shown;
    }

    /** @return the rest, once nothing more will come */
    String end() {
        skipEndlessToken();
        int key = beginningOfOpenKey();
        if (key < 0) {
            return release(held.length());
        }
        String shown = release(key) + Redactor.MASK;
        held.setLength(0);
        return shown;
    }

    private int longestHeld() {
        int longestSecret = redactor.secrets().isEmpty() ? 0 : redactor.secrets().get(0).length();
        return Math.max(LONGEST_HELD, longestSecret);
    }

    private void skipEndlessToken() {
        if (!insideEndlessToken) {
            return;
        }
        int length = 0;
        while (length < held.length() && isOfToken(held.charAt(length))) {
            length++;
        }
        insideEndlessToken = length == held.length();
        held.delete(0, length);
    }

    /** Masks and takes away everything before the position. */
    private String release(int end) {
        Matcher matcher = redactor.whole().matcher(held).region(0, end);
        String shown = matcher.find() ? maskRegion(matcher, end) : held.substring(0, end);
        held.delete(0, end);
        return shown;
    }

    private String maskRegion(Matcher matcher, int end) {
        StringBuilder shown = new StringBuilder();
        int from = 0;
        do {
            shown.append(held, from, matcher.start()).append(Redactor.MASK);
            from = matcher.end();
        } while (matcher.find());
        return shown.append(held, from, end).toString();
    }

    /** Where the first thing begins that the next chunk may turn into a secret. */
    private int firstUnsure() {
        int unsure = Math.min(beginningOfSecret(), beginningOfToken());
        int key = beginningOfOpenKey();
        if (key >= 0) {
            unsure = Math.min(unsure, key);
        }
        // A whole secret that reaches over this point stays together.
        Matcher matcher = redactor.whole().matcher(held);
        while (matcher.find() && matcher.start() < unsure) {
            if (matcher.end() > unsure) {
                return matcher.start();
            }
        }
        return unsure;
    }

    private int beginningOfSecret() {
        int unsure = held.length() - overlap(KEY_BEGIN);
        for (String secret : redactor.secrets()) {
            unsure = Math.min(unsure, held.length() - overlap(secret));
        }
        return unsure;
    }

    /** How much of the text, short of all of it, stands at the end of what is held. */
    private int overlap(String text) {
        int length = Math.min(text.length() - 1, held.length());
        while (length > 0 && !startsAt(held.length() - length, text.substring(0, length))) {
            length--;
        }
        return length;
    }

    private int beginningOfToken() {
        int run = held.length();
        while (run > 0 && isOfToken(held.charAt(run - 1))) {
            run--;
        }
        int token = held.indexOf(TOKEN_BEGIN, run);
        return token >= 0 ? token : held.length() - overlap(TOKEN_BEGIN);
    }

    /** Of a private key whose end has not come; −1 where there is none. */
    private int beginningOfOpenKey() {
        int begin = held.lastIndexOf(KEY_BEGIN);
        if (begin < 0) {
            return -1;
        }
        int dashes = held.indexOf("-----", begin + KEY_BEGIN.length());
        if (dashes < 0) {
            // The header itself is not there yet, if it is one.
            return held.indexOf("\n", begin) < 0 ? begin : -1;
        }
        boolean isPrivate = held.substring(begin, dashes).endsWith("PRIVATE KEY");
        return isPrivate && held.indexOf("PRIVATE KEY-----", dashes + 5) < 0 ? begin : -1;
    }

    private boolean startsAt(int index, String text) {
        return held.length() - index >= text.length() && held.indexOf(text, index) == index;
    }

    private static boolean isOfToken(char c) {
        return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_' || c == '-' || c == '.';
    }
}
