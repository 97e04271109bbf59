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

/** Undoes changes of one kind on a machine; the method is in the class of the step that makes them. */
record Reversal(ChangeKind kind, Act act) {

    private static final int COMMAND_NOT_FOUND = 127;

    /** Undoes one change. */
    @FunctionalInterface
    interface Act {
        void revert(StepContext context, MachineConnection connection, Change change)
                throws Failure, InterruptedException;
    }

    /**
     * All kinds except packages, in undo order. Docker cannot log out of a server for which a helper is configured, so
     * the logout comes before an earlier helper is restored; while the run's own helper is configured, no login is
     * stored. The entry for a helper is removed before the helper. Files go before packages, because one of them is an
     * apt source: together with another source for the same repository it can stop apt from working. Packages go last,
     * because the other commands come from them.
     */
    static final List<Reversal> BEFORE_PACKAGES = List.of(
            new Reversal(ChangeKind.PULLED_IMAGE, Pull::remove),
            new Reversal(ChangeKind.REGISTRY_LOGIN, RegistryLoginStep::logOut),
            new Reversal(ChangeKind.HELPER_ENTRY, CredentialHelperStep::removeEntry),
            new Reversal(ChangeKind.CREDENTIAL_HELPER, CredentialHelperStep::removeHelper),
            new Reversal(ChangeKind.SIGN_IN, SignInStep::signOut),
            // After the logout, because Docker writes to these files when it logs out.
            new Reversal(ChangeKind.DOCKER_CONFIG, LoginFiles::remove),
            new Reversal(ChangeKind.DOCKER_FOLDER, LoginFiles::remove),
            new Reversal(ChangeKind.LOGIN_FILE, LoginFiles::remove),
            new Reversal(ChangeKind.SERVICE, DockerStep::stopService),
            new Reversal(ChangeKind.GROUP, DockerStep::leaveGroup),
            new Reversal(ChangeKind.FILE, AzureCliStep::removeFile),
            new Reversal(ChangeKind.FOLDER, AzureCliStep::removeFolder));

    /** @param nothingThere texts by which the command says that there is nothing to undo */
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
