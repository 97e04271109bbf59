package io.keylesspull.setup.step.machine;

import io.keylesspull.azure.model.AzureCloud;
import io.keylesspull.engine.event.Change;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.remote.Command;
import io.keylesspull.remote.CommandResult;
import io.keylesspull.setup.request.MachineImages;
import io.keylesspull.setup.request.SetupRequest.Machine;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.step.ChangeKind;
import io.keylesspull.setup.step.Known;
import io.keylesspull.setup.step.Preview;
import io.keylesspull.setup.step.Script;
import io.keylesspull.text.Text;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The Azure CLI on the machine, by the apt steps of Microsoft's installation page for Linux, pipes taken apart so
 * that each step is one command.
 */
public final class AzureCliStep extends RemoteStep {

    private static final String PACKAGE = "azure-cli";
    private static final String KEY_URL = "https://packages.microsoft.com/keys/microsoft.asc";
    private static final String KEY_DOWNLOAD = "/tmp/microsoft.asc";
    private static final String KEYRING = "/etc/apt/keyrings/microsoft.gpg";
    private static final String SOURCES = "/etc/apt/sources.list.d/azure-cli.sources";
    private static final Command VERSION = Command.of("az", "version", "--output", "json");

    private final AzureCloud cloud;
    private final Machine wanted;

    public AzureCliStep(SetupRequest request, Machine machine) {
        super(machine.name(), "azure-cli", Text.of("setup.step.azureCli"),
                // After Docker: both are installed by apt, which does one thing at a time.
                Set.of(RemoteFacts.CONNECTION, RemoteFacts.OPERATING_SYSTEM, RemoteFacts.DOCKER_VERSION),
                RemoteFacts.AZURE_CLI_VERSION);
        this.cloud = request.signIn().cloud();
        this.wanted = machine;
    }

    @Override
    public Preview preview(Known known) {
        return onMachine(known, wanted.create() && MachineImages.isPlainSystem(wanted.image()),
                Text.of("setup.change.azureCli", machine()));
    }

    @Override
    public void byHand(Script script, Known known) {
        script.comment("The Azure CLI on " + machine());
        Apt.byHand(script, "install --yes apt-transport-https ca-certificates curl gnupg lsb-release");
        script.remote("sudo mkdir -p /etc/apt/keyrings");
        script.remote("curl -sLSf " + KEY_URL + " | gpg --dearmor | sudo tee " + KEYRING + " > /dev/null");
        script.remote("sudo chmod go+r " + KEYRING);
        script.remote("printf \"Types: deb\\nURIs: https://packages.microsoft.com/repos/azure-cli/\\nSuites: %s\\n"
                + "Components: main\\nArchitectures: %s\\nSigned-by: " + KEYRING + "\\n\""
                + " \"$(lsb_release -cs)\" \"$(dpkg --print-architecture)\" | sudo tee " + SOURCES + " > /dev/null");
        Apt.byHand(script, "update");
        Apt.byHand(script, "install --yes " + PACKAGE);
        if (cloud != AzureCloud.PUBLIC) {
            script.remote(script.sudo() + "az cloud set --name " + cloud.cliName());
        }
    }

    static void removeFile(StepContext context, MachineConnection connection, Change file)
            throws Failure, InterruptedException {
        connection.require(context, Command.of("rm", "-f", file.subject()).asRoot());
    }

    @Override
    Result work(StepContext context) throws Failure, InterruptedException {
        MachineConnection connection = context.get(RemoteFacts.CONNECTION);
        Optional<CliVersion> before = version(context, connection);
        boolean goodEnough = before.filter(version -> version.atLeast(CliVersion.NEEDED)).isPresent()
                && !Apt.cutOff(context, PACKAGE);
        if (!goodEnough) {
            install(context, connection, context.get(RemoteFacts.OPERATING_SYSTEM));
        }
        CliVersion now = goodEnough ? before.get() : version(context, connection)
                .filter(version -> version.atLeast(CliVersion.NEEDED))
                .orElseThrow(() -> Failure.of("setup.cliTooOld", "", machine(), CliVersion.NEEDED.toString()));
        if (cloud != AzureCloud.PUBLIC) {
            connection.require(context, connection.asDockerUser("az", "cloud", "set", "--name", cloud.cliName()));
        }
        context.establish(RemoteFacts.AZURE_CLI_VERSION, now);
        boolean madeBefore = context.changed(ChangeKind.PACKAGE.of(PACKAGE));
        Outcome outcome = goodEnough && !madeBefore ? Outcome.FOUND
                : before.isPresent() && !madeBefore ? Outcome.CHANGED : Outcome.CREATED;
        return new Result(outcome, Text.of("setup.azureCli.version", now.toString()));
    }

    private static Optional<CliVersion> version(StepContext context, MachineConnection connection)
            throws Failure, InterruptedException {
        CommandResult answer = connection.run(context, VERSION);
        return answer.ok() ? CliVersion.parse(answer.stdout()) : Optional.empty();
    }

    private static void install(StepContext context, MachineConnection connection, OperatingSystem system)
            throws Failure, InterruptedException {
        Apt apt = new Apt(connection, context);
        apt.update();
        apt.install("apt-transport-https", "ca-certificates", "curl", "gnupg", "lsb-release");
        connection.require(context, Command.of("mkdir", "-p", "/etc/apt/keyrings").asRoot());
        Change download = ChangeKind.FILE.of(KEY_DOWNLOAD);
        context.change(List.of(download), () -> connection.require(context,
                Command.of("curl", "-sSfL", "-o", KEY_DOWNLOAD, KEY_URL)));
        put(context, connection, KEYRING,
                Command.of("gpg", "--dearmor", "--yes", "-o", KEYRING, KEY_DOWNLOAD).asRoot());
        connection.require(context, Command.of("chmod", "go+r", KEYRING).asRoot());
        connection.require(context, Command.of("rm", "-f", KEY_DOWNLOAD));
        context.reverted(download);
        String architecture = connection.require(context, Command.of("dpkg", "--print-architecture")).stdout().strip();
        put(context, connection, SOURCES, Command.of("tee", SOURCES).asRoot().withStdin("""
                Types: deb
                URIs: https://packages.microsoft.com/repos/azure-cli/
                Suites: %s
                Components: main
                Architectures: %s
                Signed-by: %s
                """.formatted(system.codename(), architecture, KEYRING)));
        apt.update();
        apt.install(PACKAGE);
    }

    /** A file that was there before is somebody else's: it is written over, and not taken away later. */
    private static void put(StepContext context, MachineConnection connection, String file, Command writing)
            throws Failure, InterruptedException {
        boolean there = connection.run(context, Command.of("test", "-e", file)).ok();
        context.change(there ? List.of() : List.of(ChangeKind.FILE.of(file)),
                () -> connection.require(context, writing));
    }
}
