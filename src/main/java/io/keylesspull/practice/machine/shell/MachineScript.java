package io.keylesspull.practice.machine.shell;

import io.keylesspull.practice.machine.state.FileTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** A script on the machine that is run as a program, by a shell that its {@code #!} line names. */
public record MachineScript(String path) implements MachineProgram {

    private static final int NOT_EXECUTABLE = 126;
    private static final Pattern SHELL = Pattern.compile("#!\\s*(/usr)?/bin/(env\\s+)?(ba|da)?sh(\\s+-e)?\\s*");

    @Override
    public int run(ProgramCall call) throws IOException, InterruptedException {
        FileTree files = call.machine().files();
        Optional<FileTree.Node> node = files.visible(call.user(), path);
        if (node.isEmpty()
                || !node.get().executableBy(call.user())
                || !node.get().readableBy(call.user())) {
            return call.fail(NOT_EXECUTABLE, path + ": Permission denied");
        }
        String text = new String(node.get().content(), StandardCharsets.UTF_8);
        String first = text.lines().findFirst().orElse("");
        if (!SHELL.matcher(first).matches()) {
            return call.fail(
                    NOT_EXECUTABLE,
                    path + ": "
                            + (first.startsWith("#!")
                                    ? "cannot execute: required file not found"
                                    : "cannot execute binary file: Exec format error"));
        }
        return call.shell().script(first.endsWith(" -e") ? "set -e\n" + text : text, call.with(path, call.args()));
    }
}
