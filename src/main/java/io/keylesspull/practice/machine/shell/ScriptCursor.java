package io.keylesspull.practice.machine.shell;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A script, and how far it has been read. Offsets count from the next character. */
final class ScriptCursor {

    private static final String END_OF_WORD = " \t\n;|&<>()";

    private final String source;
    private int at;
    private int line = 1;
    /** Where the text of the here-documents of this line begins, and where it ends; both 0 if it has none. */
    private int documents;

    private int afterDocuments;

    ScriptCursor(String source) {
        this.source = source;
    }

    /** The line of the next character, counted from 1. */
    int line() {
        return line;
    }

    boolean atEnd() {
        return !has(0);
    }

    boolean has(int offset) {
        return at + offset < source.length();
    }

    /** NUL beyond the end. */
    char peek(int offset) {
        return has(offset) ? source.charAt(at + offset) : '\0';
    }

    /** Whether the next character is one of these; false at the end. */
    boolean isOneOf(String characters) {
        return !atEnd() && characters.indexOf(peek(0)) >= 0;
    }

    boolean startsWith(String text) {
        return source.startsWith(text, at);
    }

    /** Where a character comes next; negative if nowhere. @param from the first offset looked at */
    int find(char wanted, int from) {
        int found = source.indexOf(wanted, at + from);
        return found < 0 ? found : found - at;
    }

    String text(int from, int to) {
        return source.substring(at + from, at + to);
    }

    void skip(int characters) {
        for (int i = 0; i < characters && !atEnd(); i++) {
            line += peek(0) == '\n' ? 1 : 0;
            at++;
            if (at == documents) {
                line += (int) source.substring(documents, afterDocuments)
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
                at = afterDocuments;
            }
        }
    }

    /**
     * The text of a here-document, which begins on the next line, and is passed over when that line is reached.
     *
     * @return empty if it has no end
     */
    Optional<String> document(String delimiter, boolean withoutTabs) {
        int from = source.indexOf('\n', at) + 1;
        if (from == 0) {
            return Optional.empty();
        }
        if (documents == from) {
            from = afterDocuments;
        } else {
            documents = from;
        }
        StringBuilder text = new StringBuilder();
        while (from < source.length()) {
            int end = source.indexOf('\n', from);
            end = end < 0 ? source.length() : end;
            String read = source.substring(from, end);
            read = withoutTabs ? read.replaceFirst("^\t+", "") : read;
            from = Math.min(source.length(), end + 1);
            if (read.equals(delimiter)) {
                afterDocuments = from;
                return Optional.of(text.toString());
            }
            text.append(read).append('\n');
        }
        return Optional.empty();
    }

    void skipBlanks() {
        while (isOneOf(" \t")) {
            at++;
        }
    }

    /** To the end of the line. */
    void skipComment() {
        while (!atEnd() && peek(0) != '\n') {
            at++;
        }
    }

    /** Whether the next character ends an unquoted word. */
    boolean atEndOfWord() {
        return atEnd() || isOneOf(END_OF_WORD);
    }

    /** The characters up to the end of the word, unread. */
    String upToEndOfWord() {
        int end = 0;
        while (has(end) && END_OF_WORD.indexOf(peek(end)) < 0) {
            end++;
        }
        return text(0, end);
    }

    /** Reads what matches here. @return the pattern's first group; empty, with nothing read, if it does not match */
    Optional<String> match(Pattern pattern) {
        Matcher matcher = pattern.matcher(source).region(at, source.length());
        if (!matcher.lookingAt()) {
            return Optional.empty();
        }
        skip(matcher.end() - at);
        return Optional.of(matcher.group(1));
    }
}
