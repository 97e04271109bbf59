package io.keylesspull.practice.machine.shell;

import io.keylesspull.practice.machine.shell.ShellSyntax.Kind;
import io.keylesspull.practice.machine.shell.ShellSyntax.Part;
import io.keylesspull.practice.machine.shell.ShellSyntax.Redirection;
import io.keylesspull.practice.machine.shell.ShellSyntax.Stage;
import io.keylesspull.practice.machine.shell.ShellSyntax.Statement;
import io.keylesspull.practice.machine.shell.ShellSyntax.SyntaxException;
import io.keylesspull.practice.machine.shell.ShellSyntax.Target;
import io.keylesspull.practice.machine.shell.ShellSyntax.When;
import io.keylesspull.practice.machine.shell.ShellSyntax.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Parses scripts. A subset of POSIX on purpose, without backquotes. Anything else is a syntax error, as a wrong guess
 * would be worse.
 */
final class ShellParser {

    private static final Set<String> RESERVED = Set.of(
            "if", "then", "elif", "else", "fi", "while", "until", "for", "in", "do", "done", "case", "esac", "{", "}",
            "!");
    private static final List<String> REDIRECTIONS =
            List.of("2>&1", "1>&2", ">&2", "&>", "2>>", "2>", "1>", ">>", ">", "<<-", "<<", "<");
    private static final Pattern NAME = Pattern.compile("[ \\t]*([A-Za-z_]\\w*)");
    private static final Pattern FUNCTION = Pattern.compile("[ \\t]*([A-Za-z_]\\w*)[ \\t]*\\([ \\t]*\\)");

    private final ScriptCursor cursor;
    private final List<Statement> statements = new ArrayList<>();
    private List<Stage> stages = new ArrayList<>();
    private List<Word> words = new ArrayList<>();
    private List<Redirection> redirections = new ArrayList<>();
    private @Nullable CompoundCommand compound;
    private boolean negated;
    private When when = When.ALWAYS;

    private ShellParser(ScriptCursor cursor) {
        this.cursor = cursor;
    }

    static List<Statement> parse(String source) throws SyntaxException {
        ShellParser parser = new ShellParser(new ScriptCursor(source.replace("\r\n", "\n")));
        parser.readAll(Set.of());
        return List.copyOf(parser.statements);
    }

    /** Parses up to one of these words where a command may begin, without consuming it. */
    List<Statement> list(Set<String> ends) throws SyntaxException {
        ShellParser inner = new ShellParser(cursor);
        inner.readAll(ends);
        if (inner.statements.isEmpty() && !ends.contains(";;")) {
            throw unexpected(reserved());
        }
        return List.copyOf(inner.statements);
    }

    Statement alone(CompoundCommand command) {
        return new Statement(When.ALWAYS, List.of(new Stage(List.of(), List.of(), command)), false, cursor.line());
    }

    private void readAll(Set<String> ends) throws SyntaxException {
        while (!cursor.atEnd()) {
            char c = cursor.peek(0);
            boolean commandMayBegin = words.isEmpty() && redirections.isEmpty() && compound == null;
            if (c == '\\' && cursor.peek(1) == '\n') {
                cursor.skip(2);
            } else if (c == ' ' || c == '\t') {
                cursor.skipBlanks();
            } else if (c == '#') {
                cursor.skipComment();
            } else if (ends.contains(";;") && cursor.startsWith(";;")
                    || ends.contains(")") && c == ')'
                    || commandMayBegin && ends.contains(reserved())) {
                endStatement(When.ALWAYS, null);
                return;
            } else if (c == '\n' && commandMayBegin && !stages.isEmpty()) {
                cursor.skip(1);
            } else if (c == '\n' || c == ';') {
                endStatement(When.ALWAYS, c == ';' ? ";" : null);
                cursor.skip(1);
            } else if (cursor.startsWith("&&")) {
                endStatement(When.AFTER_SUCCESS, "&&");
                cursor.skip(2);
            } else if (cursor.startsWith("||")) {
                endStatement(When.AFTER_FAILURE, "||");
                cursor.skip(2);
            } else if (c == '|') {
                endStage("|");
                cursor.skip(1);
            } else if (commandMayBegin && stages.isEmpty() && reserved().equals("!")) {
                negated = !negated;
                cursor.skip(1);
            } else if (commandMayBegin) {
                compound = new CompoundParser(this).read().orElse(null);
                readPlain();
            } else {
                readPlain();
            }
        }
        if (when != When.ALWAYS && isEmpty()
                || !stages.isEmpty() && words.isEmpty() && compound == null
                || !ends.isEmpty()) {
            throw new SyntaxException("syntax error: unexpected end of file");
        }
        endStatement(When.ALWAYS, null);
    }

