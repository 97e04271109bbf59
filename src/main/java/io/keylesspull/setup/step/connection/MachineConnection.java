package io.keylesspull.setup.step.connection;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Problem;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.plan.NotYet;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.remote.Command;
import io.keylesspull.remote.CommandResult;
import io.keylesspull.remote.RemoteShell;
import io.keylesspull.remote.SshException;
import io.keylesspull.remote.SshRoute;
import io.keylesspull.remote.SshTarget;
import io.keylesspull.remote.StandardStream;
import io.keylesspull.text.Text;
import io.keylesspull.time.Time;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The way to one machine. Opened when first used, opened anew when it broke. Steps of one machine share it. */
public final class MachineConnection implements AutoCloseable {

    private static final int SHOWN_OUTPUT = 2_000;

    private final String machine;
    private final List<String> sshOptions;
    private final boolean dockerBySudo;
    private final SshRoute route;
    private final Time time;
    private List<SshTarget> targets;
    private @Nullable RemoteShell shell;

    /**
     * @param targets at least one; tried in this order until one answers, which is the one from then on
     * @param sshOptions what an {@code ssh} command needs for the same route
     * @param dockerBySudo whether Docker is root's alone, and with it what pulls
     */
    public MachineConnection(
            String machine,
            List<SshTarget> targets,
            List<String> sshOptions,
            boolean dockerBySudo,
            SshRoute route,
            Time time) {
        this.machine = machine;
        this.targets = List.copyOf(targets);
        this.sshOptions = List.copyOf(sshOptions);
        this.dockerBySudo = dockerBySudo;
        this.route = route;
        this.time = time;
    }

    private synchronized RemoteShell open() throws SshException, InterruptedException {
        if (shell == null || !shell.isConnected()) {
            close();
            RemoteShell connected = connect();
            boolean usable = false;
            try {
                connected.skipStartOutput();
                usable = true;
            } finally {
                if (!usable) {
                    connected.close();
                }
            }
            shell = connected;
            // An address that has answered is the machine's: another one would only take longer.
            targets = List.of(target());
        }
        return shell;
    }

    private RemoteShell connect() throws SshException, InterruptedException {
        try {
            return RemoteShell.connect(target(), route, time);
        } catch (SshException first) {
            if (!SshFailures.isLoss(first)) {
                throw first;
            }
            for (SshTarget other : targets.subList(1, targets.size())) {
                try {
                    RemoteShell connected = RemoteShell.connect(other, route, time);
                    targets = List.of(other);
                    return connected;
                } catch (SshException alsoNot) {
                    // Whoever answers there may be another machine: a private address exists in many networks.
                    first.addSuppressed(alsoNot);
                }
            }
            throw first;
        }
    }

    private synchronized SshTarget target() {
        return targets.get(0);
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
    public RemoteShell reached() throws NotYet, Failure, InterruptedException {
        return reached(NoAnswer.UNEXPLAINED);
    }

    /** The same. @param noAnswer asked each time that the machine does not answer */
    public RemoteShell reached(NoAnswer noAnswer) throws NotYet, Failure, InterruptedException {
        try {
            return open();
        } catch (SshException e) {
            if (SshFailures.isLoss(e)) {
                throw noAnswer.explain(e);
            }
            throw SshFailures.failure(e);
        }
    }

    /** Runs a command and publishes it with its output. Any exit status is a result. */
    public CommandResult run(StepContext context, Command command) throws Failure, InterruptedException {
        try {
            RemoteShell connected = open();
            context.commandStarted(command.shown());
            CommandResult result = connected.run(
                    command,
                    (stream, chunk) -> context.commandOutput(
                            stream == StandardStream.STDERR
                                    ? RunEvent.OutputStream.STDERR
                                    : RunEvent.OutputStream.STDOUT,
                            chunk));
            context.commandEnded(result.exitStatus());
            return result;
        } catch (SshException e) {
            throw SshFailures.failure(e);
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

    /**
     * The {@code ssh} command that opens a session, and with no other machine than this one.
     *
     * @param keyFile where its private key is
     * @param knownHosts where the machine's host keys are
     */
    public String sshCommand(String keyFile, String knownHosts) {
        // ssh takes several files there, so that a name with a blank needs quotes of its own (ssh_config(5)).
        String file = knownHosts.indexOf(' ') < 0 ? knownHosts : '"' + knownHosts + '"';
        List<String> argv = new ArrayList<>(List.of("ssh", "-i", keyFile, "-o", "UserKnownHostsFile=" + file));
        argv.addAll(sshOptions);
        argv.add(toString());
        return Command.of(argv.toArray(String[]::new)).shown();
    }

    /** The command that pulls an image again in such a session. @param image with its login server */
    public String pullCommand(String image) {
        return asDockerUser("docker", "pull", image).shown();
    }

    public String machine() {
        return machine;
    }

    public String user() {
        return target().user();
    }

    @Override
    public synchronized void close() {
        if (shell != null) {
            shell.close();
            shell = null;
        }
    }

    @Override
    public String toString() {
        return target().user() + "@" + target().host();
    }
}
