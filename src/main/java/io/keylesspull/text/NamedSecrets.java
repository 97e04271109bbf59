package io.keylesspull.text;

import java.util.BitSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Follows a text and finds where the value of something named like a secret begins and ends. The name itself is not
 * secret, so no text has to be held back for it.
 */
final class NamedSecrets {

    /** The characters that can separate the name from the value. */
    static final char[] ANNOUNCING = {':', '=', ' ', '\t'};
    /** What {@link #ENDINGS} and {@link #WHOLE} and "auth" end with, and what is passed over in them. */
    private static final boolean[] LAST = table("ntdeayghNTDEAYGH_-");
    /** In lower case, without underscores and hyphens: {@code access_token} and {@code --accessToken} are one. */
    private static final Set<String> ENDINGS = Set.of(
            "accesstoken",
            "refreshtoken",
            "identitytoken",
            "registrytoken",
            "clientsecret",
            "clientassertion",
            "password",
            "passphrase",
            "customdata",
            "userdata",
            "accountkey",
            "sharedaccesskey",
            "devicecode");
    /** Too short to be matched at the end of a longer name. */
    private static final Set<String> WHOLE = Set.of("sig", "idtoken");
    /** What {@link #ENDINGS} and {@link #WHOLE} and "auth" end with, three letters of five bits each. */
    private static final BitSet LAST_THREE = lastThree();

    private static final Pattern AUTHORIZATION = Pattern.compile(
            "(?i)authorization" + "\\\\{0,3}[\"']?[ \\t]{0,2}[:=][ \\t]{0,2}\\\\{0,3}[\"']?(?:bearer|basic)$");
    /** Of a longer name only the end is looked at. */
    private static final int LONGEST_NAME = 256;
    /** Between a name and what announces its value. */
    private static final int MOST_BETWEEN = 64;

    private static final int REMEMBERED = LONGEST_NAME + MOST_BETWEEN;
    private static final int MOST_BLANKS = 8;

    private enum State {
        TEXT,
        BEFORE_VALUE,
        VALUE
    }

    private final StringBuilder before = new StringBuilder();
    private State state = State.TEXT;
    private @Nullable Hidden value;
    private int owed;
    private int blanks;
    private int backslashes;

    /** Whether a value has begun or is expected next, so that no other secret needs to be looked for. */
    boolean expectsValue() {
        return state != State.TEXT;
    }

    /** @return whether the character belongs to a secret */
    boolean hides(char c) {
        owed = 0;
        if (state == State.VALUE) {
            if (Objects.requireNonNull(value).hides(c)) {
                return true;
            }
            owed = value.backslashesTooMany();
            restart();
        } else if (state == State.BEFORE_VALUE && begins(c)) {
            return true;
        }
        if (state == State.TEXT && announces(c)) {
            state = State.BEFORE_VALUE;
            blanks = 0;
            backslashes = 0;
        }
        remember(c);
        return false;
    }

    /** The same as {@link #hides} for each of these characters, none of which can begin or announce a value. */
    void pass(char[] text, int from, int to) {
        int length = Math.min(to - from, 4 * REMEMBERED);
        before.append(text, to - length, length);
        forget();
    }

    /**
     * Whether a quick look at what comes before a character shows that it announces no value.
     *
     * @param first the first index that is known
     * @param blank the index of a blank after which there are no two hyphens, which begin a flag; negative if none is
     *     known
     */
    static boolean passes(char[] text, int first, int blank, int at) {
        return switch (text[at]) {
            case ':', '=' -> isNoName(text, first, at);
            case ' ', '\t' ->
                (blank >= 0 && at - blank < LONGEST_NAME || isNoFlag(text, first, at)) && isNoScheme(text, first, at);
            default -> true;
        };
    }

    private static boolean isNoName(char[] text, int first, int at) {
        int end = at - 1;
        while (end > first
                && (text[end] == ' '
                        || text[end] == '\t'
                        || text[end] == '\\'
                        || text[end] == '"'
                        || text[end] == '\'')) {
            end--;
        }
        return end > first
                && (!isLast(text[end]) || end - 2 > first && isNoEnding(text[end - 2], text[end - 1], text[end]));
    }

    /** Whether these are three letters with which no name of a secret ends. */
    private static boolean isNoEnding(char first, char second, char third) {
        return isLetter(first) && isLetter(second) && isLetter(third) && !LAST_THREE.get(three(first, second, third));
    }

    private static boolean isLetter(char c) {
        return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
    }

    /** The letters' places in the alphabet, in either case. */
    private static int three(char first, char second, char third) {
        return (first & 31) << 10 | (second & 31) << 5 | third & 31;
    }

