package io.keylesspull.setup.step.machine;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.remote.Command;
import io.keylesspull.remote.CommandResult;
import io.keylesspull.setup.step.connection.MachineConnection;
import java.util.List;
import java.util.Optional;

/**
 * An existing Docker on a machine, from any source. If it works, it is used unchanged. If somebody has set it up in a
 * way that cannot work, it is left unchanged and reported.
 */
final class DockerFound {

    private static final String SNAP = "/snap/";
    /** Where {@code dockerd-rootless-setuptool.sh} puts the service of one user; begins in that user's home. */
    private static final String ROOTLESS = ".config/systemd/user/docker.service";

    private static final Command CLIENT = Command.of("docker", "--version");
    private static final Command WHICH = Command.of("which", "docker");
    private static final Command GROUPS = Command.of("id", "-nG");
    private static final Command GROUP = Command.of("getent", "group", "docker");

    private static final String[] SERVER_VERSION = {"docker", "version", "--format", "{{.Server.Version}}"};

    private final StepContext context;
    private final MachineConnection connection;

    DockerFound(StepContext context, MachineConnection connection) {
        this.context = context;
        this.connection = connection;
    }

    /** Names what is going to be asked. */
    void look() throws Failure, InterruptedException {
        connection.look(
                context,
                List.of(CLIENT, WHICH, asking(), Command.of(SERVER_VERSION).asRoot(), GROUPS, GROUP));
    }

    /**
     * Finds out whether it is Docker, and one that can do what is wanted.
     *
     * @param withHelper whether it is to ask a credential helper
     */
    void check(boolean withHelper) throws Failure, InterruptedException {
        CommandResult client = connection.run(context, CLIENT);
        if (client.stdout().startsWith("podman ")) {
            throw Failure.of("setup.docker.podman", client.stdout().strip(), connection.machine());
        }
        if (withHelper && fromSnap()) {
            throw Failure.of("setup.docker.snap", "", connection.machine());
        }
    }

    /** What asks the engine for its version, as the user who is to pull. */
    Command asking() {
        return connection.asDockerUser(SERVER_VERSION);
    }

    /** Empty where the user who is to pull does not reach an engine. */
    Optional<String> version() throws Failure, InterruptedException {
        CommandResult answer = connection.run(context, asking());
        return answer.ok() ? Optional.of(answer.stdout().strip()) : Optional.empty();
    }

    /** Whether root reaches an engine. */
    boolean runs() throws Failure, InterruptedException {
        return connection.run(context, Command.of(SERVER_VERSION).asRoot()).ok();
    }

    /** Those of the user in a session that begins now. */
    List<String> groups() throws Failure, InterruptedException {
        return List.of(connection.require(context, GROUPS).stdout().strip().split("\\s+"));
    }

    /** @throws Failure where the service is not there, or somebody switched it off */
    void checkMayBeStarted() throws Failure, InterruptedException {
        if (connection.run(context, Command.of("test", "-e", ROOTLESS)).ok()) {
            throw Failure.of("setup.docker.rootless", "", connection.machine(), connection.user());
        }
        if (fromSnap()) {
            throw Failure.of("setup.docker.snapStopped", "", connection.machine());
        }
        CommandResult service = connection.run(context, Command.of("systemctl", "is-enabled", "docker.service"));
        String state = service.stdout().strip();
        if (state.isEmpty() || state.equals("not-found")) {
            throw Failure.of("setup.docker.clientAlone", service.stderr().strip(), connection.machine());
        }
        if (!service.ok()) {
            throw Failure.of("setup.docker.switchedOff", state, connection.machine());
        }
    }

    /** @throws Failure where the engine is root's alone, and there is no group whose members may use it */
    void checkGroup() throws Failure, InterruptedException {
        if (!connection.run(context, GROUP).ok()) {
            throw Failure.of("setup.docker.noGroup", "", connection.machine());
        }
    }

    private boolean fromSnap() throws Failure, InterruptedException {
        return connection.run(context, WHICH).stdout().startsWith(SNAP);
    }
}
