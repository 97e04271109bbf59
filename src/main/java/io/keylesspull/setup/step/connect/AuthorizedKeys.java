package io.keylesspull.setup.step.connect;

import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.engine.event.Change;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.remote.Command;
import io.keylesspull.remote.CommandResult;
import io.keylesspull.remote.SshKey;
import io.keylesspull.setup.step.ChangeKind;
import io.keylesspull.setup.step.connection.Losses;
import io.keylesspull.setup.step.connection.MachineConnection;
import io.keylesspull.setup.step.connection.RunCommandAccess;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The public keys with which a machine's user may sign in, where SSH does not let the user in: by Run Command. The
 * commands run as the user. So what they write is the user's, and a link in the user's home leads nowhere that the user
 * cannot write.
 */
final class AuthorizedKeys {

    private static final String FOLDER = ".ssh";

    private static final String FILE = FOLDER + "/authorized_keys";

    private static final Command READ = Command.of("cat", FILE);
    private static final Command HAS_FOLDER = Command.of("test", "-e", FOLDER);

    /** Whose line it is, for those who read the file. */
    private static final String COMMENT = "keyless-pull";

    /** sshd ignores a file that others may write to (sshd_config(5), StrictModes). */
    private static final String MAKE =
            "if test -e \"$1\"; then exit 1; fi; mkdir -p -m 0700 .ssh " + "&& install -m 0600 /dev/null \"$1\"";

    /** sshd reads the old file or the new one, never a part. */
    private static final String REPLACE = "cp -p \"$1\" \"$2\" && tee \"$2\" > /dev/null && mv \"$2\" \"$1\"";

    private final RunCommandAccess runCommand;
    private final MachineInfo machine;
    private final String label;

    /** @param label what the run calls the machine */
    AuthorizedKeys(RunCommandAccess runCommand, MachineInfo machine, String label) {
        this.runCommand = runCommand;
        this.machine = machine;
        this.label = label;
    }

    /** Works with the file over a connection by Run Command. */
    @FunctionalInterface
    private interface Work<T> {
        T with(MachineConnection connection) throws Failure, InterruptedException;
    }

    private <T> T byRunCommand(StepContext context, Work<T> work) throws Failure, InterruptedException {
        try (MachineConnection connection =
                new MachineConnection(label, List.of(runCommand.way(machine)), false, context.time())) {
            runCommand.begin(context, machine, connection);
            try {
                return Losses.survive(context, connection, () -> work.with(connection));
            } finally {
                connection.release(context);
            }
        }
    }

    /**
     * Adds a key, unless it is there. What was changed is in the journal from before it is.
     *
     * @return whether this run has added it, now or before
     * @throws Failure also if the machine has no such user, or the user cannot write the file
     */
    boolean add(StepContext context, SshKey key) throws Failure, InterruptedException {
        String[] words = key.publicKeyLine().split(" ", 3);
        String publicKey = words[0] + " " + words[1];
        return byRunCommand(context, connection -> {
            connection.look(context, List.of(READ, HAS_FOLDER));
            CommandResult file = connection.run(context, READ);
            String line = publicKey + " " + COMMENT;
            Change added = ChangeKind.AUTHORIZED_KEY.of(line);
            if (file.ok() && file.stdout().lines().anyMatch(there -> there.contains(publicKey))) {
                return context.changed(added);
            }
            List<Change> changes = new ArrayList<>(List.of(added));
            if (!file.ok()) {
                changes.add(ChangeKind.KEY_FILE.of(FILE));
                if (!connection.run(context, HAS_FOLDER).ok()) {
                    changes.add(ChangeKind.KEY_FOLDER.of(FOLDER));
                }
            }
            context.change(changes, () -> {
                if (!file.ok()) {
                    connection.require(context, Command.of("sh", "-c", MAKE, "sh", FILE));
                }
                boolean open =
                        file.ok() && !file.stdout().isEmpty() && !file.stdout().endsWith("\n");
                return connection.require(
                        context, Command.of("tee", "-a", FILE).withStdin((open ? "\n" : "") + line + "\n"));
            });
            return true;
        });
    }

    /**
     * Removes the lines that a run added, and no others; and the file and the folder that it made for them, unless they
     * hold something else by now.
     */
    void remove(StepContext context, List<Change> added) throws Failure, InterruptedException {
        List<String> lines = added.stream()
                .filter(ChangeKind.AUTHORIZED_KEY::is)
                .map(Change::subject)
                .toList();
        byRunCommand(context, connection -> {
            CommandResult file = connection.run(context, READ);
            String rest = without(lines, file.stdout());
            if (file.truncated() && !rest.equals(file.stdout())) {
                throw Failure.of("setup.authorizedKeysTooLong", "", label, connection.user());
            }
            if (file.ok() && rest.isEmpty() && added.stream().anyMatch(ChangeKind.KEY_FILE::is)) {
                connection.require(context, Command.of("rm", "-f", FILE));
            } else if (file.ok() && !rest.equals(file.stdout())) {
                replace(context, connection, rest);
            }
            if (added.stream().anyMatch(ChangeKind.KEY_FOLDER::is)) {
                // An undo that was cut off may have removed it.
                connection.run(context, Command.of("rmdir", "--ignore-fail-on-non-empty", FOLDER));
            }
            return added;
        });
        added.forEach(context::reverted);
    }

    private static String without(List<String> lines, String text) {
        return Arrays.stream(text.split("(?<=\n)"))
                .filter(line -> !lines.contains(line.stripTrailing()))
                .collect(Collectors.joining());
    }

    private static void replace(StepContext context, MachineConnection connection, String text)
            throws Failure, InterruptedException {
        // Of a link, the file that it leads to is replaced.
        String file = connection
                .require(context, Command.of("readlink", "-f", FILE))
                .stdout()
                .strip();
        String beside = file + ".keyless-pull";
        Command replace = Command.of("sh", "-c", REPLACE, "sh", file, beside).withStdin(text);
        CommandResult replaced = connection.run(context, replace);
        if (!replaced.ok()) {
            connection.run(context, Command.of("rm", "-f", beside));
            throw new Failure(connection.failed(replace, replaced));
        }
    }
}
