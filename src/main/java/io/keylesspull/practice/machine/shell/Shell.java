package io.keylesspull.practice.machine.shell;

import io.keylesspull.practice.machine.state.MachineState;
import io.keylesspull.practice.machine.state.UnixAccount;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs command lines, and scripts that are files of the machine. */
public final class Shell {

    public static final int NOT_FOUND = 127;
    private static final List<String> BEFORE_THE_SYSTEM = List.of("/usr/local/sbin/", "/usr/local/bin/");
    private static final List<String> OF_THE_SYSTEM = List.of("/usr/sbin/", "/usr/bin/", "/sbin/", "/bin/");

    private final InstalledPrograms programs;

    public Shell(InstalledPrograms programs) {
        this.programs = programs;
    }

    /** @param base has the script's streams, user and variables; its name and arguments do not count */
    public int run(String script, ProgramCall base) throws IOException, InterruptedException {
        return run(script, List.of(), base);
    }

    /** The same with arguments. */
    public int run(String script, List<String> arguments, ProgramCall base) throws IOException, InterruptedException {
        return new ShellInterpreter(this, "bash", arguments, base).run(script, base);
    }

    /** The same in a new shell of this user. */
    public int run(
            String script, MachineState machine, UnixAccount user, InputStream in, TextOutput out, TextOutput err)
            throws IOException, InterruptedException {
        return run(script, new ProgramCall(machine, this, user, Map.of(), "bash", List.of(), in, out, err));
    }

    /** @param call its name is {@code $0}, and its arguments are the script's */
    public int script(String text, ProgramCall call) throws IOException, InterruptedException {
        return new ShellInterpreter(this, call.name(), call.args(), call).run(text, call);
    }

    /** Finds a program; empty if neither an installed package nor a file has it. */
    public Optional<MachineProgram> find(MachineState machine, String name) {
        if (name.contains("/")) {
            return file(machine, name).or(() -> programs.find(machine, name));
        }
        return inOneOf(BEFORE_THE_SYSTEM, machine, name)
                .or(() -> programs.find(machine, name))
                .or(() -> inOneOf(OF_THE_SYSTEM, machine, name));
    }

    private static Optional<MachineProgram> inOneOf(List<String> directories, MachineState machine, String name) {
        return directories.stream()
                .map(directory -> directory + name)
                .filter(path -> machine.files()
                        .node(path)
                        .filter(n -> (n.mode() & 0111) != 0)
                        .isPresent())
                .flatMap(path -> file(machine, path).stream())
                .findFirst();
    }

    private static Optional<MachineProgram> file(MachineState machine, String path) {
        return machine.files().node(path).filter(node -> !node.directory()).map(node -> new MachineScript(path));
    }

    public static boolean isAssignment(String word) {
        int equals = word.indexOf('=');
        return equals > 0
                && !Character.isDigit(word.charAt(0))
                && word.substring(0, equals).chars().allMatch(c -> WordParser.isNameCharacter((char) c));
    }
}
