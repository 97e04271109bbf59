package io.keylesspull.setup.step.machine;

import io.keylesspull.engine.event.Change;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.remote.Command;
import io.keylesspull.setup.request.MachineImages;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.request.SetupRequest.Machine;
import io.keylesspull.setup.step.ChangeKind;
import io.keylesspull.setup.step.Known;
import io.keylesspull.setup.step.Preview;
import io.keylesspull.setup.step.Script;
import io.keylesspull.setup.step.apt.Apt;
import io.keylesspull.setup.step.connection.MachineConnection;
import io.keylesspull.text.Text;
import java.util.List;
import java.util.Set;

/** Docker on the machine, for the admin user or by sudo, checked by a container that ran. */
public final class DockerStep extends RemoteStep {

    private static final String PACKAGE = "docker.io";
    /** Part of the other until Debian 12; Debian 13's only recommends it, which apt may be set to leave out. */
    private static final String CLIENT_PACKAGE = "docker-cli";

    private static final Command CLIENT = Command.of("docker", "--version");
    private static final String SERVICE = "docker.service";
    private static final String DAEMON = "Error response from daemon: ";
    private static final String HELLO_WORLD = "mcr.microsoft.com/hello-world";

    private final SetupRequest request;
    private final Machine wanted;

    public DockerStep(SetupRequest request, Machine machine) {
        super(
                request.label(machine),
                "docker",
                Text.of("setup.step.docker"),
                Set.of(RemoteFacts.CONNECTION, RemoteFacts.OPERATING_SYSTEM),
                RemoteFacts.DOCKER_VERSION);
        this.request = request;
        this.wanted = machine;
    }

    @Override
    public Preview preview(Known known) {
        return onMachine(
                known,
                wanted.create() && MachineImages.isPlainSystem(wanted.image()),
                Text.of(
                        request.access().dockerGroup() ? "setup.change.docker" : "setup.change.dockerBySudo",
                        machine()));
    }

    @Override
    public void byHand(Script script, Known known) {
        script.comment("Docker on " + machine());
        script.comment("(apt does not wait for the locks of its lists and archives: if one is taken, try again)");
        // Docker's own packages and Debian's do not go together.
        Apt.byHand(script, "docker", "update");
        Apt.byHand(script, "docker", "install --yes " + PACKAGE);
        if (request.access().dockerGroup()) {
            script.remote(Command.of("sudo", "usermod", "--append", "--groups", "docker", wanted.adminUser())
                    .shellLine());
        }
        script.comment("(only a check: this image comes from another registry, which may be blocked)");
        script.tryRemote(script.sudo() + "docker run --rm " + HELLO_WORLD);
    }

    static void leaveGroup(StepContext context, MachineConnection connection, Change group)
            throws Failure, InterruptedException {
        Reversal.run(
                context,
                connection,
                Command.of("gpasswd", "-d", connection.user(), group.subject()).asRoot(),
                "is not a member",
                "does not exist");
    }

    /**
     * Also stops the socket, through which the next client would start the service again. A change by version 1.0 names
     * no unit; that version had enabled the service for every start of the machine.
     */
    static void stopService(StepContext context, MachineConnection connection, Change service)
            throws Failure, InterruptedException {
        if (service.subject().equals(SERVICE)) {
            Reversal.run(
                    context,
                    connection,
                    Command.of("systemctl", "stop", SERVICE, "docker.socket").asRoot(),
                    "not loaded",
                    "not found");
        } else {
            Reversal.run(
                    context,
                    connection,
                    Command.of(
                                    "systemctl",
                                    "disable",
                                    "--now",
                                    service.subject() + ".service",
                                    service.subject() + ".socket")
                            .asRoot(),
                    "does not exist");
        }
    }

    @Override
    Result work(StepContext context) throws Failure, InterruptedException {
        MachineConnection connection = context.get(RemoteFacts.CONNECTION);
        DockerFound found = new DockerFound(context, connection);
        Outcome outcome = context.changed(ChangeKind.PACKAGE.of(PACKAGE)) ? Outcome.CREATED : Outcome.FOUND;
        found.look();
        if (Apt.cutOff(context, PACKAGE) || !connection.run(context, CLIENT).ok()) {
            Apt apt = new Apt(connection, context);
            apt.update();
            apt.install(PACKAGE);
            found.look();
            if (!connection.run(context, CLIENT).ok()) {
                apt.install(CLIENT_PACKAGE);
            }
            outcome = Outcome.CREATED;
        }
        found.check(request.access().credentialHelper());
        if (found.version().isEmpty()) {
            if (!found.runs()) {
                found.checkMayBeStarted();
                context.change(
                        List.of(ChangeKind.SERVICE.of(SERVICE)),
                        () -> connection.require(
                                context,
                                Command.of("systemctl", "start", SERVICE).asRoot()));
                outcome = changed(outcome);
            }
            if (!connection.dockerBySudo() && !found.groups().contains("docker")) {
                found.checkGroup();
                context.change(
                        List.of(ChangeKind.GROUP.of("docker")),
                        () -> connection.require(
                                context,
                                Command.of("usermod", "-aG", "docker", connection.user())
                                        .asRoot()));
                // A new group counts from the next session on.
                connection.close();
                outcome = changed(outcome);
            }
        }
        connection.look(context, List.of(found.asking(), Pull.listing(HELLO_WORLD, connection)));
        String version = connection.require(context, found.asking()).stdout().strip();
        Text checked = check(context, connection, version);
        context.establish(RemoteFacts.DOCKER_VERSION, version);
        return new Result(outcome, checked);
    }

    /**
     * Runs a container, if its image can be had. It comes from another registry than what is to be pulled: that one may
     * be blocked where the other is not.
     */
    private static Text check(StepContext context, MachineConnection connection, String version)
            throws Failure, InterruptedException {
        context.progress(Text.of("setup.docker.checking", HELLO_WORLD));
        Command hello = connection.asDockerUser("docker", "run", "--rm", HELLO_WORLD);
        try {
            Pull.bring(HELLO_WORLD, context, connection, hello, ran -> connection.failed(hello, ran));
            return Text.of("setup.docker.version", version);
        } catch (Failure failure) {
            if (MachineConnection.isLost(failure) || !Pull.isMissing(HELLO_WORLD, context, connection)) {
                throw failure;
            }
            context.reverted(ChangeKind.PULLED_IMAGE.of(HELLO_WORLD));
            return Text.of("setup.docker.unchecked", version, HELLO_WORLD, reason(failure));
        }
    }

    /** The daemon's message in Docker's output. */
    private static String reason(Failure failure) {
        String details = failure.problem().details();
        return details.lines()
                .filter(line -> line.contains(DAEMON))
                .map(line -> line.substring(line.indexOf(DAEMON) + DAEMON.length()))
                .findFirst()
                .orElse(details);
    }

    private static Outcome changed(Outcome before) {
        return before == Outcome.CREATED ? before : Outcome.CHANGED;
    }
}