    private static BitSet lastThree() {
        BitSet table = new BitSet();
        Stream.of(ENDINGS, WHOLE, Set.of("auth")).flatMap(Set::stream).forEach(name -> {
            int end = name.length() - 1;
            table.set(three(name.charAt(end - 2), name.charAt(end - 1), name.charAt(end)));
        });
        return table;
    }

    private static boolean isNoFlag(char[] text, int first, int at) {
        if (at > first && !isLast(text[at - 1])) {
            return true;
        }
        int begin = at;
        while (begin > first && isOfName(text[begin - 1])) {
            begin--;
        }
        return begin > first
                && at - begin < LONGEST_NAME
                && (at - begin < 2 || text[begin] != '-' || text[begin + 1] != '-');
    }

    /** Neither "bearer" nor "basic". */
    private static boolean isNoScheme(char[] text, int first, int at) {
        if (at - 3 <= first) {
            return false;
        }
        return switch (text[at - 1]) {
            case 'r', 'R' -> text[at - 3] != 'r' && text[at - 3] != 'R';
            case 'c', 'C' -> text[at - 3] != 's' && text[at - 3] != 'S';
            default -> true;
        };
    }

    private static boolean isLast(char c) {
        return c < LAST.length && LAST[c];
    }

    private static boolean[] table(String of) {
        boolean[] table = new boolean[128];
        of.chars().forEach(c -> table[c] = true);
        return table;
    }

    /** How many backslashes were hidden by mistake and have to be shown before the last character. */
    int owedBackslashes() {
        return owed;
    }

    /** Starts again after a secret that was found by other means. */
    void restart() {
        state = State.TEXT;
        before.setLength(0);
    }

    /** @return whether the character is the first one of an unquoted value */
    private boolean begins(char c) {
        if ((c == ' ' || c == '\t') && blanks < MOST_BLANKS && backslashes == 0) {
            blanks++;
        } else if (c == '\\') {
            backslashes++;
        } else if (c == '"' || c == '\'') {
            value = Hidden.quoted(c, backslashes);
            state = State.VALUE;
        } else {
            value = Hidden.word();
            state = value.hides(c) ? State.VALUE : State.TEXT;
            return state == State.VALUE;
        }
        return false;
    }

    private boolean announces(char c) {
        return switch (c) {
            case ':', '=' -> isNamed();
            case ' ', '\t' -> isFlag() || isAuthorization();
            default -> false;
        };
    }

    private boolean isNamed() {
        int end = nameEnd();
        String name = name(end);
        // Docker's config.json has user and password under this word; without quotation marks it is too common.
        boolean isAuth = name.equals("auth") && end < before.length() && before.charAt(end) == '"';
        return isAuth || isSecret(name);
    }

    private boolean isFlag() {
        String name = name(before.length());
        return name.startsWith("--") && isSecret(name);
    }

    private boolean isAuthorization() {
        // The fast check comes first: this is called for every blank.
        int end = before.length() - 1;
        return end > 0
                && "rRcC".indexOf(before.charAt(end)) >= 0
                && AUTHORIZATION.matcher(before).find();
    }

    private static boolean isSecret(String name) {
        int end = name.length() - 1;
        // The fast check comes first: this is called for every name.
        if (end < 2 || isNoEnding(name.charAt(end - 2), name.charAt(end - 1), name.charAt(end))) {
            return false;
        }
        String plain = name.replace("_", "").replace("-", "").toLowerCase(Locale.ROOT);
        return WHOLE.contains(plain) || ENDINGS.stream().anyMatch(plain::endsWith);
    }

    /** The end of the last word, before blanks, a quotation mark and the backslashes that escape it. */
    private int nameEnd() {
        int end = before.length();
        int first = Math.max(0, end - MOST_BETWEEN);
        while (end > first && (before.charAt(end - 1) == ' ' || before.charAt(end - 1) == '\t')) {
            end--;
        }
        if (end > first && (before.charAt(end - 1) == '"' || before.charAt(end - 1) == '\'')) {
            end--;
        }
        while (end > first && before.charAt(end - 1) == '\\') {
            end--;
        }
        return end;
    }

    private String name(int end) {
        int begin = end;
        int first = Math.max(0, end - LONGEST_NAME);
        while (begin > first && isOfName(before.charAt(begin - 1))) {
            begin--;
        }
        return before.substring(begin, end);
    }

    private static boolean isOfName(char c) {
        return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_' || c == '-';
    }

    private void remember(char c) {
        before.append(c);
        forget();
    }

    private void forget() {
        if (before.length() > 4 * REMEMBERED) {
            before.delete(0, before.length() - REMEMBERED);
        }
    }
}
