package io.keylesspull.setup.step;

import io.keylesspull.remote.Command;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The work of a plan as a POSIX shell script for the Azure CLI and OpenSSH, as the steps put it together. Values that
 * Azure assigns, such as ids and addresses, are kept in shell variables.
 */
public final class Script {

    private static final String HEAD = """
            #!/bin/sh
            # Works in your own Azure, also if it was written in practice mode. What it makes costs money.
            # Stops at the first command that fails: run it as a file, a shell that you type it into would end.
            set -eu
            """;

    /**
     * @param comment whether it only explains, in English
     * @param text a command or an explanation; may have several lines
     */
    public record Line(boolean comment, String text) {

        /** As a line of a script. */
        @Override
        public String toString() {
            return comment ? "# " + text.replace("\n", "\n# ") : text;
        }
    }

    private final List<Line> lines = new ArrayList<>();
    private final Set<String> defined = new HashSet<>();
    private String ssh = "";
    private String sudo = "";

    public void comment(String text) {
        lines.add(new Line(true, text));
    }

    /** A command with literal arguments, which are quoted here. */
    public void run(String... argv) {
        raw(Command.of(argv).shellLine());
    }

    /** A line that is quoted already. */
    public void raw(String line) {
        lines.add(new Line(false, line));
    }

    /** Stores a command's output in a variable. */
    public void keep(String variable, String... argv) {
        raw(variable + "=$(" + Command.of(argv).shellLine() + ")");
    }

    /**
     * Defines a shell function, once for all steps that call it.
     *
     * @param body of the function, between its braces
     */
    public void function(String name, String comment, String body) {
        if (defined.add(name)) {
            comment(comment);
            raw(name + "() {\n" + body + "\n}");
        }
    }

    /**
     * The lines that follow run on this machine.
     *
     * @param sshCommand the command up to the host that opens a session there, quoted already
     * @param dockerBySudo whether Docker and the Azure CLI are run by sudo there
     */
    public void machine(String sshCommand, boolean dockerBySudo) {
        ssh = sshCommand + " ";
        sudo = dockerBySudo ? "sudo " : "";
    }

    /** The command that opens a session on the machine, with a space after it. */
    public String ssh() {
        return ssh;
    }

    /** The prefix of commands of Docker and the Azure CLI on the machine: empty, or sudo and a space. */
    public String sudo() {
        return sudo;
    }

    /** A command for the machine's shell; this computer's shell leaves it as it is. */
    public void remote(String line) {
        raw(ssh + word(line));
    }

    /** What is done on the machine unless a program is there. @param then adds the lines */
    public void remoteUnlessThere(String program, Runnable then) {
        raw("if ! " + ssh + word("command -v " + program + " > /dev/null") + "; then");
        then.run();
        raw("fi");
    }

    /** A command for the machine's shell, in which this computer's shell fills in its variables first. */
    public void remoteWithVariables(String line) {
        raw(ssh + line);
    }

    /**
     * Repeats a command until it succeeds, for 10 minutes.
     *
     * @param command quoted already
     * @param between a command before each further attempt; empty for none
     */
    public void retry(String command, String between) {
        raw("tries=0\nuntil " + command
                + "; do\n  tries=$((tries + 1))\n  [ \"$tries\" -lt 40 ] || exit 1\n  sleep 15\n"
                + (between.isEmpty() ? "" : "  " + between + "\n") + "done");
    }

    /** One argument, quoted if it needs to be. */
    public static String word(String argument) {
        // Only whole lines are quoted by Command; a first word that needs no quotes is taken off again.
        return Command.of(":", argument).shellLine().substring(2);
    }

    public List<Line> lines() {
        return List.copyOf(lines);
    }

    /** A whole script, to be saved and run. */
    public static String text(List<Line> lines) {
        StringBuilder text = new StringBuilder(HEAD);
        lines.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }
}
