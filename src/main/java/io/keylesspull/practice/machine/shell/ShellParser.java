package io.keylesspull.practice.machine.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a shell reads: statements of pipelines of words, with the quoting of POSIX.
 *
 * <p>A subset on purpose: no here-documents, no arithmetic and no backquotes. What it does not know is a syntax error,
 * as a wrong guess would be worse.
 */
final class ShellParser {

    /** What must have happened before a statement runs. */
    enum When { ALWAYS, AFTER_SUCCESS, AFTER_FAILURE }

    /** Where a redirection leads. */
    enum Target { STDOUT, STDERR, BOTH, STDIN }

    enum Kind { LITERAL, VARIABLE, COMMAND }

    /** A piece of a word. @param quoted whether blanks and wildcards in it are plain characters */
    record Part(Kind kind, String text, boolean quoted) {
    }

    record Word(List<Part> parts) {
    }

    /** @param file null where the target joins the other output stream */
    record Redirection(Target target, Word file, boolean append) {
    }

    /** @param compound null where it is a plain command of these words */
    record Stage(List<Word> words, List<Redirection> redirections, CompoundCommand compound) {
    }

    /** @param negated whether its success counts as a failure and the other way round */
    record Statement(When when, List<Stage> pipeline, boolean negated, int line) {
    }

    /** Not a command a shell would take. */
    static final class SyntaxException extends Exception {
        SyntaxException(String message) {
            super(message);
        }
    }

    private static final Set<String> RESERVED = Set.of("if", "then", "elif", "else", "fi", "while", "until", "for",
            "in", "do", "done", "case", "esac", "{", "}", "!");
    private static final Pattern NAME = Pattern.compile("[ \\t]*([A-Za-z_]\\w*)");
    private static final Pattern FUNCTION = Pattern.compile("[ \\t]*([A-Za-z_]\\w*)[ \\t]*\\([ \\t]*\\)");

    private final String source;
    private int at;
    private int line = 1;
    private final List<Statement> statements = new ArrayList<>();
    private List<Stage> stages = new ArrayList<>();
    private List<Word> words = new ArrayList<>();
    private List<Redirection> redirections = new ArrayList<>();
    private CompoundCommand compound;
    private boolean negated;
    private When when = When.ALWAYS;

    private ShellParser(String source) {
        this.source = source;
    }

    static List<Statement> parse(String source) throws SyntaxException {
        ShellParser commandLine = new ShellParser(source.replace("\r\n", "\n"));
        commandLine.readAll(Set.of());
        return List.copyOf(commandLine.statements);
    }

    /** What would stand between double quotes, with its expansions. */
    static Word quoted(String text) throws SyntaxException {
        ShellParser commandLine = new ShellParser("\"" + text + "\"");
        return commandLine.readWord();
    }

    /** Reads on until one of these stands where a command may begin, and leaves that to the caller. */
    List<Statement> list(Set<String> ends) throws SyntaxException {
        ShellParser inner = new ShellParser(source);
        inner.at = at;
        inner.line = line;
        inner.readAll(ends);
        at = inner.at;
        line = inner.line;
        if (inner.statements.isEmpty() && !ends.contains(";;")) {
            throw unexpected(reserved());
        }
        return List.copyOf(inner.statements);
    }

    Statement alone(CompoundCommand command) {
        return new Statement(When.ALWAYS, List.of(new Stage(List.of(), List.of(), command)), false, line);
    }

    private void readAll(Set<String> ends) throws SyntaxException {
        while (at < source.length()) {
            char c = source.charAt(at);
            boolean commandMayBegin = words.isEmpty() && redirections.isEmpty() && compound == null;
            if (c == '\\' && peek(1) == '\n') {
                at += 2;
                line++;
            } else if (c == ' ' || c == '\t') {
                at++;
            } else if (c == '#') {
                skipComment();
            } else if (ends.contains(";;") && c == ';' && peek(1) == ';' || ends.contains(")") && c == ')'
                    || commandMayBegin && ends.contains(reserved())) {
                endStatement(When.ALWAYS, null);
                return;
            } else if (c == '\n' && commandMayBegin && !stages.isEmpty()) {
                at++;
                line++;
            } else if (c == '\n' || c == ';') {
                endStatement(When.ALWAYS, c == ';' ? ";" : null);
                at++;
                line += c == '\n' ? 1 : 0;
            } else if (c == '&' && peek(1) == '&') {
                endStatement(When.AFTER_SUCCESS, "&&");
                at += 2;
            } else if (c == '|' && peek(1) == '|') {
                endStatement(When.AFTER_FAILURE, "||");
                at += 2;
            } else if (c == '|') {
                endStage("|");
                at++;
            } else if (commandMayBegin && stages.isEmpty() && reserved().equals("!")) {
                negated = !negated;
                at++;
            } else if (commandMayBegin) {
                compound = new CompoundParser(this).read().orElse(null);
                readPlain();
            } else {
                readPlain();
            }
        }
        if (when != When.ALWAYS && isEmpty() || !stages.isEmpty() && words.isEmpty() && compound == null
                || !ends.isEmpty()) {
            throw new SyntaxException("syntax error: unexpected end of file");
        }
        endStatement(When.ALWAYS, null);
    }

