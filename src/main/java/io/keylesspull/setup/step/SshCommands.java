package io.keylesspull.setup.step;

import io.keylesspull.azure.model.AzureCloud;
import io.keylesspull.remote.Command;
import io.keylesspull.setup.request.SetupRequest.Identity;
import io.keylesspull.setup.request.SetupRequest.Machine;
import io.keylesspull.setup.request.SetupRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is done on one machine, by hand: each command in a session of its own, so that a new group counts. */
final class SshCommands {

    private static final String APT = "sudo DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=a"
            + " apt-get -o DPkg::Lock::Timeout=600 ";
    private static final String KEYRING = "/etc/apt/keyrings/microsoft.gpg";

    /** What is in the file stays there, and the file keeps its permissions. */
    private static final String NAME_HELPER = "import json,os,sys; p=os.path.expanduser('~/.docker/config.json');"
            + " os.makedirs(os.path.dirname(p),0o700,True); c=json.load(open(p)) if os.path.exists(p) else {};"
            + " c.setdefault('credHelpers',{})[sys.argv[1]]=sys.argv[2]; json.dump(c,open(p,'w'),indent='\\t')";

    private final SetupRequest request;
    private final Machine machine;
    private final Script script;
    private final String ssh;
    private final String sudo;

    SshCommands(SetupRequest request, Machine machine, Script script) {
        this.request = request;
        this.machine = machine;
        this.script = script;
        // Without -n it would read the lines after it, where they are pasted or piped into a shell.
        List<String> argv = new ArrayList<>(List.of("ssh", "-n"));
        machine.sshKey().ifPresent(key -> argv.addAll(List.of("-i", key)));
        argv.add(machine.adminUser());
        this.sudo = request.dockerGroup() ? "" : "sudo ";
        this.ssh = Command.of(argv.toArray(String[]::new)).shellLine() + "@\"$address\" ";
    }

    void add() {
        reach();
        docker();
        if (request.azureCli()) {
            azureCli();
            signIn();
            docker("pull");
            compare();
        }
        if (request.keepSignedIn()) {
            credentialHelper();
            docker("pull");
        }
        if (!request.azureCli()) {
            compare();
        }
    }

    private void reach() {
        String group = request.machineGroup(machine);
        script.comment("On " + machine.name());
        script.keep("address", "az", "vm", "show", "--show-details", "--resource-group", group,
                "--name", machine.name(), "--query", "publicIps", "--output", "tsv");
        script.comment("The fingerprints of its host keys, to compare with the one that ssh asks about");
        script.run("az", "vm", "run-command", "invoke", "--resource-group", group, "--name", machine.name(),
                "--command-id", "RunShellScript", "--scripts",
                "for key in /etc/ssh/ssh_host_*_key.pub; do ssh-keygen -l -f \"$key\"; done",
                "--query", "value[0].message", "--output", "tsv");
        on("cloud-init status --wait");
    }

    private void docker() {
        script.comment("Docker on " + machine.name());
        on(APT + "update");
        on(APT + "install --yes docker.io");
        if (request.dockerGroup()) {
            on(Command.of("sudo", "usermod", "--append", "--groups", "docker", machine.adminUser()).shellLine());
        }
        on(sudo + "docker run --rm mcr.microsoft.com/hello-world");
    }

    private void azureCli() {
        script.comment("The Azure CLI on " + machine.name());
        on(APT + "install --yes apt-transport-https ca-certificates curl gnupg lsb-release");
        on("sudo mkdir -p /etc/apt/keyrings");
        on("curl -sLS https://packages.microsoft.com/keys/microsoft.asc | gpg --dearmor | sudo tee " + KEYRING
                + " > /dev/null");
        on("sudo chmod go+r " + KEYRING);
        on("printf \"Types: deb\\nURIs: https://packages.microsoft.com/repos/azure-cli/\\nSuites: %s\\n"
                + "Components: main\\nArchitectures: %s\\nSigned-by: " + KEYRING + "\\n\""
                + " \"$(lsb_release -cs)\" \"$(dpkg --print-architecture)\""
                + " | sudo tee /etc/apt/sources.list.d/azure-cli.sources > /dev/null");
        on(APT + "update");
        on(APT + "install --yes azure-cli");
    }

    private void signIn() {
        script.comment("The pull, without a password, on " + machine.name());
        if (request.signIn().cloud() != AzureCloud.PUBLIC) {
            on(sudo + "az cloud set --name " + request.signIn().cloud().cliName());
        }
        if (request.identity().kind() == Identity.Kind.USER_ASSIGNED) {
            script.comment("(an Azure CLI before 2.69.0 wants --username instead of --resource-id)");
            // The inner quotes are for the machine's shell, the outer for this one.
            script.raw(ssh + sudo + "az login --identity --resource-id \"'$identityId'\" --allow-no-subscriptions");
        } else {
            on(sudo + "az login --identity --allow-no-subscriptions");
        }
        script.comment("(refused while the role has not taken effect yet, up to 10 minutes: repeat it then)");
        on(sudo + Command.of("az", "acr", "login", "--name", AzCommands.registryName(request)).shellLine());
    }

    private void docker(String verb) {
        script.raw(ssh + sudo + "docker " + verb + " \"$loginServer\"/" + Script.word(request.image()));
    }

    /** Put there by a function of its own, since the text is the same for every machine. */
    private void credentialHelper() {
        boolean userAssigned = request.identity().kind() == Identity.Kind.USER_ASSIGNED;
        String name = CredentialHelper.of(Optional.empty()).name() + (userAssigned ? "-\"$clientId\"" : "");
        String path = CredentialHelper.of(Optional.empty()).path() + (userAssigned ? "-\"$clientId\"" : "");
        script.comment("The credential helper on " + machine.name() + ", which asks the identity at every pull");
        script.raw("credential_helper " + ssh.replaceFirst(" -n", "") + "sudo tee " + path + " > /dev/null");
        script.raw(ssh + "sudo chmod 0755 " + path);
        if (request.azureCli()) {
            script.raw(ssh + sudo + "docker logout \"$loginServer\"");
        }
        for (String user : List.of("", "sudo -H ")) {
            script.raw(ssh + Script.word(user + Command.of("python3", "-c", NAME_HELPER).shellLine())
                    + " \"$loginServer\" " + name);
        }
    }

    /** The text of the credential helper, handed to whatever command it is called with. */
    static void helperFunction(Script script) {
        script.comment("The credential helper for Docker, to be put on the machines");
        script.raw("credential_helper() { \"$@\" <<'END_OF_HELPER'\n" + CredentialHelper.script() + "END_OF_HELPER\n}");
    }

    private void compare() {
        script.comment("Proven where these two digests are the same");
        script.raw(ssh + Script.word(sudo + "docker image inspect --format \"{{json .RepoDigests}}\"")
                + " \"$loginServer\"/" + Script.word(request.image()));
        script.run("az", "acr", "repository", "show", "--name", AzCommands.registryName(request),
                "--image", request.image(), "--query", "digest", "--output", "tsv");
    }

    /** A command for the machine's shell; this computer's shell is to leave it as it is. */
    private void on(String remoteLine) {
        script.raw(ssh + Script.word(remoteLine));
    }
}
