package io.keylesspull.practice.machine.shell;

import io.keylesspull.practice.machine.shell.ShellSyntax.Kind;
import io.keylesspull.practice.machine.shell.ShellSyntax.Part;
import io.keylesspull.practice.machine.shell.ShellSyntax.SyntaxException;
import io.keylesspull.practice.machine.shell.ShellSyntax.Word;
import java.util.ArrayList;
import java.util.List;

/** Parses one word with the quoting and expansions of POSIX, but without backquotes. */
final class WordParser {

    private final ScriptCursor cursor;
    private final List<Part> parts = new ArrayList<>();
    private final StringBuilder pending = new StringBuilder();

    private WordParser(ScriptCursor cursor) {
        this.cursor = cursor;
    }

    static Word read(ScriptCursor cursor) throws SyntaxException {
        return new WordParser(cursor).read();
    }

    /** Parses text as if it stood between double quotes. */
    static Word quoted(String text) throws SyntaxException {
        return read(new ScriptCursor("\"" + text + "\""));
    }

    private Word read() throws SyntaxException {
        while (!cursor.atEndOfWord()) {
            char c = cursor.peek(0);
            if (c == '\'') {
                flush(false);
                int end = cursor.find('\'', 1);
                if (end < 0) {
                    throw new SyntaxException("unexpected EOF while looking for matching `''");
                }
                parts.add(new Part(Kind.LITERAL, cursor.text(1, end), true));
                cursor.skip(end + 1);
            } else if (c == '"') {
                flush(false);
                readDoubleQuoted();
            } else if (c == '\\') {
                flush(false);
                if (cursor.has(1) && cursor.peek(1) != '\n') {
                    parts.add(new Part(Kind.LITERAL, cursor.text(1, 2), true));
                }
                cursor.skip(2);
            } else if (!readExpansion(false)) {
                pending.append(c);
                cursor.skip(1);
            }
        }
        flush(false);
        return new Word(List.copyOf(parts));
    }

    private void readDoubleQuoted() throws SyntaxException {
        parts.add(new Part(Kind.LITERAL, "", true));
        cursor.skip(1);
        while (cursor.peek(0) != '"') {
            if (cursor.atEnd()) {
                throw new SyntaxException("unexpected EOF while looking for matching `\"'");
            }
            char c = cursor.peek(0);
            if (c == '\\' && "$`\"\\\n".indexOf(cursor.peek(1)) >= 0) {
                if (cursor.peek(1) != '\n') {
                    pending.append(cursor.peek(1));
                }
                cursor.skip(2);
            } else if (!readExpansion(true)) {
                pending.append(c);
                cursor.skip(1);
            }
        }
        cursor.skip(1);
        flush(true);
    }

    private boolean readExpansion(boolean quoted) throws SyntaxException {
        if (cursor.peek(0) == '`') {
            throw new SyntaxException("command substitution is known as $(…) only");
        }
        if (cursor.peek(0) != '$') {
            return false;
        }
        char next = cursor.peek(1);
        Part part;
        int length;
        if (next == '(') {
            int end = closing(1);
            boolean arithmetic = cursor.peek(2) == '(' && cursor.peek(end - 1) == ')';
            part = arithmetic
                    ? new Part(Kind.ARITHMETIC, cursor.text(3, end - 1), quoted)
                    : new Part(Kind.COMMAND, cursor.text(2, end), quoted);
            length = end + 1;
        } else if (next == '{') {
            int end = cursor.find('}', 0);
            if (end < 0) {
                throw new SyntaxException("unexpected EOF while looking for matching `}'");
            }
            part = new Part(Kind.VARIABLE, cursor.text(2, end), quoted);
            length = end + 1;
        } else if ("?$#@*".indexOf(next) >= 0 || next >= '0' && next <= '9') {
            part = new Part(Kind.VARIABLE, String.valueOf(next), quoted);
            length = 2;
        } else {
            length = 1;
            while (isNameCharacter(cursor.peek(length))) {
                length++;
            }
            if (length == 1) {
                return false;
            }
            part = new Part(Kind.VARIABLE, cursor.text(1, length), quoted);
        }
        flush(quoted);
        parts.add(part);
        cursor.skip(length);
        return true;
    }

    /** The offset of the matching closing parenthesis. */
    private int closing(int open) throws SyntaxException {
        int depth = 0;
        for (int i = open; cursor.has(i); i++) {
            char c = cursor.peek(i);
            if (c == '\\') {
                i++;
            } else if (c == '\'') {
                i = cursor.find('\'', i + 1);
                if (i < 0) {
                    break;
                }
            } else if (c == '"') {
                i = closingQuote(i);
            } else if (c == '(') {
                depth++;
            } else if (c == ')' && --depth == 0) {
                return i;
            }
        }
        throw new SyntaxException("unexpected EOF while looking for matching `)'");
    }

    private int closingQuote(int open) throws SyntaxException {
        for (int i = open + 1; cursor.has(i); i++) {
            char c = cursor.peek(i);
            if (c == '\\') {
                i++;
            } else if (c == '$' && cursor.peek(i + 1) == '(') {
                i = closing(i + 1);
            } else if (c == '"') {
                return i;
            }
        }
        throw new SyntaxException("unexpected EOF while looking for matching `\"'");
    }

    static boolean isNameCharacter(char c) {
        return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    private void flush(boolean quoted) {
        if (!pending.isEmpty()) {
            parts.add(new Part(Kind.LITERAL, pending.toString(), quoted));
            pending.setLength(0);
        }
    }
}
