package io.keylesspull.setup.step.machine;

import io.keylesspull.engine.event.Change;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.remote.Command;
import io.keylesspull.remote.CommandResult;
import io.keylesspull.setup.step.ChangeKind;
import io.keylesspull.setup.step.connection.MachineConnection;
import java.util.List;
import java.util.stream.Stream;

/** How changes of one kind on a machine are taken back; the step that makes them says how. */
record Reversal(ChangeKind kind, Act act) {

    private static final int COMMAND_NOT_FOUND = 127;

    /** Takes one change back. */
    @FunctionalInterface
    interface Act {
        void revert(StepContext context, MachineConnection connection, Change change)
                throws Failure, InterruptedException;
    }

    /**
     * All kinds but packages, in the order in which they are taken back. Docker does not log out of a server for which
     * it asks a helper: it does so before a helper comes back that had made room, and a login is not kept any more once
     * it asks the run's own. It stops asking that one before it is gone. Files go before packages, since one of them is
     * a source of apt's: beside another source for the same repository it can keep apt from working at all. Packages go
     * last, since the commands that take back the rest belong to them.
     */
    static final List<Reversal> BEFORE_PACKAGES = List.of(
            new Reversal(ChangeKind.PULLED_IMAGE, Pull::remove),
            new Reversal(ChangeKind.REGISTRY_LOGIN, RegistryLoginStep::logOut),
            new Reversal(ChangeKind.HELPER_ENTRY, CredentialHelperStep::removeEntry),
            new Reversal(ChangeKind.CREDENTIAL_HELPER, CredentialHelperStep::removeHelper),
            new Reversal(ChangeKind.SIGN_IN, SignInStep::signOut),
            // What Docker writes when it logs out is in them again.
            new Reversal(ChangeKind.DOCKER_CONFIG, LoginFiles::remove),
            new Reversal(ChangeKind.DOCKER_FOLDER, LoginFiles::remove),
            new Reversal(ChangeKind.LOGIN_FILE, LoginFiles::remove),
            new Reversal(ChangeKind.SERVICE, DockerStep::stopService),
            new Reversal(ChangeKind.GROUP, DockerStep::leaveGroup),
            new Reversal(ChangeKind.FILE, AzureCliStep::removeFile),
            new Reversal(ChangeKind.FOLDER, AzureCliStep::removeFolder));

    /** @param nothingThere by which words the command says that there is nothing to take back */
    static void run(StepContext context, MachineConnection connection, Command command, String... nothingThere)
            throws Failure, InterruptedException {
        CommandResult result = connection.run(context, command);
        if (!result.ok()
                && result.exitStatus() != COMMAND_NOT_FOUND
                && Stream.of(nothingThere).noneMatch(result.stderr()::contains)) {
            throw new Failure(connection.failed(command, result));
        }
    }
}
