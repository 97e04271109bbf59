package io.keylesspull.practice.machine.shell;

import java.util.List;

/** What a shell script is made of: statements of pipelines of stages of words. */
final class ShellSyntax {

    private ShellSyntax() {
    }

    /** What must have happened before a statement runs. */
    enum When { ALWAYS, AFTER_SUCCESS, AFTER_FAILURE }

    /** @param negated whether its success counts as a failure and the other way round */
    record Statement(When when, List<Stage> pipeline, boolean negated, int line) {
    }

    /** @param compound null if it is a plain command of these words */
    record Stage(List<Word> words, List<Redirection> redirections, CompoundCommand compound) {
    }

    /** Which stream is redirected. */
    enum Target { STDOUT, STDERR, BOTH, STDIN }

    /** @param file null if the target joins the other output stream */
    record Redirection(Target target, Word file, boolean append) {
    }

    record Word(List<Part> parts) {
    }

    enum Kind { LITERAL, VARIABLE, COMMAND }

    /** A piece of a word. @param quoted whether blanks and wildcards in it are plain characters */
    record Part(Kind kind, String text, boolean quoted) {
    }

    /** The script is not one that a shell accepts. */
    static final class SyntaxException extends Exception {
        SyntaxException(String message) {
            super(message);
        }
    }
}
