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
import io.keylesspull.text.Text;
import io.keylesspull.time.Time;
import java.util.List;
import java.util.Optional;
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
        NoAnswer UNEXPLAINED = cause -> new NotYet(
                Text.of(cause.atJumpHost() ? "setup.connect.waitingForJumpHost" : "setup.connect.waiting"),
                SshFailures.problem(cause));

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
        return Failure.of("setup.sudo", lastOutput(result), machine, user());
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

    private CommandResult result(StepContext context, Command command) throws Failure, InterruptedException {
        try {
            MachineShell connected = open();
            context.commandStarted(command.shown());
            CommandResult result = connected.run(
                    context,
                    command,
                    (stream, chunk) -> context.commandOutput(
                            stream == StandardStream.STDERR
                                    ? RunEvent.OutputStream.STDERR
                                    : RunEvent.OutputStream.STDOUT,
                            chunk));
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

    /** Gives back what is held for a step. A step that has run commands ends with it. */
    public void release(StepContext context) {
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
