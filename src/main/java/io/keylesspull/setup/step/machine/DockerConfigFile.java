package io.keylesspull.setup.step.machine;

import io.keylesspull.engine.event.Change;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.remote.Command;
import io.keylesspull.remote.CommandResult;
import io.keylesspull.setup.step.ChangeKind;
import io.keylesspull.setup.step.CredentialHelper;
import io.keylesspull.setup.step.HelperEntry;
import io.keylesspull.setup.step.connection.MachineConnection;
import java.util.List;
import java.util.Optional;

/**
 * The file in which one user of a machine keeps Docker's configuration. It may hold passwords: it is read and written
 * whole without being shown.
 *
 * @param folder where it is; a path without a slash before it begins in the home of the machine's user
 * @param asRoot whether it is root's, reached by sudo
 */
record DockerConfigFile(String folder, boolean asRoot) {

    private static final String FOLDER = ".docker";
    private static final DockerConfigFile ROOTS = new DockerConfigFile("/root/" + FOLDER, true);

    /** Those of the machine's user and of root, who is the same where root signs in. */
    static List<DockerConfigFile> of(MachineConnection connection) {
        return connection.user().equals("root") ? List.of(ROOTS) : List.of(new DockerConfigFile(FOLDER, false), ROOTS);
    }

    String path() {
        return folder + "/config.json";
    }

    /**
     * @return empty where there is no such file
     * @throws Failure where it cannot be read, or what it holds cannot be understood
     */
    Optional<DockerConfig> read(StepContext context, MachineConnection connection)
            throws Failure, InterruptedException {
        if (!connection.run(context, command("test", "-e", path())).ok()) {
            return Optional.empty();
        }
        CommandResult text = connection.require(context, command("cat", path()).asConfidential());
        Optional<DockerConfig> read = text.truncated() ? Optional.empty() : DockerConfig.parse(text.stdout());
        return Optional.of(
                read.orElseThrow(() -> Failure.of("setup.dockerConfigUnread", "", path(), connection.machine())));
    }

    /**
     * Writes it beside itself, then moves it there: Docker reads the old one or the new one. A file that is replaced
     * hands its owner and permissions on. A link stays one, as Docker keeps it: the file is what it leads to.
     */
    private void write(StepContext context, MachineConnection connection, DockerConfig config, boolean replaces)
            throws Failure, InterruptedException {
        if (!replaces) {
            connection.require(context, command("mkdir", "-p", "-m", "0700", folder));
        }
        String file = connection
                .require(context, command("readlink", "-f", path()))
                .stdout()
                .strip();
        String beside = file + ".keyless-pull";
        if (replaces) {
            connection.require(context, command("cp", "-p", file, beside));
        }
        connection.require(
                context, command("tee", beside).withStdin(config.text()).asConfidential());
        if (!replaces) {
            connection.require(context, command("chmod", "0600", beside));
        }
        connection.require(context, command("mv", beside, file));
    }

    /**
     * Tells Docker which helper to ask for a login server, unless it knows. Another of this program's helpers makes
     * room: the machine pulls as one identity.
     *
     * @return whether anything was changed
     * @throws Failure also if somebody else's helper is configured: that was a decision
     */
    boolean setHelper(StepContext context, MachineConnection connection, String loginServer, CredentialHelper helper)
            throws Failure, InterruptedException {
        Optional<DockerConfig> before = read(context, connection);
        Optional<String> named = named(connection, before, loginServer);
        if (named.equals(Optional.of(helper.name()))) {
            return false;
        }
        Change entry = new HelperEntry(path(), loginServer, named).change();
        List<Change> changes =
                before.isPresent() ? List.of(entry) : List.of(ChangeKind.DOCKER_CONFIG.of(path()), entry);
        context.change(changes, () -> {
            write(
                    context,
                    connection,
                    before.orElse(DockerConfig.empty()).withHelper(loginServer, helper.name()),
                    before.isPresent());
            return loginServer;
        });
        return true;
    }

    /** Finds out whether {@link #setHelper} could be done. @throws Failure where not */
    void check(StepContext context, MachineConnection connection, String loginServer)
            throws Failure, InterruptedException {
        named(connection, read(context, connection), loginServer);
    }

    private Optional<String> named(MachineConnection connection, Optional<DockerConfig> config, String loginServer)
            throws Failure {
        Optional<String> named = config.flatMap(there -> there.helper(loginServer));
        if (named.isPresent() && !CredentialHelper.isOne(named.get())) {
            throw Failure.of("setup.otherHelper", "", named.get(), loginServer, connection.machine(), path());
        }
        return named;
    }

    /**
     * Takes back {@link #setHelper}, where Docker still asks one of this program's helpers. What made room comes back
     * where it is still on the machine.
     *
     * @param made whether the file was made by this run: it goes where it says nothing else, with its empty folder
     */
    void removeHelper(StepContext context, MachineConnection connection, HelperEntry entry, boolean made)
            throws Failure, InterruptedException {
        DockerConfig there = read(context, connection).orElse(DockerConfig.empty());
        boolean ours = there.helper(entry.loginServer())
                .filter(CredentialHelper::isOne)
                .isPresent();
        DockerConfig without = ours ? there.withoutHelper(entry.loginServer()) : there;
        if (ours
                && entry.before().isPresent()
                && connection
                        .run(
                                context,
                                command(
                                        "test",
                                        "-x",
                                        new CredentialHelper(entry.before().get()).path()))
                        .ok()) {
            without = there.withHelper(entry.loginServer(), entry.before().get());
        }
        if (made && without.isEmpty()) {
            connection.require(context, command("rm", "-f", path()));
            if (connection.run(context, command("test", "-d", folder)).ok()) {
                connection.require(context, command("rmdir", "--ignore-fail-on-non-empty", folder));
            }
        } else if (ours) {
            write(context, connection, without, true);
        }
    }

    private Command command(String... argv) {
        Command command = Command.of(argv);
        return asRoot ? command.asRoot() : command;
    }
}
