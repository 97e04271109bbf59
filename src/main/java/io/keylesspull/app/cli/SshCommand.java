package io.keylesspull.app.cli;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.remote.Command;
import io.keylesspull.setup.session.MachineSessions;
import io.keylesspull.setup.session.Runs;
import io.keylesspull.setup.session.StoredRun;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code keyless-pull ssh RUN [MACHINE]}: opens a session on a machine of a run, with the run's key and host keys. */
final class SshCommand {

    static final String NAME = "ssh";
    private static final String PRINT = "--print";

    /** Runs a program with this one's terminal. */
    @FunctionalInterface
    interface Programs {

        /** @return its exit status @throws IOException if there is no such program */
        int run(List<String> argv) throws IOException, InterruptedException;

        static Programs ofSystem() {
            return argv -> {
                Process process = new ProcessBuilder(argv).inheritIO().start();
                try {
                    return process.waitFor();
                } finally {
                    process.destroy();
                }
            };
        }
    }

    private final SessionsFactory sessions;
    private final RunPrinter printer;
    private final Programs programs;
    private final Terminal terminal;
    private final Usage usage;

    SshCommand(SessionsFactory sessions, RunPrinter printer, Programs programs, Terminal terminal, Usage usage) {
        this.sessions = sessions;
        this.printer = printer;
        this.programs = programs;
        this.terminal = terminal;
        this.usage = usage;
    }

    /**
     * @param args behind {@link #NAME}
     * @return the status of {@code ssh}, which is that of the command on the machine, or 255 if the machine is not
     *     reached (ssh(1)); 1 if nothing was tried, 2 if the command line is wrong
     */
    int run(String... args) {
        List<String> options =
                Arrays.stream(args).filter(arg -> arg.startsWith("-")).toList();
        List<String> names =
                Arrays.stream(args).filter(arg -> !arg.startsWith("-")).toList();
        if (options.contains("-h") || options.contains("--help")) {
            terminal.out().println(usage.ssh());
            terminal.out().flush();
            return ExitStatus.PROVEN;
        }
        if (options.stream().anyMatch(option -> !option.equals(PRINT))
                || names.isEmpty()
                || names.size() > 2
                || names.stream().anyMatch(String::isBlank)) {
            terminal.err().println(usage.ssh());
            terminal.err().flush();
            return ExitStatus.MISUSED;
        }
        try (SessionsFactory.OpenSessions open = sessions.open(SessionOptions.NONE)) {
            List<String> argv = command(
                    open.sessions().runs(false),
                    open.sessions().runs(true),
                    names.get(0),
                    names.stream().skip(1).findFirst());
            if (options.contains(PRINT)) {
                terminal.out().println(Command.of(argv.toArray(String[]::new)).shellLine());
                terminal.out().flush();
                return ExitStatus.PROVEN;
            }
            return started(argv);
        } catch (Failure e) {
            printer.problem(e.problem());
            return ExitStatus.FAILED;
        } catch (InterruptedException e) {
            // The program ends here; the exit status reports the interrupt.
            return ExitStatus.CANCELLED;
        }
    }

    private int started(List<String> argv) throws Failure, InterruptedException {
        try {
            return programs.run(argv);
        } catch (IOException notThere) {
            throw Failure.of("app.ssh.noProgram", String.valueOf(notThere.getMessage()), argv.get(0));
        }
    }

    private static List<String> command(Runs azure, Runs practice, String name, Optional<String> machine)
            throws Failure {
        List<StoredRun> practised = StoredRuns.matching(practice, name);
        if (!practised.isEmpty() && StoredRuns.matching(azure, name).isEmpty()) {
            throw Failure.of("app.ssh.practice", "", practised.get(0).id());
        }
        StoredRun run = StoredRuns.find(azure, name, Optional.empty());
        Map<String, List<String>> known = MachineSessions.of(run);
        if (known.isEmpty()) {
            throw Failure.of("app.ssh.none", "", run.id());
        }
        String machines = String.join(", ", known.keySet());
        if (machine.isEmpty() && known.size() > 1) {
            throw Failure.of("app.ssh.several", "", run.id(), machines);
        }
        String wanted = machine.orElseGet(() -> known.keySet().iterator().next());
        List<String> argv = known.get(wanted);
        if (argv == null) {
            throw Failure.of("app.ssh.noMachine", "", run.id(), wanted, machines);
        }
        return argv;
    }
}
