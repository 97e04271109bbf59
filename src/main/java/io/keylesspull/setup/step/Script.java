package io.keylesspull.setup.step;

import io.keylesspull.remote.Command;
import io.keylesspull.setup.step.Script.Piece.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The work of a plan for a shell, as the steps put it together, each in the same words for every shell. Values that
 * Azure assigns, such as ids and addresses, are kept in variables.
 *
 * <p>Lines for a machine are run by its own POSIX shell, whatever shell the script is for.
 */
public abstract class Script {

    /** How often a command that has to wait is tried, a quarter of a minute apart: for 10 minutes. */
    protected static final int TRIES = 40;

    protected static final int SECONDS_BETWEEN = 15;

    /** How often it is looked whether something is gone: for 2 minutes. */
    protected static final int LOOKS = 8;

    /** Of a script that makes what is paid for, after a sentence. */
    protected static final String COSTS = " What it makes costs money.";

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

    /** A word of a command here, or a piece of a line for a machine. */
    public sealed interface Piece {

        /** @param text of a line for a machine: quoted already for the machine's shell */
        record Text(String text) implements Piece {}

        /** A value that the script has kept. */
        record Variable(String name) implements Piece {}

        /** A value of the environment of whoever runs the script. */
        record Environment(String name) implements Piece {}
    }

    /**
     * Instances of a scale set that are asked by Run Command.
     *
     * @param set what it is called
     * @param most how many are asked; if there are more, so many by lot
     * @param list the command that prints their names
     * @param ask the words of the command for the one in the variable {@code instance}; it prints a line with the
     *     digest, {@code ["repository@digest"]}, once the instance has pulled
     * @param bound how long they have, all together
     */
    public record Instances(String set, int most, List<String> list, List<List<Piece>> ask, Duration bound) {

        public Instances {
            list = List.copyOf(list);
            ask = List.copyOf(ask);
        }

        /** How often one that has not pulled is asked again. */
        public int tries() {
            return Math.toIntExact(bound.toSeconds() / SECONDS_BETWEEN);
        }
    }

    private final List<Line> lines = new ArrayList<>();
    private final Map<Integer, String> kept = new HashMap<>();
    private final Set<Integer> files = new HashSet<>();
    private final Set<Line> requirements = new LinkedHashSet<>();

    public static Piece text(String text) {
        return new Text(text);
    }

    public static Piece variable(String name) {
        return new Piece.Variable(name);
    }

    /** One argument for a POSIX shell, quoted if it needs to be. */
    public static String word(String argument) {
        // Only whole lines are quoted by Command; a first word that needs no quotes is taken off again.
        return Command.of(":", argument).shellLine().substring(2);
    }

    public final void comment(String text) {
        lines.add(new Line(true, text));
    }

    /** A command with literal arguments. */
    public final void run(String... argv) {
        run(Arrays.stream(argv).map(Script::text).toList());
    }

    /** A command. @param words each an argument */
    public abstract void run(List<Piece> words);

    /** Stores a command's output in a variable. */
    public abstract void keep(String variable, String... argv);

    /**
     * Stops, before anything is done, unless a variable is set before the script. @param words what it has to be, in
     * English
     */
    public abstract void require(String variable, String words);

    /** A command whose failure does not matter if it says certain words. @param said the variable of what it says */
    public abstract void runUnless(String said, String says, String... argv);

    /** Writes a file beside the script. */
    public abstract void write(String file, List<String> text);

    /**
     * Writes a file in which {@code $variable} is replaced by its value; nothing else in the text has a dollar sign.
     */
    public abstract void writeFilled(String file, String text);

    /**
     * The lines for a machine that follow are run over SSH, at the address in the variable {@code address}.
     *
     * @param argv the command up to the user
     * @param dockerBySudo whether Docker and the Azure CLI are run by sudo there
     */
    public abstract void overSsh(List<String> argv, String user, boolean dockerBySudo);

    /** The lines for a machine that follow are run by Run Command. */
    public abstract void byRunCommand(String group, String machine, String user, boolean dockerBySudo);