    private void readPlain() throws SyntaxException {
        if (at < source.length() && " \t\n;|".indexOf(peek(0)) < 0 && !readRedirection()) {
            if (peek(0) == '&' || peek(0) == '(' || peek(0) == ')' || compound != null) {
                throw unexpected(String.valueOf(peek(0)));
            }
            words.add(readWord());
        }
    }

    /** The word or sign that the grammar knows, if one stands here; otherwise nothing. */
    String reserved() {
        while (peek(0) == ' ' || peek(0) == '\t') {
            at++;
        }
        if (peek(0) == ';' && peek(1) == ';') {
            return ";;";
        }
        if ("()|".indexOf(peek(0)) >= 0 && peek(0) != '\0') {
            return String.valueOf(peek(0));
        }
        int end = at;
        while (end < source.length() && " \t\n;|&<>()".indexOf(source.charAt(end)) < 0) {
            end++;
        }
        String word = source.substring(at, end);
        return RESERVED.contains(word) ? word : "";
    }

    /** Goes past what must stand here. */
    void take(String token) throws SyntaxException {
        if (!reserved().equals(token)) {
            throw unexpected(at >= source.length() ? "newline" : String.valueOf(peek(0)));
        }
        at += token.length();
    }

    /** Goes past line ends, semicolons, blanks and remarks. */
    void skipSeparators() {
        while (at < source.length() && (" \t\n;#".indexOf(peek(0)) >= 0 && !(peek(0) == ';' && peek(1) == ';'))) {
            if (peek(0) == '#') {
                skipComment();
            } else {
                line += peek(0) == '\n' ? 1 : 0;
                at++;
            }
        }
    }

    Word word() throws SyntaxException {
        return readFileWord();
    }

    /** The words up to the end of the line or the next semicolon. */
    List<Word> words() throws SyntaxException {
        List<Word> read = new ArrayList<>();
        while (at < source.length() && peek(0) != '\n' && peek(0) != ';') {
            if (peek(0) == ' ' || peek(0) == '\t') {
                at++;
            } else {
                read.add(word());
            }
        }
        return List.copyOf(read);
    }

    /** The name of a variable. */
    String name() throws SyntaxException {
        return matched(NAME).orElseThrow(() -> unexpected("newline"));
    }

    /** Where a function is defined here: its name, and past its parentheses. */
    Optional<String> functionName() {
        return matched(FUNCTION);
    }

    private Optional<String> matched(Pattern pattern) {
        Matcher matcher = pattern.matcher(source).region(at, source.length());
        if (!matcher.lookingAt()) {
            return Optional.empty();
        }
        at = matcher.end();
        return Optional.of(matcher.group(1));
    }

    private void skipComment() {
        while (at < source.length() && source.charAt(at) != '\n') {
            at++;
        }
    }

    private boolean isEmpty() {
        return stages.isEmpty() && words.isEmpty() && redirections.isEmpty() && compound == null;
    }

    private void endStage(String operator) throws SyntaxException {
        if (words.isEmpty() && redirections.isEmpty() && compound == null) {
            throw unexpected(operator);
        }
        stages.add(new Stage(List.copyOf(words), List.copyOf(redirections), compound));
        compound = null;
        words = new ArrayList<>();
        redirections = new ArrayList<>();
    }

    private void endStatement(When next, String operator) throws SyntaxException {
        if (isEmpty()) {
            if (operator != null) {
                throw unexpected(operator);
            }
            return;
        }
        endStage(operator == null ? "newline" : operator);
        statements.add(new Statement(when, List.copyOf(stages), negated, line));
        negated = false;
        stages = new ArrayList<>();
        when = next;
    }

    private boolean readRedirection() throws SyntaxException {
        String rest = source.substring(at, Math.min(source.length(), at + 5));
        for (String operator : List.of("2>&1", "1>&2", ">&2", "&>", "2>>", "2>", "1>", ">>", ">", "<")) {
            if (!rest.startsWith(operator)) {
                continue;
            }
            at += operator.length();
            Target target = switch (operator) {
                case "2>&1", "2>", "2>>" -> Target.STDERR;
                case "&>" -> Target.BOTH;
                case "<" -> Target.STDIN;
                default -> Target.STDOUT;
            };
            boolean joins = operator.contains(">&");
            redirections.add(new Redirection(target, joins ? null : readFileWord(), operator.endsWith(">>")));
            return true;
        }
        return false;
    }

