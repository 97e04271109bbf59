package io.keylesspull.setup.step;

import java.util.List;
import java.util.stream.Stream;

/** {@code az vm run-command invoke}, as a person types it: a script on a machine, by Azure's Run Command. */
public final class InvokedScript {

    private static final List<String> PRINTING = List.of("--query", "value[0].message", "--output", "tsv");
    /** Stand in for what has values; no name or script is like them. */
    private static final String MACHINE = "\0machine";

    private static final String SCRIPT = "\0script";

    private InvokedScript() {}

    /** @param script one line of shell @return the words of the command */
    public static String[] of(String group, String machine, String script) {
        return words(group, machine, script).toArray(String[]::new);
    }

    /** The same, which prints what the script printed and nothing else. */
    public static String[] printing(String group, String machine, String script) {
        return Stream.concat(words(group, machine, script), PRINTING.stream()).toArray(String[]::new);
    }

    /**
     * The same inside a script of this computer.
     *
     * @param machine the variable with its name
     * @param script pieces one after the other
     * @return the words of the command, each in pieces
     */
    public static List<List<Script.Piece>> printing(String group, Script.Piece machine, List<Script.Piece> script) {
        return Stream.concat(words(group, MACHINE, SCRIPT), PRINTING.stream())
                .map(word -> word.equals(MACHINE)
                        ? List.of(machine)
                        : word.equals(SCRIPT) ? script : List.of(Script.text(word)))
                .toList();
    }

    private static Stream<String> words(String group, String machine, String script) {
        return List.of(
                "az",
                "vm",
                "run-command",
                "invoke",
                "--resource-group",
                group,
                "--name",
                machine,
                "--command-id",
                "RunShellScript",
                "--scripts",
                script)
                .stream();
    }
}
