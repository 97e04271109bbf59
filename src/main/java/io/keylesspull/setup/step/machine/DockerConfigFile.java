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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The file with Docker's configuration of one user on a machine. It may contain passwords, so its content is never
 * shown.
 *
 * @param home of the user; {@code .} for the machine's user, whose commands begin there
 * @param asRoot whether it is root's, reached by sudo
 */
record DockerConfigFile(String home, boolean asRoot) {

    private static final DockerConfigFile USERS = new DockerConfigFile(".", false);
    private static final DockerConfigFile ROOTS = new DockerConfigFile("/root", true);

    /** One command, so that the copy goes even if this program is killed meanwhile. */
    private static final String COPY_AND_REMOVE = "install -m 0600 \"$1\" \"$2\" && rm -f \"$2\"";

    /** An action with a temporary file in the same folder. */
    @FunctionalInterface
    private interface Writing {
        void write(String file, String beside) throws Failure, InterruptedException;
    }

    /** Those of the machine's user and of root, who is the same where root signs in. */
    static List<DockerConfigFile> of(MachineConnection connection) {
        return connection.user().equals("root") ? List.of(ROOTS) : List.of(USERS, ROOTS);
    }

    /** That of the user who runs Docker and the Azure CLI. */
    static DockerConfigFile ofDockerUser(MachineConnection connection) {
        return connection.dockerBySudo() || connection.user().equals("root") ? ROOTS : USERS;
    }

    /** A path without a slash before it begins in the home of the machine's user. */
    String folder() {
        return asRoot ? home + "/.docker" : ".docker";
    }

    String path() {
        return folder() + "/config.json";
    }

    private Command isThere() {
        return command("test", "-e", path());
    }

    private Command isFolderThere() {
        return command("test", "-e", folder());
    }

    private Command isHomeWritable() {
        return command("test", "-w", home);
    }

    /** Names what {@link #check} is going to ask of files that are not there yet. */
    static void lookForMissing(StepContext context, MachineConnection connection, List<DockerConfigFile> files)
            throws Failure, InterruptedException {
        connection.look(
                context,
                files.stream()
                        .flatMap(file -> Stream.of(file.isThere(), file.isFolderThere(), file.isHomeWritable()))
                        .toList());
    }

    /** Names what is going to be asked of the file. */
    private void look(StepContext context, MachineConnection connection) throws Failure, InterruptedException {
        connection.look(context, List.of(isThere(), isFolderThere(), text(), warnings(), target()));
    }

    private Command text() {
        return command("cat", path()).asConfidential();
    }

    /** Docker warns of a file that it cannot read. */
    private Command warnings() {
        return command("docker", "ps", "--quiet");
    }

    /** What a link leads to. */
    private Command target() {
        return command("readlink", "-f", path());
    }

    /**
     * @return empty where there is no such file
     * @throws Failure where it cannot be read, or what it holds cannot be understood
     */
    Optional<DockerConfig> read(StepContext context, MachineConnection connection)
            throws Failure, InterruptedException {
        if (!connection.run(context, isThere()).ok()) {
            return Optional.empty();
        }
        CommandResult text = connection.run(context, text());
        if (!text.ok()) {
            throw failure("setup.dockerConfigUnreadable", text.stderr().strip(), connection);
        }
        Optional<DockerConfig> read = text.truncated() ? Optional.empty() : DockerConfig.parse(text.stdout());
        // Docker goes on without what it cannot read, and its next login replaces the file (docker/cli#5075).
        String warnings = connection.run(context, warnings()).stderr();
        Optional<String> warning =
                warnings.lines().filter(line -> line.contains("config file")).findFirst();
        if (read.isEmpty() || warning.isPresent()) {
            throw failure("setup.dockerConfigUnread", warning.orElse(""), connection);
        }
        return read;
    }

    /**
     * Finds out whether Docker can use the file for a login server, and whether it can be written. What is written for
     * that beside it does not stay.
     *
     * @param wanted the helper for the identity that is to pull: where Docker asks it, it keeps no login itself
     * @param storesLogin whether there will be a login to keep
     * @throws Failure where something has to be put right first
     */
    void check(
            StepContext context,
            MachineConnection connection,
            String loginServer,
            CredentialHelper wanted,
            boolean storesLogin)
            throws Failure, InterruptedException {
        Optional<DockerConfig> there = read(context, connection);
        Optional<String> named = named(connection, there, loginServer);
        boolean keeps = storesLogin
                && named.filter(helper -> helper.isEmpty() || helper.equals(wanted.name()))
                        .isEmpty();
        Optional<String> store = there.flatMap(DockerConfig::store).filter(any -> keeps);
        if (store.isPresent()
                && !connection
                        .run(context, command("which", CredentialHelper.program(store.get())))
                        .ok()) {
            throw Failure.of("setup.credsStoreMissing", "", store.get(), connection.machine(), path());
        }
        if (there.isEmpty() && !connection.run(context, isFolderThere()).ok()) {
            if (!connection.run(context, isHomeWritable()).ok()) {
                throw unwritable("", connection);
            }
            return;
        }
        beside(context, connection, List.of(target()), (file, beside) -> {
            String text = there.isPresent() ? file : "/dev/null";
            must(context, connection, List.of(command("sh", "-c", COPY_AND_REMOVE, "sh", text, beside)));
            if (there.isPresent() && !asRoot && isProtected(context, connection, file)) {
                throw unwritable("", connection);
            }
        });
    }

