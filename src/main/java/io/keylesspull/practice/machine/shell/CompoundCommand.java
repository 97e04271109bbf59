package io.keylesspull.practice.machine.shell;

import io.keylesspull.practice.machine.shell.ShellParser.Statement;
import io.keylesspull.practice.machine.shell.ShellParser.Word;
import java.util.List;

/** A shell command made of other commands. */
sealed interface CompoundCommand {

    /** @param otherwise empty where there is no {@code else}; {@code elif} is an {@code if} in it */
    record If(List<Statement> condition, List<Statement> then, List<Statement> otherwise) implements CompoundCommand {
    }

    /** @param until whether it goes on while the condition fails */
    record While(List<Statement> condition, List<Statement> body, boolean until) implements CompoundCommand {
    }

    /** @param words null where it goes over the arguments */
    record For(String name, List<Word> words, List<Statement> body) implements CompoundCommand {
    }

    record Case(Word subject, List<Arm> arms) implements CompoundCommand {
    }

    record Arm(List<Word> patterns, List<Statement> body) {
    }

    /** @param subshell whether what it changes is forgotten at its end */
    record Group(List<Statement> body, boolean subshell) implements CompoundCommand {
    }

    /** Only gives a name to what follows. */
    record Function(String name, CompoundCommand body) implements CompoundCommand {
    }
}
