package io.keylesspull.setup.step.connection;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Problem;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.plan.NotYet;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.remote.Command;
import io.keylesspull.remote.CommandResult;
import io.keylesspull.remote.OutputListener;
import io.keylesspull.remote.SshException;
import io.keylesspull.remote.StandardStream;
import io.keylesspull.setup.step.connection.RunCommandScript.Ended;
import io.keylesspull.text.Text;
import io.keylesspull.time.Time;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The way to one machine. Opened when first used, opened anew when it broke. Steps of one machine share it. */
public final class MachineConnection implements AutoCloseable {

    private static final int SHOWN_OUTPUT = 2_000;

    /**
     * The only other reason, in the words of sudo 1.9, for which it does not list a command as allowed. If the user may
     * run some commands without a password but not this one, it says nothing.
     */
    private static final String NOT_THERE = "command not found";

    private final String machine;
    private final boolean dockerBySudo;
    private final Time time;
    /** What commands that change nothing wrote, by step, until the step runs another one. */
    private final Map<StepContext, Map<Command, CommandResult>> looked = new ConcurrentHashMap<>();

    private List<Way> ways;
    private @Nullable MachineShell shell;

    /**
     * @param ways at least one; tried in this order until one leads to the machine, which is the one from then on
     * @param dockerBySudo whether Docker is root's alone, and with it what pulls
     */
    public MachineConnection(String machine, List<? extends Way> ways, boolean dockerBySudo, Time time) {
        this.machine = machine;
        this.ways = List.copyOf(ways);
        this.dockerBySudo = dockerBySudo;
        this.time = time;
    }

    private synchronized MachineShell open() throws SshException, InterruptedException {
        if (shell == null || !shell.isOpen()) {
            close();
            shell = connect();
            // A way that led to the machine is kept: the others would only take longer.
            ways = List.of(way());
        }
        return shell;
    }

    private MachineShell connect() throws SshException, InterruptedException {
        try {
            return way().open(time);
        } catch (SshException first) {
            if (!mayBeAnotherMachine(first)) {
                throw first;
            }
            for (Way other : ways.subList(1, ways.size())) {
                try {
                    MachineShell connected = other.open(time);
                    ways = List.of(other);
                    return connected;
                } catch (SshException alsoNot) {
                    first.addSuppressed(alsoNot);
                }
            }
            throw first;
        }
    }

    /** A private address exists in many networks: nobody answers there, or somebody else does. */
    private static boolean mayBeAnotherMachine(SshException failure) {
        return SshFailures.isLoss(failure)
                || !failure.atJumpHost() && failure.kind() == SshException.Kind.HOST_KEY_MISMATCH;
    }

    /** The one that led to the machine; before, the first to try. */
    public synchronized Way way() {
        return ways.get(0);
    }

    /** Explains why a machine does not answer. */
    @FunctionalInterface
    public interface NoAnswer {

        /** There is no explanation. */
        NoAnswer UNEXPLAINED = cause -> unexplained(cause, SshFailures.problem(cause));

        /** There is none but that a private address is reached from its own network. @param way to the machine */
        static NoAnswer of(Way way) {
            return cause -> unexplained(cause, SshFailures.problem(cause, way));
        }

        private static NotYet unexplained(SshException cause, Problem problem) {
            return new NotYet(
                    Text.of(cause.atJumpHost() ? "setup.connect.waitingForJumpHost" : "setup.connect.waiting"),
                    problem);
        }

        /** @throws Failure if it will never answer */
        NotYet explain(SshException cause) throws Failure, InterruptedException;
    }

    /** Connects if there is no connection. @throws NotYet if the machine does not answer, such as while it starts */
    public MachineShell reached() throws NotYet, Failure, InterruptedException {
        return reached(NoAnswer.UNEXPLAINED);
    }

