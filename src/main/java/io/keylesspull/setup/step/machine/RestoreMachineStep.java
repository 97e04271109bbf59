package io.keylesspull.setup.step.machine;

import io.keylesspull.engine.event.Change;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.remote.Command;
import io.keylesspull.remote.CommandResult;
import io.keylesspull.setup.step.ChangeKind;
import io.keylesspull.text.Text;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What the run changed on a machine that was there before, taken back: each change by the command that reverses it. */
public final class RestoreMachineStep extends RemoteStep {

    private static final int COMMAND_NOT_FOUND = 127;

    /**
     * Software goes last: the commands that take back the rest belong to it. Docker does not log out of a server for
     * which it asks a helper, and stops asking the helper before that is gone.
     */
    private static final List<ChangeKind> ORDER = List.of(ChangeKind.PULLED_IMAGE, ChangeKind.HELPER_ENTRY,
            ChangeKind.DOCKER_CONFIG, ChangeKind.CREDENTIAL_HELPER, ChangeKind.REGISTRY_LOGIN, ChangeKind.SIGN_IN,
            ChangeKind.SERVICE, ChangeKind.GROUP);

    private final List<Change> changes;

    public RestoreMachineStep(String machine, List<Change> changes) {
        super(machine, "restore", Text.of("setup.step.restore"), Set.of(SetupFacts.CONNECTION), SetupFacts.RESTORED);
        this.changes = changes;
    }

    @Override
    Result work(StepContext context) throws Failure, InterruptedException {
        MachineConnection connection = context.get(SetupFacts.CONNECTION);
        for (ChangeKind kind : ORDER) {
            for (Change change : of(kind, context)) {
                revert(context, connection, kind, change.subject());
                context.reverted(change);
            }
        }
        packages(context, connection);
        for (Change file : of(ChangeKind.FILE, context)) {
            connection.require(context, Command.of("rm", "-f", file.subject()).asRoot());
            context.reverted(file);
        }
        context.establish(SetupFacts.RESTORED, machine());
        return new Result(Outcome.CHANGED, Text.of("setup.undo.restored", changes.size()));
    }

    /** Those of them that are still to be taken back: where the connection was lost, some are not any more. */
    private List<Change> of(ChangeKind kind, StepContext context) {
        return changes.stream().filter(change -> ChangeKind.of(change).filter(kind::equals).isPresent())
                .filter(context::changed).toList();
    }

    private void revert(StepContext context, MachineConnection connection, ChangeKind kind, String subject)
            throws Failure, InterruptedException {
        switch (kind) {
            case PULLED_IMAGE -> revert(context, connection, connection.asDockerUser("docker", "image", "rm", subject),
                    "No such image");
            case HELPER_ENTRY -> entry(context, connection, subject);
            case DOCKER_CONFIG -> { } // Gone with its entry, where nothing else has come into it.
            case CREDENTIAL_HELPER -> revert(context, connection, Command.of("rm", "-f", subject).asRoot());
            case REGISTRY_LOGIN -> revert(context, connection, connection.asDockerUser("docker", "logout", subject));
            case SIGN_IN -> revert(context, connection, connection.asDockerUser("az", "logout", "--username", subject),
                    "no active accounts");
            // With its socket: the next client would start the service again through it.
            case SERVICE -> revert(context, connection, Command.of("systemctl", "disable", "--now",
                    subject + ".service", subject + ".socket").asRoot(), "does not exist");
            case GROUP -> revert(context, connection, Command.of("gpasswd", "-d", connection.user(), subject).asRoot(),
                    "is not a member", "does not exist");
            default -> throw new IllegalArgumentException("not taken back by one command: " + kind);
        }
    }

    private void entry(StepContext context, MachineConnection connection, String subject)
            throws Failure, InterruptedException {
        HelperEntry entry = HelperEntry.parse(subject);
        boolean made = of(ChangeKind.DOCKER_CONFIG, context).stream()
                .anyMatch(change -> change.subject().equals(entry.path()));
        for (DockerConfigFile file : DockerConfigFile.of(connection)) {
            if (file.path().equals(entry.path())) {
                file.removeHelper(context, connection, entry, made);
            }
        }
    }

    /** @param nothingThere by which words the command says that there is nothing to take back */
    private static void revert(StepContext context, MachineConnection connection, Command command,
                               String... nothingThere) throws Failure, InterruptedException {
        CommandResult result = connection.run(context, command);
        if (!result.ok() && result.exitStatus() != COMMAND_NOT_FOUND
                && Stream.of(nothingThere).noneMatch(result.stderr()::contains)) {
            throw new Failure(connection.failed(command, result));
        }
    }

    private void packages(StepContext context, MachineConnection connection) throws Failure, InterruptedException {
        List<Change> packages = of(ChangeKind.PACKAGE, context);
        if (packages.isEmpty()) {
            return;
        }
        List<String> needing = new Apt(connection, context).remove(packages.stream().map(Change::subject).toList());
        if (!needing.isEmpty()) {
            throw Failure.of("setup.undo.packagesNeeded", String.join(" ", needing), machine(),
                    String.join(", ", needing));
        }
        packages.forEach(context::reverted);
    }
}
