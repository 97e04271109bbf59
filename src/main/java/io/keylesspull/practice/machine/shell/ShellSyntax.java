package io.keylesspull.practice.machine.shell;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The syntax tree of a script: statements of pipelines of stages of words. */
final class ShellSyntax {

    private ShellSyntax() {}

    /** What must have happened before a statement runs. */
    enum When {
        ALWAYS,
        AFTER_SUCCESS,
        AFTER_FAILURE
    }

    /** @param negated whether {@code !} precedes it */
    record Statement(When when, List<Stage> pipeline, boolean negated, int line) {}

    /** @param compound null if it is a simple command of these words */
    record Stage(
            List<Word> words,
            List<Redirection> redirections,
            @Nullable CompoundCommand compound) {}

    /** Which stream is redirected. */
    enum Target {
        STDOUT,
        STDERR,
        BOTH,
        STDIN,
        /** Standard input is a text of the script itself. */
        DOCUMENT
    }

    /** @param file null if the target joins the other output stream; of a document, its text */
    record Redirection(Target target, @Nullable Word file, boolean append) {}

    record Word(List<Part> parts) {}

    enum Kind {
        LITERAL,
        VARIABLE,
        COMMAND,
        ARITHMETIC
    }

    /** A part of a word. @param quoted whether blanks and wildcards in it are plain characters */
    record Part(Kind kind, String text, boolean quoted) {}

    /** The script has a syntax error. */
    static final class SyntaxException extends Exception {
        SyntaxException(String message) {
            super(message);
        }

        @Override
        public String getMessage() {
            return Objects.requireNonNull(super.getMessage());
        }
    }
}
