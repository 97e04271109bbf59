package io.keylesspull.text;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Masks one text that comes in pieces, with the rules of a {@link Redactor}. The result does not depend on how the text
 * is split: characters that may belong to a secret are held until enough of the text has come to decide, and everything
 * else passes at once. Not thread-safe.
 */
public final class RedactedStream {

    /** Not decided yet: the next piece may show that a secret begins here. */
    private static final int UNSURE = -1;

    /**
     * For each character that needs a closer look, the characters that must follow for a shape to begin; none if the
     * character can only announce a value. Null for all other characters.
     */
    private static final char[][] CLOSER = closer();

    private final List<String> secrets;
    /** The first characters of the given secrets. */
    private final String firsts;

    private final Characters held = new Characters();
    private final List<Matcher> shapes =
            SecretShape.ALL.stream().map(shape -> shape.pattern().matcher(held)).toList();
    private final NamedSecrets names = new NamedSecrets();
    private final Characters shown = new Characters();
    /** A secret whose beginning was found by its shape; null if there is none. */
    private @Nullable Hidden begun;

    private boolean masked;
    /** Whether any character of the piece was not shown. */
    private boolean hidden;
    /** The end, in the held text, of a given secret. */
    private int known;
    /** The index in the held text from which everything decided so far is shown. */
    private int plainFrom;

    RedactedStream(Redactor redactor) {
        secrets = redactor.secrets();
        firsts = secrets.stream()
                .map(secret -> secret.substring(0, 1))
                .distinct()
                .collect(Collectors.joining());
    }

    /** @return the part of the text that can be shown now; may be empty */
    public Masked accept(String piece) {
        boolean whole = held.length() == 0;
        held.append(piece);
        hidden = false;
        int decided = decide(false);
        // Usually nothing is hidden, and the piece itself can be returned.
        boolean asItCame = whole && !hidden && shown.length() == decided;
        return taken(asItCame ? piece.substring(0, decided) : shown.toString());
    }

    /** Ends the text. @return the rest */
    public Masked end() {
        decide(true);
        return taken(shown.toString());
    }

    private Masked taken(String text) {
        shown.delete(shown.length());
        return new Masked(text);
    }

    /** @return how many of the held characters are decided */
    private int decide(boolean ended) {
        int at = 0;
        while (at < held.length()) {
            int plain = plain(at);
            show(at, plain);
            at = plain;
            int next = at < held.length() ? decide(at, ended) : UNSURE;
            if (next == UNSURE) {
                break;
            }
            at = next;
            if (masked || names.expectsValue()) {
                plainFrom = at;
            }
        }
        held.delete(at);
        known = Math.max(0, known - at);
        plainFrom = 0;
        return at;
    }

    /** @return the end of the characters from here that can be shown without a closer look */
    private int plain(int at) {
        if (begun != null || at < known || names.expectsValue()) {
            return at;
        }
        char[] text = held.text;
        // The last character may depend on the next piece.
        int end = held.length() - 1;
        int blank = -1;
        int next = skip(text, at, end);
        while (next < end && isPlain(text, blank, next)) {
            // Two hyphens are not plain, so there are none after this blank.
            blank = text[next] == ' ' ? next : blank;
            next = skip(text, next + 1, end);
        }
        return next == end && end >= at && isPlainAtTheEnd(text, next) ? next + 1 : next;
    }

    /** @return the end of the characters that need no closer look */
    private int skip(char[] text, int from, int end) {
        int next = from;
        if (firsts.isEmpty()) {
            while (next < end && (text[next] >= CLOSER.length || CLOSER[text[next]] == null)) {
                next++;
            }
        }
        return next;
    }

    private boolean isPlain(char[] text, int blank, int at) {
        char c = text[at];
        char[] closer = c < CLOSER.length ? CLOSER[c] : null;
        if (closer != null) {
            for (char second : closer) {
                if (text[at + 1] == second) {
                    return false;
                }
            }
            if (!NamedSecrets.passes(text, plainFrom, blank, at)) {
                return false;
            }
        }
        return firsts.isEmpty() || firsts.indexOf(c) < 0;
    }

    private boolean isPlainAtTheEnd(char[] text, int at) {
        char c = text[at];
        return (c >= CLOSER.length || CLOSER[c] == null) && firsts.indexOf(c) < 0;
    }

    private void show(int from, int to) {
        if (to > from) {
            shown.append(held.text, from, to);
            passed(from, to);
        }
    }

    private void passed(int from, int to) {
        masked &= to == from;
        names.pass(held.text, from, to);
    }

    private static char[][] closer() {
        char[][] closer = new char[128][];
        for (char announcing : NamedSecrets.ANNOUNCING) {
            closer[announcing] = new char[0];
        }
        for (SecretShape shape : SecretShape.ALL) {
            shape.begins().chars().forEach(c -> closer[c] = shape.second().toCharArray());
        }
        return closer;
    }

    /** @return the next index to decide, or {@link #UNSURE} */
    private int decide(int at, boolean ended) {
        int secret = knownSecret(at, ended);
        if (secret == UNSURE) {
            return UNSURE;
        }
        known = Math.max(known, secret);
        char c = held.charAt(at);
        if (at < known) {
            follow(c);
            mask();
            return at + 1;
        }
        if (begun != null) {
            if (begun.hides(c)) {
                hidden = true;
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

    /** Tracks the surrounding secrets through a character that a given secret hides already. */
    private void follow(char c) {
        if (begun != null && !begun.hides(c)) {
            begun = null;
        }
        if (names.expectsValue()) {
            names.hides(c);
        } else {
            names.restart();
        }
    }

    /** @return the end of the given secret that begins here; 0 if none does */
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

    /** @return the index after the beginning of a secret that is found by its shape; the same index if none begins */
    private int shape(int at, boolean ended) {
        char c = held.charAt(at);
        for (int i = 0; i < shapes.size(); i++) {
            SecretShape shape = SecretShape.ALL.get(i);
            boolean last = at + 1 == held.length();
            if (last ? !shape.mayBeginWith(c) : !shape.mayBeginWith(c, held.charAt(at + 1))) {
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

    /** Shows one mask for adjacent hidden characters. */
    private void mask() {
        hidden = true;
        if (!masked) {
            shown.append(Redactor.MASK);
            masked = true;
        }
    }

    /** A growing text whose characters are in an array, which is fast to read and to copy. */
    private static final class Characters implements CharSequence {

        private char[] text = new char[128];
        private int length;

        void append(String piece) {
            makeRoom(piece.length());
            piece.getChars(0, piece.length(), text, length);
            length += piece.length();
        }

        void append(char[] from, int begin, int end) {
            makeRoom(end - begin);
            System.arraycopy(from, begin, text, length, end - begin);
            length += end - begin;
        }

        void append(char c) {
            makeRoom(1);
            text[length++] = c;
        }

        private void makeRoom(int more) {
            if (length + more > text.length) {
                text = Arrays.copyOf(text, Math.max(length + more, 2 * text.length));
            }
        }

        /** Deletes the characters before an index. */
        void delete(int upTo) {
            System.arraycopy(text, upTo, text, 0, length - upTo);
            length -= upTo;
        }

        @Override
        public int length() {
            return length;
        }

        @Override
        public char charAt(int index) {
            return text[index];
        }

        @Override
        public CharSequence subSequence(int from, int to) {
            return new String(text, from, to - from);
        }

        @Override
        public String toString() {
            return new String(text, 0, length);
        }
    }
}