    private Word readFileWord() throws SyntaxException {
        while (peek(0) == ' ' || peek(0) == '\t') {
            at++;
        }
        if (at >= source.length() || "\n;|&<>()".indexOf(peek(0)) >= 0) {
            throw unexpected("newline");
        }
        return readWord();
    }

    private Word readWord() throws SyntaxException {
        List<Part> parts = new ArrayList<>();
        StringBuilder plain = new StringBuilder();
        while (at < source.length() && " \t\n;|&<>()".indexOf(source.charAt(at)) < 0) {
            char c = source.charAt(at);
            if (c == '\'') {
                flush(plain, parts, false);
                int end = source.indexOf('\'', at + 1);
                if (end < 0) {
                    throw new SyntaxException("unexpected EOF while looking for matching `''");
                }
                parts.add(new Part(Kind.LITERAL, source.substring(at + 1, end), true));
                countLines(at, end);
                at = end + 1;
            } else if (c == '"') {
                flush(plain, parts, false);
                readDoubleQuoted(parts);
            } else if (c == '\\') {
                flush(plain, parts, false);
                if (peek(1) == '\n') {
                    line++;
                } else if (at + 1 < source.length()) {
                    parts.add(new Part(Kind.LITERAL, String.valueOf(source.charAt(at + 1)), true));
                }
                at = Math.min(source.length(), at + 2);
            } else if (!readExpansion(parts, plain, false)) {
                plain.append(c);
                at++;
            }
        }
        flush(plain, parts, false);
        return new Word(List.copyOf(parts));
    }

    private void readDoubleQuoted(List<Part> parts) throws SyntaxException {
        StringBuilder text = new StringBuilder();
        parts.add(new Part(Kind.LITERAL, "", true));
        at++;
        while (true) {
            if (at >= source.length()) {
                throw new SyntaxException("unexpected EOF while looking for matching `\"'");
            }
            char c = source.charAt(at);
            if (c == '"') {
                at++;
                flush(text, parts, true);
                return;
            }
            if (c == '\\' && "$`\"\\\n".indexOf(peek(1)) >= 0) {
                if (peek(1) != '\n') {
                    text.append(peek(1));
                }
                at += 2;
            } else if (!readExpansion(parts, text, true)) {
                line += c == '\n' ? 1 : 0;
                text.append(c);
                at++;
            }
        }
    }

    private boolean readExpansion(List<Part> parts, StringBuilder pending, boolean quoted) throws SyntaxException {
        if (source.charAt(at) == '`') {
            throw new SyntaxException("command substitution is known as $(…) only");
        }
        if (source.charAt(at) != '$') {
            return false;
        }
        char next = peek(1);
        int end;
        Part part;
        if (next == '(') {
            end = closing(at + 1);
            part = new Part(Kind.COMMAND, source.substring(at + 2, end), quoted);
            end++;
        } else if (next == '{') {
            int brace = source.indexOf('}', at);
            if (brace < 0) {
                throw new SyntaxException("unexpected EOF while looking for matching `}'");
            }
            part = new Part(Kind.VARIABLE, source.substring(at + 2, brace), quoted);
            end = brace + 1;
        } else if ("?$#@*".indexOf(next) >= 0 && next != '\0' || next >= '0' && next <= '9') {
            part = new Part(Kind.VARIABLE, String.valueOf(next), quoted);
            end = at + 2;
        } else {
            end = at + 1;
            while (end < source.length() && isNameCharacter(source.charAt(end))) {
                end++;
            }
            if (end == at + 1) {
                return false;
            }
            part = new Part(Kind.VARIABLE, source.substring(at + 1, end), quoted);
        }
        flush(pending, parts, quoted);
        parts.add(part);
        at = end;
        return true;
    }

    private int closing(int open) throws SyntaxException {
        int depth = 0;
        for (int i = open; i < source.length(); i++) {
            char c = source.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '\'') {
                i = source.indexOf('\'', i + 1);
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
        for (int i = open + 1; i < source.length(); i++) {
            char c = source.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '$' && i + 1 < source.length() && source.charAt(i + 1) == '(') {
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

    private static void flush(StringBuilder text, List<Part> parts, boolean quoted) {
        if (!text.isEmpty()) {
            parts.add(new Part(Kind.LITERAL, text.toString(), quoted));
            text.setLength(0);
        }
    }

    private void countLines(int from, int to) {
        line += (int) source.substring(from, to).chars().filter(c -> c == '\n').count();
    }

    private char peek(int ahead) {
        return at + ahead < source.length() ? source.charAt(at + ahead) : '\0';
    }

    SyntaxException unexpected(String token) {
        return new SyntaxException("syntax error near unexpected token `" + token + "'");
    }
}