    /** The same. @param noAnswer asked each time that the machine does not answer */
    public MachineShell reached(NoAnswer noAnswer) throws NotYet, Failure, InterruptedException {
        try {
            return open();
        } catch (SshException e) {
            if (SshFailures.isLoss(e)) {
                throw noAnswer.explain(e);
            }
            throw SshFailures.failure(e, way());
        }
    }

    /**
     * Runs a command and publishes it with its output. Any exit status is a result.
     *
     * @throws Failure also if sudo wants a password, which nobody can type
     */
    public CommandResult run(StepContext context, Command command) throws Failure, InterruptedException {
        CommandResult result = result(context, command);
        // Only the program's own name is the same in every language.
        if (!result.ok() && command.isByRoot() && result.stderr().startsWith("sudo:")) {
            if (refused(result(context, command.mayBeRun()))) {
                throw passwordWanted(result);
            }
        }
        return result;
    }

    private static boolean refused(CommandResult allowed) {
        return !allowed.ok() && !allowed.stderr().contains(NOT_THERE);
    }

    private Failure passwordWanted(CommandResult result) {
        return Failure.of(
                "setup.sudo",
                lastOutput(result),
                machine,
                user(),
                Command.of("echo", user() + " ALL=(ALL) NOPASSWD:ALL").shellLine()
                        + " | sudo tee /etc/sudoers.d/keyless-pull");
    }

    /**
     * Asks sudo, outside of a run, whether a command may be run. Over Run Command any may.
     *
     * @param command made by {@link Command#asRoot}
     * @return what would make it fail; empty if nothing would
     */
    public Optional<Problem> refusal(Command command) throws Failure, InterruptedException {
        try {
            if (!(open() instanceof SshShell overSsh)) {
                return Optional.empty();
            }
            CommandResult allowed = overSsh.shell().run(command.mayBeRun(), OutputListener.none());
            return refused(allowed) ? Optional.of(passwordWanted(allowed).problem()) : Optional.empty();
        } catch (SshException e) {
            throw SshFailures.failure(e, way());
        }
    }

    /**
     * Names commands that change nothing and that the step is going to run next, in any order. Where each command takes
     * long they are run at once, and {@link #run} returns their results until a command is run that is not among them;
     * elsewhere nothing happens.
     */
    public void look(StepContext context, List<Command> commands) throws Failure, InterruptedException {
        try {
            if (open() instanceof RunCommandShell slow) {
                looked.remove(context);
                List<CommandResult> results = results(context, slow, commands, false);
                Map<Command, CommandResult> byCommand = new HashMap<>();
                for (int i = 0; i < commands.size(); i++) {
                    byCommand.put(commands.get(i), results.get(i));
                }
                looked.put(context, byCommand);
            }
        } catch (SshException e) {
            throw SshFailures.failure(e, way());
        }
    }

    /**
     * Runs commands one after another, as {@link #run} does, until one does not return 0; where each command takes long
     * they are sent together.
     *
     * @return the last that was run
     */
    public Ran runAll(StepContext context, List<Command> commands) throws Failure, InterruptedException {
        try {
            if (commands.size() > 1 && open() instanceof RunCommandShell slow) {
                looked.remove(context);
                List<CommandResult> results = results(context, slow, commands, true);
                int last = results.size() - 1;
                return new Ran(commands.get(last), results.get(last));
            }
        } catch (SshException e) {
            throw SshFailures.failure(e, way());
        }
        for (Command command : commands.subList(0, commands.size() - 1)) {
            CommandResult result = run(context, command);
            if (!result.ok()) {
                return new Ran(command, result);
            }
        }
        Command last = commands.get(commands.size() - 1);
        return new Ran(last, run(context, last));
    }

    /** A command and how it ended. */
    public record Ran(Command command, CommandResult result) {}

    /** Runs commands that must all return 0. @return what the last one wrote */
    public CommandResult requireAll(StepContext context, List<Command> commands) throws Failure, InterruptedException {
        Ran last = runAll(context, commands);
        if (!last.result().ok()) {
            throw new Failure(failed(last.command(), last.result()));
        }
        return last.result();
    }

