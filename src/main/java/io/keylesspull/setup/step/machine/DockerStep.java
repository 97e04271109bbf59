package io.keylesspull.setup.step.machine;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.remote.Command;
import io.keylesspull.remote.CommandResult;
import io.keylesspull.setup.step.ChangeKind;
import io.keylesspull.text.Text;
import java.util.List;
import java.util.Set;

/** Docker on the machine, for the admin user or by sudo, checked by a container that ran. */
public final class DockerStep extends RemoteStep {

    private static final String PACKAGE = "docker.io";
    private static final String HELLO_WORLD = "mcr.microsoft.com/hello-world";

    public DockerStep(String machine) {
        super(machine, "docker", Text.of("setup.step.docker"),
                Set.of(SetupFacts.CONNECTION, SetupFacts.OPERATING_SYSTEM), SetupFacts.DOCKER_VERSION);
    }

    @Override
    Result work(StepContext context) throws Failure, InterruptedException {
        MachineConnection connection = context.get(SetupFacts.CONNECTION);
        Outcome outcome = context.changed(ChangeKind.PACKAGE.of(PACKAGE)) ? Outcome.CREATED : Outcome.FOUND;
        if (Apt.cutOff(context, PACKAGE) || !connection.run(context, Command.of("docker", "--version")).ok()) {
            Apt apt = new Apt(connection, context);
            apt.update();
            apt.install(PACKAGE);
            outcome = Outcome.CREATED;
        }
        if (!connection.run(context, Command.of("systemctl", "is-active", "docker")).ok()) {
            context.change(List.of(ChangeKind.SERVICE.of("docker")), () -> connection.require(context,
                    Command.of("systemctl", "enable", "--now", "docker").asRoot()));
            outcome = changed(outcome);
        }
        if (!connection.dockerBySudo() && !groups(context, connection).contains("docker")) {
            context.change(List.of(ChangeKind.GROUP.of("docker")), () -> connection.require(context,
                    Command.of("usermod", "-aG", "docker", connection.user()).asRoot()));
            // A new group counts from the next session on.
            connection.close();
            outcome = changed(outcome);
        }
        String version = connection.require(context,
                connection.asDockerUser("docker", "version", "--format", "{{.Server.Version}}")).stdout().strip();
        context.progress(Text.of("setup.docker.checking", HELLO_WORLD));
        Command hello = connection.asDockerUser("docker", "run", "--rm", HELLO_WORLD);
        Pull.bring(HELLO_WORLD, context, connection, hello, ran -> connection.failed(hello, ran));
        context.establish(SetupFacts.DOCKER_VERSION, version);
        return new Result(outcome, Text.of("setup.docker.version", version));
    }

    private static Outcome changed(Outcome before) {
        return before == Outcome.CREATED ? before : Outcome.CHANGED;
    }

    private static List<String> groups(StepContext context, MachineConnection connection)
            throws Failure, InterruptedException {
        CommandResult groups = connection.require(context, Command.of("id", "-nG"));
        return List.of(groups.stdout().strip().split("\\s+"));
    }
}
