package io.keylesspull.setup.step.machine;

import io.keylesspull.azure.model.AzureCloud;
import io.keylesspull.engine.event.Change;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.remote.Command;
import io.keylesspull.remote.CommandResult;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The Azure CLI on the machine, by the apt steps of Microsoft's installation page for Linux, pipes taken apart so that
 * each step is one command.
 */
public final class AzureCliStep extends RemoteStep {

    private static final String PROGRAM = "az";
    private static final String PACKAGE = "azure-cli";
    private static final String KEY_SERVER = "packages.microsoft.com";
    private static final String KEY_URL = "https://" + KEY_SERVER + "/keys/microsoft.asc";
    private static final String KEY_DOWNLOAD = "/tmp/microsoft.asc";
    private static final String REPOSITORY = "packages.microsoft.com/repos/azure-cli";
    private static final String KEYRINGS = "/etc/apt/keyrings";
    private static final String KEYRING = KEYRINGS + "/microsoft.gpg";
    private static final String SOURCES = "/etc/apt/sources.list.d/azure-cli.sources";
    private static final String OWN_KEYRING = "/etc/apt/keyrings/keyless-pull-microsoft.gpg";
    private static final Command ARCHITECTURE = Command.of("dpkg", "--print-architecture");
    private static final String OWN_SOURCES = "/etc/apt/sources.list.d/keyless-pull-azure-cli.sources";

    private final AzureCloud cloud;
    private final Machine wanted;

    public AzureCliStep(SetupRequest request, Machine machine) {
        super(
                request.label(machine),
                "azure-cli",
                Text.of("setup.step.azureCli"),
                // After Docker: both are installed by apt, which does one thing at a time.
                Set.of(
                        RemoteFacts.CONNECTION,
                        RemoteFacts.OPERATING_SYSTEM,
                        RemoteFacts.DOCKER_VERSION,
                        // Nothing is installed where the sign-in cannot be kept.
                        RemoteFacts.DOCKER_CONFIG),
                RemoteFacts.AZURE_CLI_VERSION);
        this.cloud = request.signIn().cloud();
        this.wanted = machine;
    }

    @Override
    public Preview preview(Known known) {
        return onMachine(
                known,
                wanted.create() && MachineImages.isPlainSystem(wanted.image()),
                Text.of("setup.change.azureCli", machine()));
    }

    @Override
    public void byHand(Script script, Known known) {
        script.comment("The Azure CLI on " + machine());
        script.comment("(one that is there is used as it is; it has to be version " + CliVersion.NEEDED + " or newer)");
        installByHand(script);
        if (cloud != AzureCloud.PUBLIC) {
            script.remote(script.sudo() + "az cloud set --name " + cloud.cliName());
        }
    }

    private static void installByHand(Script script) {
        Apt.byHand(script, PROGRAM, "install --yes apt-transport-https ca-certificates curl gnupg lsb-release");
        script.comment("(a key and a source that are there already are used as they are; Debian 13 takes Debian 12's)");
        script.remoteUnlessThere(PROGRAM, "sudo mkdir -p /etc/apt/keyrings");
        script.remoteUnlessThere(
                PROGRAM,
                "test -e " + KEYRING + " || curl -sLSf " + KEY_URL + " | gpg --dearmor | sudo tee " + KEYRING
                        + " > /dev/null");
        script.remoteUnlessThere(PROGRAM, "sudo chmod go+r " + KEYRING);
        script.remoteUnlessThere(
                PROGRAM,
                "apt-get indextargets --no-release-info --format '$(REPO_URI)' | grep -q " + REPOSITORY + " || "
                        + "printf \"Types: deb\\nURIs: https://" + REPOSITORY + "/\\nSuites: %s\\n"
                        + "Components: main\\nArchitectures: %s\\nSigned-by: " + KEYRING + "\\n\""
                        + " \"$(lsb_release -cs | sed s/trixie/bookworm/)\" \"$(dpkg --print-architecture)\""
                        + " | sudo tee " + SOURCES + " > /dev/null");
        Apt.byHand(script, PROGRAM, "update");
        Apt.byHand(script, PROGRAM, "install --yes " + PACKAGE);
    }

