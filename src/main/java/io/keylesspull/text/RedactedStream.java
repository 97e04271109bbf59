package io.keylesspull.text;

import java.util.List;
import java.util.regex.Matcher;

/**
 * One stream of text on its way through a {@link Redactor}. Wherever it is split, what comes out is the same: each
 * character is decided on once all is there that can matter, which is little, and everything else passes at once.
 * Not thread-safe.
 */
public final class RedactedStream {

    /** The next piece may turn it into a secret. */
    private static final int UNSURE = -1;

    private final List<String> secrets;
    private final StringBuilder held = new StringBuilder();
    private final List<Matcher> shapes = SecretShape.ALL.stream().map(shape -> shape.pattern().matcher(held)).toList();
    private final NamedSecrets names = new NamedSecrets();
    private final StringBuilder shown = new StringBuilder();
    /** What has begun by its shape; null where nothing has. */
    private Hidden begun;
    private boolean masked;
    /** Up to where in what is held a known secret reaches. */
    private int known;

    RedactedStream(Redactor redactor) {
        secrets = redactor.secrets();
    }

    /** @return what may be shown by now, possibly nothing */
    public String accept(String piece) {
        held.append(piece);
        return decide(false);
    }

    /** @return the rest, once nothing more will come */
    public String end() {
        return decide(true);
    }

    private String decide(boolean ended) {
        int at = 0;
        while (at < held.length()) {
            int next = decide(at, ended);
            if (next == UNSURE) {
                break;
            }
            at = next;
        }
        held.delete(0, at);
        known = Math.max(0, known - at);
        String decided = shown.toString();
        shown.setLength(0);
        return decided;
    }

    /** @return where to go on, or {@link #UNSURE} */
    private int decide(int at, boolean ended) {
        int secret = knownSecret(at, ended);
        if (secret == UNSURE) {
            return UNSURE;
        }
        known = Math.max(known, secret);
        char c = held.charAt(at);
        if (at < known) {
            goOn(c);
            mask();
            return at + 1;
        }
        if (begun != null) {
            if (begun.hides(c)) {
                return at + 1;
            }
            begun = null;
        }
        if (!names.expectsValue()) {
            int next = shape(at, ended);
            if (next != at) {
                return next;
            }
        }
        if (names.hides(c)) {
            mask();
        } else {
            shown.append("\\".repeat(names.owedBackslashes()));
            show(c);
        }
        return at + 1;
    }

    /** A known secret hides the character already; what surrounds it still has to see it. */
    private void goOn(char c) {
        if (begun != null && !begun.hides(c)) {
            begun = null;
        }
        if (names.expectsValue()) {
            names.hides(c);
        } else {
            names.restart();
        }
    }

    /** @return where the known secret ends that begins here; 0 where none does */
    private int knownSecret(int at, boolean ended) {
        for (String secret : secrets) {
            int length = Math.min(secret.length(), held.length() - at);
            if (standsAt(at, secret, length)) {
                if (length == secret.length()) {
                    return at + length;
                }
                if (!ended) {
                    return UNSURE;
                }
            }
        }
        return 0;
    }

    private boolean standsAt(int at, String text, int length) {
        int same = 0;
        while (same < length && held.charAt(at + same) == text.charAt(same)) {
            same++;
        }
        return same == length;
    }

    /** @return where to go on after the beginning of a secret that is known by its shape; here where none begins */
    private int shape(int at, boolean ended) {
        char c = held.charAt(at);
        for (int i = 0; i < shapes.size(); i++) {
            SecretShape shape = SecretShape.ALL.get(i);
            if (!shape.mayBeginWith(c)) {
                continue;
            }
            Matcher matcher = shapes.get(i).region(at, held.length());
            boolean found = matcher.lookingAt();
            if (matcher.hitEnd() && !ended) {
                return UNSURE;
            }
            if (found) {
                for (int before = at; before < matcher.start(1); before++) {
                    show(held.charAt(before));
                }
                mask();
                names.restart();
                begun = shape.goesOn().get();
                return matcher.end(1);
            }
        }
        return at;
    }

    private void show(char c) {
        shown.append(c);
        masked = false;
    }

    /** One mask for what is hidden without a gap. */
    private void mask() {
        if (!masked) {
            shown.append(Redactor.MASK);
            masked = true;
        }
    }
}
