package io.keylesspull.practice.machine.shell;

import io.keylesspull.practice.machine.shell.CommandLine.Statement;
import io.keylesspull.practice.machine.shell.CommandLine.Word;
import java.util.List;

/** A shell command made of other commands. */
sealed interface Compound {

    /** @param otherwise empty where there is no {@code else}; {@code elif} is an {@code if} in it */
    record If(List<Statement> condition, List<Statement> then, List<Statement> otherwise) implements Compound {
    }

    /** @param until whether it goes on while the condition fails */
    record While(List<Statement> condition, List<Statement> body, boolean until) implements Compound {
    }

    /** @param words null where it goes over the arguments */
    record For(String name, List<Word> words, List<Statement> body) implements Compound {
    }

    record Case(Word subject, List<Arm> arms) implements Compound {
    }

    record Arm(List<Word> patterns, List<Statement> body) {
    }

    /** @param subshell whether what it changes is forgotten at its end */
    record Group(List<Statement> body, boolean subshell) implements Compound {
    }

    /** Only gives a name to what follows. */
    record Function(String name, Compound body) implements Compound {
    }
}