    /** What {@link #byHand} makes besides packages: paths, and the kinds of change, as journals write them. */
    static Map<String, String> files() {
        return Map.of(KEYRINGS, "folder", KEYRING, "file", SOURCES, "file");
    }

    static void removeFile(StepContext context, MachineConnection connection, Change file)
            throws Failure, InterruptedException {
        connection.require(context, Command.of("rm", "-f", file.subject()).asRoot());
    }

    static void removeFolder(StepContext context, MachineConnection connection, Change folder)
            throws Failure, InterruptedException {
        if (connection.run(context, Command.of("test", "-d", folder.subject())).ok()) {
            connection.require(
                    context,
                    Command.of("rmdir", "--ignore-fail-on-non-empty", folder.subject())
                            .asRoot());
        }
    }

    @Override
    Result work(StepContext context) throws Failure, InterruptedException {
        MachineConnection connection = context.get(RemoteFacts.CONNECTION);
        connection.look(context, List.of(LoginFiles.isAzureCliUsed(connection), askingVersion(connection)));
        return context.change(LoginFiles.ofAzureCli(context, connection), () -> ensure(context, connection));
    }

    private Result ensure(StepContext context, MachineConnection connection) throws Failure, InterruptedException {
        Optional<CliVersion> before = version(askedVersion(context, connection));
        boolean goodEnough =
                before.filter(version -> version.atLeast(CliVersion.NEEDED)).isPresent()
                        && !Apt.cutOff(context, PACKAGE);
        if (!goodEnough) {
            install(context, connection, context.get(RemoteFacts.OPERATING_SYSTEM));
        }
        CliVersion now = goodEnough ? before.get() : installed(context, connection);
        if (cloud != AzureCloud.PUBLIC) {
            connection.require(context, connection.asDockerUser("az", "cloud", "set", "--name", cloud.cliName()));
        }
        context.establish(RemoteFacts.AZURE_CLI_VERSION, now);
        boolean madeBefore = context.changed(ChangeKind.PACKAGE.of(PACKAGE));
        Outcome outcome = goodEnough && !madeBefore
                ? Outcome.FOUND
                : before.isPresent() && !madeBefore ? Outcome.CHANGED : Outcome.CREATED;
        return new Result(outcome, Text.of("setup.azureCli.version", now.toString()));
    }

    private CliVersion installed(StepContext context, MachineConnection connection)
            throws Failure, InterruptedException {
        CommandResult answer = new RegistryAccess(context, connection, Optional.empty())
                .run(
                        "az",
                        () -> askedVersion(context, connection),
                        asked -> version(asked).isPresent(),
                        (cause, details) -> Failure.of("setup.cliCrashed", details, machine())
                                .problem());
        return version(answer)
                .filter(found -> found.atLeast(CliVersion.NEEDED))
                .orElseThrow(() -> Failure.of(
                        "setup.cliTooOld",
                        MachineConnection.lastOutput(answer),
                        machine(),
                        CliVersion.NEEDED.toString()));
    }

    /** By whoever signs in: the CLI makes its folder in that user's home. */
    private static CommandResult askedVersion(StepContext context, MachineConnection connection)
            throws Failure, InterruptedException {
        return connection.run(context, askingVersion(connection));
    }

    private static Command askingVersion(MachineConnection connection) {
        return connection.asDockerUser("az", "version", "--output", "json");
    }

    private static Optional<CliVersion> version(CommandResult answer) {
        return answer.ok() ? CliVersion.parse(answer.stdout()) : Optional.empty();
    }