    private void readPlain() throws SyntaxException {
        if (!cursor.atEnd() && !cursor.isOneOf(" \t\n;|") && !readRedirection()) {
            if (cursor.isOneOf("&()") || compound != null) {
                throw unexpected(cursor.text(0, 1));
            }
            words.add(WordParser.read(cursor));
        }
    }

    /** The reserved word or operator that stands here; otherwise empty. */
    String reserved() {
        cursor.skipBlanks();
        if (cursor.startsWith(";;")) {
            return ";;";
        }
        if (cursor.isOneOf("()|")) {
            return cursor.text(0, 1);
        }
        String word = cursor.upToEndOfWord();
        return RESERVED.contains(word) ? word : "";
    }

    /** Consumes what must stand here. */
    void take(String token) throws SyntaxException {
        if (!reserved().equals(token)) {
            throw unexpected(cursor.atEnd() ? "newline" : cursor.text(0, 1));
        }
        cursor.skip(token.length());
    }

    /** Skips line ends, semicolons, blanks and comments. */
    void skipSeparators() {
        while (cursor.isOneOf(" \t\n;#") && !cursor.startsWith(";;")) {
            if (cursor.peek(0) == '#') {
                cursor.skipComment();
            } else {
                cursor.skip(1);
            }
        }
    }

    /** The word that must stand here. */
    Word word() throws SyntaxException {
        cursor.skipBlanks();
        if (cursor.atEndOfWord()) {
            throw unexpected("newline");
        }
        return WordParser.read(cursor);
    }

    /** The words up to the end of the line or the next semicolon. */
    List<Word> words() throws SyntaxException {
        List<Word> read = new ArrayList<>();
        for (cursor.skipBlanks(); !cursor.atEnd() && !cursor.isOneOf("\n;"); cursor.skipBlanks()) {
            read.add(word());
        }
        return List.copyOf(read);
    }

    /** The name of a variable. */
    String name() throws SyntaxException {
        return cursor.match(NAME).orElseThrow(() -> unexpected("newline"));
    }

    /** The name of the function that is defined here, consumed with its parentheses; empty if none is. */
    Optional<String> functionName() {
        return cursor.match(FUNCTION);
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

    private void endStatement(When next, @Nullable String operator) throws SyntaxException {
        if (isEmpty()) {
            if (operator != null) {
                throw unexpected(operator);
            }
            return;
        }
        endStage(operator == null ? "newline" : operator);
        statements.add(new Statement(when, List.copyOf(stages), negated, cursor.line()));
        negated = false;
        stages = new ArrayList<>();
        when = next;
    }

    private boolean readRedirection() throws SyntaxException {
        Optional<String> found =
                REDIRECTIONS.stream().filter(cursor::startsWith).findFirst();
        if (found.isEmpty()) {
            return false;
        }
        String operator = found.get();
        cursor.skip(operator.length());
        if (operator.startsWith("<<")) {
            redirections.add(new Redirection(Target.DOCUMENT, document(operator.endsWith("-")), false));
            return true;
        }
        Target target = switch (operator) {
            case "2>&1", "2>", "2>>" -> Target.STDERR;
            case "&>" -> Target.BOTH;
            case "<" -> Target.STDIN;
            default -> Target.STDOUT;
        };
        redirections.add(new Redirection(target, operator.contains(">&") ? null : word(), operator.endsWith(">>")));
        return true;
    }

    /** The text of a here-document. With a delimiter in quotes it is taken as it is. */
    private Word document(boolean withoutTabs) throws SyntaxException {
        List<Part> delimiter = word().parts();
        boolean literal = delimiter.stream().anyMatch(Part::quoted);
        String end = delimiter.stream().map(Part::text).collect(Collectors.joining());
        String text = cursor.document(end, withoutTabs)
                .orElseThrow(
                        () -> new SyntaxException("here-document delimited by end-of-file (wanted `" + end + "')"));
        return literal
                ? new Word(List.of(new Part(Kind.LITERAL, text, true)))
                : WordParser.quoted(text.replace("\"", "\\\""));
    }

    SyntaxException unexpected(String token) {
        return new SyntaxException("syntax error near unexpected token `" + token + "'");
    }
}
