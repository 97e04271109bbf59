package io.keylesspull.practice.machine.shell;

import io.keylesspull.practice.machine.shell.ShellSyntax.Statement;
import io.keylesspull.practice.machine.shell.ShellSyntax.SyntaxException;
import io.keylesspull.practice.machine.shell.ShellSyntax.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parses compound commands: the grammar of POSIX without here-documents and arithmetic. */
final class CompoundParser {

    private final ShellParser source;

    CompoundParser(ShellParser source) {
        this.source = source;
    }

    /** The compound command that begins here; empty if it is a simple one. */
    Optional<CompoundCommand> read() throws SyntaxException {
        @Nullable
        CompoundCommand read = switch (source.reserved()) {
            case "if" -> conditional("if");
            case "while" -> loop(false);
            case "until" -> loop(true);
            case "for" -> iteration();
            case "case" -> choice();
            case "{" -> group("{", "}", false);
            case "(" -> group("(", ")", true);
            default -> function();
        };
        return Optional.ofNullable(read);
    }

    private CompoundCommand conditional(String keyword) throws SyntaxException {
        source.take(keyword);
        List<Statement> condition = source.list(Set.of("then"));
        source.take("then");
        List<Statement> then = source.list(Set.of("elif", "else", "fi"));
        List<Statement> otherwise = List.of();
        if (source.reserved().equals("elif")) {
            return new CompoundCommand.If(condition, then, List.of(source.alone(conditional("elif"))));
        }
        if (source.reserved().equals("else")) {
            source.take("else");
            otherwise = source.list(Set.of("fi"));
        }
        source.take("fi");
        return new CompoundCommand.If(condition, then, otherwise);
    }

    private CompoundCommand loop(boolean until) throws SyntaxException {
        source.take(until ? "until" : "while");
        List<Statement> condition = source.list(Set.of("do"));
        return new CompoundCommand.While(condition, body(), until);
    }

    private List<Statement> body() throws SyntaxException {
        source.take("do");
        List<Statement> body = source.list(Set.of("done"));
        source.take("done");
        return body;
    }

    private CompoundCommand iteration() throws SyntaxException {
        source.take("for");
        String name = source.name();
        @Nullable List<Word> words = null;
        if (source.reserved().equals("in")) {
            source.take("in");
            words = source.words();
        }
        source.skipSeparators();
        return new CompoundCommand.For(name, words, body());
    }

    private CompoundCommand choice() throws SyntaxException {
        source.take("case");
        Word subject = source.word();
        source.skipSeparators();
        source.take("in");
        List<CompoundCommand.Arm> arms = new ArrayList<>();
        for (source.skipSeparators(); !source.reserved().equals("esac"); source.skipSeparators()) {
            if (source.reserved().equals("(")) {
                source.take("(");
            }
            List<Word> patterns = new ArrayList<>(List.of(source.word()));
            while (source.reserved().equals("|")) {
                source.take("|");
                patterns.add(source.word());
            }
            source.take(")");
            List<Statement> body = source.list(Set.of(";;", "esac"));
            arms.add(new CompoundCommand.Arm(List.copyOf(patterns), body));
            if (source.reserved().equals(";;")) {
                source.take(";;");
            }
        }
        source.take("esac");
        return new CompoundCommand.Case(subject, List.copyOf(arms));
    }

    private CompoundCommand group(String open, String close, boolean subshell) throws SyntaxException {
        source.take(open);
        List<Statement> body = source.list(Set.of(close));
        source.take(close);
        return new CompoundCommand.Group(body, subshell);
    }

    private @Nullable CompoundCommand function() throws SyntaxException {
        Optional<String> name = source.functionName();
        if (name.isEmpty()) {
            return null;
        }
        source.skipSeparators();
        return new CompoundCommand.Function(name.get(), read().orElseThrow(() -> source.unexpected("newline")));
    }
}
