package io.keylesspull.setup.step;

import java.util.List;
import java.util.stream.Stream;

/** {@code az vm run-command invoke}, as a person types it: a script on a machine, by Azure's Run Command. */
public final class InvokedScript {

    private InvokedScript() {}

    /** @param script one line of shell @return the words of the command */
    public static String[] of(String group, String machine, String script) {
        return words(group, machine, script).toArray(String[]::new);
    }

    /** The same, which prints what the script printed and nothing else. */
    public static String[] printing(String group, String machine, String script) {
        return Stream.concat(words(group, machine, script), Stream.of("--query", "value[0].message", "--output", "tsv"))
                .toArray(String[]::new);
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
