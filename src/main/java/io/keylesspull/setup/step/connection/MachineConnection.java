package io.keylesspull.setup.step.connection;

import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Problem;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.plan.NotYet;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.remote.Command;
import io.keylesspull.remote.CommandResult;
import io.keylesspull.remote.SshException;
import io.keylesspull.remote.SshRoute;
import io.keylesspull.remote.SshTarget;
import io.keylesspull.remote.StandardStream;
import io.keylesspull.text.Text;
import io.keylesspull.time.Time;
import java.util.List;

/** The way to one machine. Steps of one machine share it, and do not know which way it is. */
public final class MachineConnection implements AutoCloseable {

    private static final int SHOWN_OUTPUT = 2_000;

    private final String machine;
    private final boolean dockerBySudo;
    private final Way way;

    private MachineConnection(String machine, boolean dockerBySudo, Way way) {
        this.machine = machine;
        this.dockerBySudo = dockerBySudo;
        this.way = way;
    }

    /**
     * By SSH. Opened when first used, opened anew when it broke.
     *
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
        this(machine, dockerBySudo, new SshWay(targets, sshOptions, route, time));
    }

    /**
     * By managed Run Command.
     *
     * @param machine what the run calls it
     * @param user who runs the commands
     * @param dockerBySudo whether Docker is root's alone, and with it what pulls
     */
    public static MachineConnection byRunCommand(
            String machine,
            MachineInfo found,
            String user,
            boolean dockerBySudo,
            AzureSubscription azure,
            Time time) {
        return new MachineConnection(machine, dockerBySudo, new RunCommandWay(machine, found, user, azure, time));
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
    public void reached() throws NotYet, Failure, InterruptedException {
        reached(NoAnswer.UNEXPLAINED);
    }

    /** The same. @param noAnswer asked each time that the machine does not answer */
    public void reached(NoAnswer noAnswer) throws NotYet, Failure, InterruptedException {
        way.open(noAnswer);
    }

    /** Whether the connection was lost, or a result, so that a retry may help. */
    public static boolean isLoss(Failure failure) {
        return SshFailures.isLoss(failure) || failure.getCause() instanceof RunCommandWay.LostResult;
    }

    /** Whether commands go by Run Command. Steps do not ask; people are told. */
    public boolean isRunCommand() {
        return way instanceof RunCommandWay;
    }

    /** Gives back what it holds for a step. Each step that has run commands ends with it. */
    public void release(StepContext context) {
        way.release(context);
    }

    /** Runs a command and publishes it with its output. Any exit status is a result. */
    public CommandResult run(StepContext context, Command command) throws Failure, InterruptedException {
        way.open();
        context.commandStarted(command.shown());
        CommandResult result = way.run(
                context,
                command,
                (stream, chunk) -> context.commandOutput(
                        stream == StandardStream.STDERR
                                ? RunEvent.OutputStream.STDERR
                                : RunEvent.OutputStream.STDOUT,
                        chunk));
        context.commandEnded(result.exitStatus());
        return result;
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
     * The command that gets a person there: for SSH, one that opens a session, and with no other machine than this one.
     *
     * @param keyFile where its private key is
     * @param knownHosts where the machine's host keys are
     */
    public String byHand(String keyFile, String knownHosts) {
        return way.byHand(keyFile, knownHosts);
    }

    /** The command that pulls an image again in such a session. @param image with its login server */
    public String pullCommand(String image) {
        return asDockerUser("docker", "pull", image).shown();
    }

    public String machine() {
        return machine;
    }

    /** Who runs the commands. */
    public String user() {
        return way.user();
    }

    /** Hangs up; a later command connects again. */
    @Override
    public void close() {
        way.close();
    }

    @Override
    public String toString() {
        return way.toString();
    }
}