    private static List<CommandResult> results(
            StepContext context, RunCommandShell slow, List<Command> commands, boolean untilFailure)
            throws Failure, InterruptedException {
        context.commandStarted(commands.get(0).shown());
        List<Ended> all = slow.runAll(context, commands, untilFailure);
        List<CommandResult> results = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            Command command = commands.get(i);
            if (i > 0) {
                context.commandStarted(command.shown());
            }
            Ended ended = all.get(i);
            results.add(CommandResult.of(command, ended.exitStatus(), ended.out(), ended.err(), publishing(context)));
            context.commandEnded(ended.exitStatus());
        }
        return results;
    }

    private static OutputListener publishing(StepContext context) {
        return (stream, chunk) -> context.commandOutput(
                stream == StandardStream.STDERR ? RunEvent.OutputStream.STDERR : RunEvent.OutputStream.STDOUT, chunk);
    }

    private CommandResult result(StepContext context, Command command) throws Failure, InterruptedException {
        CommandResult known = looked.getOrDefault(context, Map.of()).get(command);
        if (known != null) {
            return known;
        }
        looked.remove(context);
        try {
            MachineShell connected = open();
            context.commandStarted(command.shown());
            CommandResult result = connected.run(context, command, publishing(context));
            context.commandEnded(result.exitStatus());
            return result;
        } catch (SshException e) {
            throw SshFailures.failure(e, way());
        }
    }

    /** Whether the connection was lost, or there was none, so that a retry may help. */
    public static boolean isLost(Failure failure) {
        return failure.getCause() instanceof SshException cause && SshFailures.isLoss(cause)
                || failure.getCause() instanceof RunCommandShell.LostResult;
    }

    /** What happened if {@link #isLost}, and that the step starts again. */
    public static Text lossInWords(Failure failure) {
        return Text.of(
                failure.getCause() instanceof RunCommandShell.LostResult
                        ? "setup.runCommand.lostResult"
                        : "setup.connection.lost");
    }

    /** Gives back what is held for a step. A step that has run commands ends with it. */
    public void release(StepContext context) {
        looked.remove(context);
        MachineShell now;
        synchronized (this) {
            now = shell;
        }
        if (now != null) {
            now.release(context);
        }
    }

    /** Runs a command that must return 0. */
    public CommandResult require(StepContext context, Command command) throws Failure, InterruptedException {
        CommandResult result = run(context, command);
        if (!result.ok()) {
            throw new Failure(failed(command, result));
        }
        return result;
    }

    /**
     * A command of Docker, or one of the Azure CLI: that signs Docker in, and what it needs for this is in the home of
     * whoever signed in to Azure. So all are run by the same user.
     */
    public Command asDockerUser(String... argv) {
        Command command = Command.of(argv);
        return dockerBySudo ? command.asRoot() : command;
    }

    public boolean dockerBySudo() {
        return dockerBySudo;
    }

    public Problem failed(Command command, CommandResult result) {
        return new Problem(
                Text.of("setup.command.what", command.shown(), machine, result.exitStatus()),
                Text.of("setup.command.meaning"),
                Text.of("setup.command.remedy"),
                command.confidential() ? result.stderr().strip() : lastOutput(result));
    }

    /** The end of a command's output, errors first. */
    public static String lastOutput(CommandResult result) {
        String all = (result.stderr().strip() + "\n" + result.stdout().strip()).strip();
        return all.length() <= SHOWN_OUTPUT ? all : "…" + all.substring(all.length() - SHOWN_OUTPUT);
    }

    /** The command that pulls an image again in such a session. @param image with its login server */
    public String pullCommand(String image) {
        return asDockerUser("docker", "pull", image).shown();
    }

    public String machine() {
        return machine;
    }

    public String user() {
        return way().user();
    }

    @Override
    public synchronized void close() {
        if (shell != null) {
            shell.close();
            if (!shell.isOpen()) {
                shell = null;
            }
        }
    }

    @Override
    public String toString() {
        return way().toString();
    }
}