    private static void install(StepContext context, MachineConnection connection, OperatingSystem system)
            throws Failure, InterruptedException {
        Apt apt = new Apt(connection, context);
        takeBackSources(context, connection);
        connection.look(
                context, List.of(Apt.SOURCES, exists(KEYRINGS), exists(KEYRING), exists(SOURCES), ARCHITECTURE));
        Optional<Source> missing = apt.hasSource(REPOSITORY, system.azureCliSuite())
                ? Optional.empty()
                : Optional.of(source(context, connection));
        apt.update();
        if (missing.isPresent()) {
            apt.install("apt-transport-https", "ca-certificates", "curl", "gnupg", "lsb-release");
            Source source = missing.get();
            apt.fetching(KEY_SERVER, () -> add(context, connection, source, system));
            apt.update();
        }
        apt.install(PACKAGE);
    }

    /**
     * A source of apt that is to be added.
     *
     * @param made the files and folders that are not there yet
     */
    private record Source(String keyring, String file, String architecture, List<Change> made) {}

    private static Source source(StepContext context, MachineConnection connection)
            throws Failure, InterruptedException {
        List<Change> made = new ArrayList<>();
        if (!exists(context, connection, KEYRINGS)) {
            made.add(ChangeKind.FOLDER.of(KEYRINGS));
        }
        made.add(ChangeKind.FILE.of(KEY_DOWNLOAD));
        String keyring = free(context, connection, KEYRING, OWN_KEYRING);
        String file = free(context, connection, SOURCES, OWN_SOURCES);
        for (String path : List.of(keyring, file)) {
            // What is there is left of an earlier run: it is written over, and is not this run's to take away.
            if (!exists(context, connection, path)) {
                made.add(ChangeKind.FILE.of(path));
            }
        }
        String architecture = connection.require(context, ARCHITECTURE).stdout().strip();
        return new Source(keyring, file, architecture, made);
    }

    /** A try of this run that was cut off may have left half of it, and then apt could not be used. */
    private static void takeBackSources(StepContext context, MachineConnection connection)
            throws Failure, InterruptedException {
        for (String path : List.of(SOURCES, OWN_SOURCES)) {
            Change file = ChangeKind.FILE.of(path);
            if (context.changed(file)) {
                removeFile(context, connection, file);
                context.reverted(file);
            }
        }
    }

    private static void add(StepContext context, MachineConnection connection, Source source, OperatingSystem system)
            throws Failure, InterruptedException {
        String text = """
                Types: deb
                URIs: https://%s/
                Suites: %s
                Components: main
                Architectures: %s
                Signed-by: %s
                """.formatted(REPOSITORY, system.azureCliSuite(), source.architecture(), source.keyring());
        context.change(
                source.made(),
                () -> connection.requireAll(
                        context,
                        List.of(
                                Command.of("mkdir", "-p", KEYRINGS).asRoot(),
                                Command.of("curl", "-sSfL", "-o", KEY_DOWNLOAD, KEY_URL),
                                Command.of("gpg", "--dearmor", "--yes", "-o", source.keyring(), KEY_DOWNLOAD)
                                        .asRoot(),
                                Command.of("chmod", "go+r", source.keyring()).asRoot(),
                                Command.of("rm", "-f", KEY_DOWNLOAD),
                                Command.write(source.file(), text).asRoot())));
        context.reverted(ChangeKind.FILE.of(KEY_DOWNLOAD));
    }

    /**
     * Where a file can go without replacing somebody else's, which other sources of apt may need as it is.
     *
     * @param documented the path that Microsoft's page names
     * @param own a path that nobody but this program uses
     */
    private static String free(StepContext context, MachineConnection connection, String documented, String own)
            throws Failure, InterruptedException {
        return context.changed(ChangeKind.FILE.of(documented)) || !exists(context, connection, documented)
                ? documented
                : own;
    }

    private static Command exists(String file) {
        return Command.of("test", "-e", file);
    }

    private static boolean exists(StepContext context, MachineConnection connection, String file)
            throws Failure, InterruptedException {
        return connection.run(context, exists(file)).ok();
    }
}