    /** Whether the file is somebody else's in a folder in which everybody removes only files of their own. */
    private boolean isProtected(StepContext context, MachineConnection connection, String file)
            throws Failure, InterruptedException {
        String folder = file.substring(0, file.lastIndexOf('/') + 1);
        return connection.run(context, command("test", "-k", folder)).ok()
                && !connection.run(context, command("test", "-O", file)).ok()
                && !connection.run(context, command("test", "-O", folder)).ok();
    }

    /**
     * Writes it beside itself, then moves it there: Docker reads the old one or the new one. A file that is replaced
     * hands its permissions on, and where root writes its owner. A link stays one, as Docker keeps it: the file is what
     * it leads to.
     */
    private void write(StepContext context, MachineConnection connection, DockerConfig config, boolean replaces)
            throws Failure, InterruptedException {
        List<Command> before =
                replaces ? List.of(target()) : List.of(command("mkdir", "-p", "-m", "0700", folder()), target());
        beside(context, connection, before, (file, beside) -> {
            List<Command> writing = new ArrayList<>();
            // Nobody else can read it from its beginning on.
            writing.add(command("install", "-m", "0600", "/dev/null", beside));
            writing.add(command("tee", beside).withStdin(config.text()).asConfidential());
            if (replaces) {
                writing.add(command("cp", "--attributes-only", "--preserve=mode,ownership", file, beside));
            }
            writing.add(command("mv", beside, file));
            must(context, connection, writing);
        });
    }

    /**
     * What is beside the file does not stay there, whatever happens.
     *
     * @param finding commands of which the last one prints the file's path
     */
    private void beside(StepContext context, MachineConnection connection, List<Command> finding, Writing writing)
            throws Failure, InterruptedException {
        String file = must(context, connection, finding).stdout().strip();
        String beside = beside(file);
        try {
            writing.write(file, beside);
        } catch (Failure | InterruptedException e) {
            try {
                connection.run(context, command("rm", "-f", beside));
            } catch (Failure again) {
                e.addSuppressed(again);
            }
            throw e;
        }
    }

    private static String beside(String file) {
        return file + ".keyless-pull";
    }

    /** Any failure other than a lost connection is a failure to write. @return how the last one ended */
    private CommandResult must(StepContext context, MachineConnection connection, List<Command> commands)
            throws Failure, InterruptedException {
        CommandResult result = connection.runAll(context, commands).result();
        if (!result.ok()) {
            throw unwritable(result.stderr().strip(), connection);
        }
        return result;
    }

    private Failure unwritable(String details, MachineConnection connection) {
        return failure("setup.dockerConfigUnwritable", details, connection);
    }

    private Failure failure(String key, String details, MachineConnection connection) {
        return Failure.of(key, details, path(), connection.machine(), asRoot ? "root" : connection.user());
    }

    /** The file and its folder, as far as they do not exist yet; the folder last. */
    List<String> missing(StepContext context, MachineConnection connection) throws Failure, InterruptedException {
        List<String> missing = new ArrayList<>();
        if (!connection.run(context, isThere()).ok()) {
            missing.add(path());
        }
        if (!connection.run(context, isFolderThere()).ok()) {
            missing.add(folder());
        }
        return missing;
    }