    /** The prefix of commands of Docker and the Azure CLI on the machine: empty, or sudo and a space. */
    public abstract String sudo();

    /** A line for the machine. */
    public final void remote(String line) {
        remote(List.of(text(line)));
    }

    /** A line for the machine that does nothing if a program is there. */
    public final void remoteUnlessThere(String program, String line) {
        remote("command -v " + program + " > /dev/null || { " + line + "; }");
    }

    /** A line for the machine. @param line the pieces one after the other */
    public abstract void remote(List<Piece> line);

    /** A line for the machine whose failure does not matter. */
    public abstract void tryRemote(String line);

    /**
     * A line for the machine that reads a text.
     *
     * @param name of the text, in letters and underscores; always with the same text
     * @param words what the text is, in English
     */
    public abstract void remoteWithInput(String name, String words, String input, List<Piece> line);

    /** Stores the output of a line for the machine in a variable. */
    public abstract void keepRemote(String variable, List<Piece> line);

    /**
     * Repeats a line for the machine until it succeeds, for 10 minutes.
     *
     * @param between a line before each further attempt; empty for none
     */
    public abstract void retryRemote(List<Piece> line, List<Piece> between);

    /**
     * Repeats a command until its output has so many digests of images, for 10 minutes, and stores the different ones.
     * If it has fewer then, what is stored is no digest.
     *
     * @param between a command before each further attempt
     */
    public abstract void keepDigests(String variable, int times, List<String> argv, List<String> between);

    /** Stores the first line of a variable in another one. */
    public abstract void keepFirst(String variable, String of);

    /**
     * Repeats a command until it prints nothing, for 2 minutes. If it then still prints something, the script says so
     * and goes on.
     *
     * @param stays what it says, in English
     */
    public abstract void awaitNothing(List<String> argv, String stays);

    /**
     * Asks instances until each has pulled, and says whether that is what the registry has. Stops at the first that has
     * not pulled in time, or something else.
     *
     * @param digest the variable with the registry's digest; empty: what the first instance has counts
     */
    public abstract void proveInstances(Instances instances, Optional<String> digest);

    /**
     * Says whether what was pulled is what the registry has, and stops if it is not.
     *
     * @param where it was pulled
     * @param pulled the variable with a list of names by digest, or with a digest
     * @param digest the variable with the registry's digest
     */
    public abstract void compare(String where, String pulled, String digest);

    /** Takes back the comments since the last command: what they are about is not done by this script. */
    protected final void dropComments() {
        while (!lines.isEmpty() && lines.get(lines.size() - 1).comment()) {
            lines.remove(lines.size() - 1);
        }
    }

    /** A line as it is. */
    protected final void line(String text) {
        lines.add(new Line(false, text));
    }

    /** A line that only keeps a value. */
    protected final void keeping(String variable, String text) {
        kept.put(lines.size(), variable);
        line(text);
    }

    /** A line that stops the script, before anything else is done. */
    protected final void requirement(String text) {
        requirements.add(new Line(false, text));
    }

    /** A line that writes a file, in which nothing is filled in. */
    protected final void writing(String text) {
        files.add(lines.size());
        line(text);
    }

    /** Without values that no line uses. */
    public final List<Line> lines() {
        Set<String> used =
                kept.values().stream().distinct().filter(this::isUsed).collect(Collectors.toSet());
        return Stream.concat(
                        requirements.stream(),
                        IntStream.range(0, lines.size())
                                .filter(index -> !kept.containsKey(index) || used.contains(kept.get(index)))
                                .mapToObj(lines::get))
                .toList();
    }

    private boolean isUsed(String variable) {
        Pattern use = Pattern.compile("\\$\\{?" + variable + "\\b");
        return IntStream.range(0, lines.size())
                .filter(index ->
                        !files.contains(index) && !lines.get(index).comment() && !variable.equals(kept.get(index)))
                .anyMatch(index -> use.matcher(lines.get(index).text()).find());
    }
}
