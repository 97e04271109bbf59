package io.keylesspull.practice.machine.shell;

import io.keylesspull.practice.machine.shell.ShellSyntax.Statement;
import io.keylesspull.practice.machine.shell.ShellSyntax.Word;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A shell command made of other commands. */
sealed interface CompoundCommand {

    /** @param otherwise empty without {@code else}; contains an {@code If} for {@code elif} */
    record If(List<Statement> condition, List<Statement> then, List<Statement> otherwise) implements CompoundCommand {}

    /** @param until whether it loops while the condition fails */
    record While(List<Statement> condition, List<Statement> body, boolean until) implements CompoundCommand {}

    /** @param words null if it loops over the arguments */
    record For(String name, @Nullable List<Word> words, List<Statement> body) implements CompoundCommand {}

    record Case(Word subject, List<Arm> arms) implements CompoundCommand {}

    record Arm(List<Word> patterns, List<Statement> body) {}

    /** @param subshell whether its changes are lost at its end */
    record Group(List<Statement> body, boolean subshell) implements CompoundCommand {}

    /** Defines a function without running it. */
    record Function(String name, CompoundCommand body) implements CompoundCommand {}
}
