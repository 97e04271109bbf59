package io.keylesspull.setup.step.machine;

import io.keylesspull.engine.event.Change;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.remote.Command;
import io.keylesspull.remote.CommandResult;
import io.keylesspull.setup.step.ChangeKind;
import io.keylesspull.setup.step.connection.MachineConnection;
import java.util.List;

/**
 * The files and folders that Docker and the Azure CLI make in the home of whoever runs them. Those that did not exist
 * before the run are removed by its undo, unless somebody else uses them by then.
 */
final class LoginFiles {

    private static final String PROFILE = ".azure";
    private static final int COMMAND_NOT_FOUND = 127;

    private LoginFiles() {}

    /** The missing files that the Azure CLI will create at its first command. */
    static List<Change> ofAzureCli(StepContext context, MachineConnection connection)
            throws Failure, InterruptedException {
        return connection.run(context, isAzureCliUsed(connection)).ok()
                ? List.of()
                : List.of(ChangeKind.LOGIN_FILE.of(profile(connection)));
    }

    /** Returns 0 where the Azure CLI has been used. */
    static Command isAzureCliUsed(MachineConnection connection) {
        return connection.asDockerUser("test", "-e", profile(connection));
    }

    private static String profile(MachineConnection connection) {
        boolean roots = connection.dockerBySudo() && !connection.user().equals("root");
        return roots ? "/root/" + PROFILE : PROFILE;
    }

    /** The missing files that Docker will create when it stores a login. */
    static List<Change> ofDocker(StepContext context, MachineConnection connection)
            throws Failure, InterruptedException {
        return DockerConfigFile.ofDockerUser(connection).missing(context, connection).stream()
                .map(ChangeKind.LOGIN_FILE::of)
                .toList();
    }

    static void remove(StepContext context, MachineConnection connection, Change made)
            throws Failure, InterruptedException {
        String path = made.subject();
        for (DockerConfigFile file : DockerConfigFile.of(connection)) {
            if (path.equals(file.path())) {
                file.removeIfEmpty(context, connection);
            } else if (path.equals(file.folder())) {
                file.removeFolderIfEmpty(context, connection);
            }
        }
        if (path.endsWith(PROFILE)) {
            removeProfile(context, connection, path);
        }
    }

    /** Stays if somebody is signed in by it. */
    private static void removeProfile(StepContext context, MachineConnection connection, String folder)
            throws Failure, InterruptedException {
        CommandResult accounts = SignInStep.accounts(context, connection);
        boolean known = accounts.ok() || accounts.exitStatus() == COMMAND_NOT_FOUND;
        if (known && accounts.stdout().isBlank()) {
            Command remove = connection.asDockerUser("rm", "-r", "-f", folder);
            connection.require(context, remove);
        }
    }
}