    /**
     * Configures the helper for a login server, unless it is configured already. Replaces another of this program's
     * helpers: the machine pulls as one identity.
     *
     * @return whether anything was changed
     * @throws Failure also if somebody else's helper is configured: that was a decision
     */
    boolean setHelper(StepContext context, MachineConnection connection, String loginServer, CredentialHelper helper)
            throws Failure, InterruptedException {
        look(context, connection);
        Optional<DockerConfig> before = read(context, connection);
        Optional<String> named = named(connection, before, loginServer);
        if (named.equals(Optional.of(helper.name()))) {
            return false;
        }
        List<Change> changes = new ArrayList<>();
        for (String made : missing(context, connection)) {
            changes.add((made.equals(folder()) ? ChangeKind.DOCKER_FOLDER : ChangeKind.DOCKER_CONFIG).of(made));
        }
        changes.add(entry(context, connection, loginServer, named));
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

    /**
     * Has Docker no longer ask another of this program's helpers for a login server: one for an identity that is gone
     * would let nothing be pulled, and one for another identity would make a pull that identity's.
     *
     * @param wanted the helper for the identity that is to pull: it may stay, if it is on the machine
     * @return what the file says now; empty if there is none
     */
    Optional<DockerConfig> clearOtherHelper(
            StepContext context, MachineConnection connection, String loginServer, CredentialHelper wanted)
            throws Failure, InterruptedException {
        look(context, connection);
        Optional<DockerConfig> before = read(context, connection);
        Optional<String> named = named(connection, before, loginServer);
        if (named.filter(CredentialHelper::isOne).isEmpty()
                || named.get().equals(wanted.name()) && isThere(context, connection, wanted.name())) {
            return before;
        }
        return context.change(List.of(entry(context, connection, loginServer, named)), () -> {
            DockerConfig cleared = before.orElseThrow().withoutHelper(loginServer);
            write(context, connection, cleared, true);
            return Optional.of(cleared);
        });
    }

    /** Undo restores the helper from before the run, so the first change counts. */
    private Change entry(
            StepContext context, MachineConnection connection, String loginServer, Optional<String> named) {
        return context.state().changes().stream()
                .filter(changed -> changed.machine().equals(Optional.of(connection.machine())))
                .map(changed -> changed.change())
                .filter(ChangeKind.HELPER_ENTRY::is)
                .filter(change -> {
                    HelperEntry entry = HelperEntry.parse(change.subject());
                    return entry.path().equals(path()) && entry.loginServer().equals(loginServer);
                })
                .findFirst()
                .orElseGet(() -> new HelperEntry(path(), loginServer, named).change());
    }

    /** The helper configured for this registry alone; blank if the entry says to ask none. */
    private Optional<String> named(MachineConnection connection, Optional<DockerConfig> config, String loginServer)
            throws Failure {
        Optional<String> named = config.flatMap(there -> there.helper(loginServer));
        if (named.filter(helper -> !helper.isEmpty() && !CredentialHelper.isOne(helper))
                .isPresent()) {
            throw Failure.of("setup.otherHelper", "", named.get(), loginServer, connection.machine(), path());
        }
        return named;
    }

    /**
     * Takes back {@link #setHelper} and {@link #clearOtherHelper}, unless Docker asks somebody else's helper by now.
     * What made room comes back where it is still on the machine. If this program was killed while it wrote, the
     * temporary file goes.
     */
    void removeHelper(StepContext context, MachineConnection connection, HelperEntry entry)
            throws Failure, InterruptedException {
        CommandResult file = connection.run(context, target());
        if (file.ok()) {
            must(
                    context,
                    connection,
                    List.of(command("rm", "-f", beside(file.stdout().strip()))));
        }
        Optional<DockerConfig> read = read(context, connection);
        if (read.isEmpty()) {
            return;
        }
        DockerConfig there = read.get();
        Optional<String> named = there.helper(entry.loginServer());
        boolean ours = named.filter(CredentialHelper::isOne).isPresent();
        if (named.isPresent() && (!ours || named.equals(entry.before()))) {
            return;
        }
        if (entry.before().isPresent()
                && isThere(context, connection, entry.before().get())) {
            write(
                    context,
                    connection,
                    there.withHelper(entry.loginServer(), entry.before().get()),
                    true);
        } else if (ours) {
            write(context, connection, there.withoutHelper(entry.loginServer()), true);
        }
    }

    private boolean isThere(StepContext context, MachineConnection connection, String helper)
            throws Failure, InterruptedException {
        return helper.isEmpty()
                || connection
                        .run(context, command("test", "-x", new CredentialHelper(helper).path()))
                        .ok();
    }

    /** Removes the file that the run created, unless it has other content by now. */
    void removeIfEmpty(StepContext context, MachineConnection connection) throws Failure, InterruptedException {
        CommandResult text = connection.run(context, command("cat", path()).asConfidential());
        if (text.ok()
                && DockerConfig.parse(text.stdout())
                        .filter(DockerConfig::isEmpty)
                        .isPresent()) {
            connection.require(context, command("rm", "-f", path()));
        }
    }

    /** Removes the folder that the run created, unless it has other content by now. */
    void removeFolderIfEmpty(StepContext context, MachineConnection connection) throws Failure, InterruptedException {
        if (connection.run(context, command("test", "-d", folder())).ok()) {
            connection.require(context, command("rmdir", "--ignore-fail-on-non-empty", folder()));
        }
    }

    private Command command(String... argv) {
        Command command = Command.of(argv);
        return asRoot ? command.asRoot() : command;
    }
}
