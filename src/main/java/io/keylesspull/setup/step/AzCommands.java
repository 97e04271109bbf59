package io.keylesspull.setup.step;

import io.keylesspull.azure.model.AzureCloud;
import io.keylesspull.azure.model.ImageReference;
import io.keylesspull.remote.Command;
import io.keylesspull.setup.request.MachineImages;
import io.keylesspull.setup.request.SetupRequest.Identity;
import io.keylesspull.setup.request.SetupRequest.Machine;
import io.keylesspull.setup.request.SetupRequest.Role;
import io.keylesspull.setup.request.SetupRequest;
import java.util.List;
import java.util.Locale;

/**
 * The work of a request as commands that a person could type into a POSIX shell, with the Azure CLI and OpenSSH at
 * hand. Only what the request itself says is known here: what Azure makes up is kept in shell variables.
 */
public final class AzCommands {

    /** @param comment whether it only explains, in English @param text what is typed, or what is explained */
    public record Line(boolean comment, String text) {

        /** As it stands in a script. */
        @Override
        public String toString() {
            return comment ? "# " + text : text;
        }
    }

    private static final String SAMPLE = "mcr.microsoft.com/azuredocs/aci-helloworld:latest";

    private final SetupRequest request;
    private final String registry;
    private final Script script = new Script();

    private AzCommands(SetupRequest request) {
        this.request = request;
        this.registry = registryName(request);
    }

    /** @param request one that {@code SetupRules} find nothing wrong with */
    public static List<Line> of(SetupRequest request) {
        AzCommands commands = new AzCommands(request);
        commands.signIn();
        commands.resourceGroup();
        commands.registry();
        if (request.identity().kind() == Identity.Kind.USER_ASSIGNED) {
            commands.identity();
            commands.role();
        }
        request.machines().forEach(commands::machine);
        if (request.keepSignedIn()) {
            SshCommands.helperFunction(commands.script);
        }
        request.machines().forEach(machine -> new SshCommands(request, machine, commands.script).add());
        return commands.script.lines();
    }

    /** The Azure CLI makes registries in lower case only; Azure itself does not tell the two apart. */
    static String registryName(SetupRequest request) {
        String name = request.registry().name();
        return request.registry().create() ? name.toLowerCase(Locale.ROOT) : name;
    }

    private void signIn() {
        SetupRequest.SignIn signIn = request.signIn();
        script.comment("Sign in");
        if (signIn.cloud() != AzureCloud.PUBLIC) {
            script.run("az", "cloud", "set", "--name", signIn.cloud().cliName());
        }
        String tenant = signIn.tenant().map(given -> " --tenant " + Script.word(given)).orElse("");
        switch (signIn.method()) {
            case BROWSER -> script.raw("az login" + tenant);
            case DEVICE_CODE -> script.raw("az login --use-device-code" + tenant);
            case MANAGED_IDENTITY -> script.raw("az login --identity");
            case ENVIRONMENT -> script.raw("az login --service-principal --username \"$AZURE_CLIENT_ID\""
                    + " --password \"$AZURE_CLIENT_SECRET\" --tenant \"$AZURE_TENANT_ID\"");
            case AZURE_CLI -> script.comment("The Azure CLI is signed in already; az login where it is not.");
        }
        request.subscription().ifPresent(subscription ->
                script.run("az", "account", "set", "--subscription", subscription));
    }

    private void resourceGroup() {
        if (request.resourceGroup().create()) {
            script.comment("The resource group");
            script.run("az", "group", "create", "--name", request.resourceGroup().name(),
                    "--location", request.location());
        }
    }

    private void registry() {
        script.comment("The container registry");
        String group = request.registryGroup();
        if (request.registry().create()) {
            if (!registry.equals(request.registry().name())) {
                script.comment("(in lower case: the Azure CLI makes no registry with capitals)");
            }
            script.run("az", "acr", "create", "--resource-group", group, "--name", registry,
                    "--location", request.location(), "--sku", request.registry().sku());
        }
        if (request.registry().importSample()) {
            script.run("az", "acr", "import", "--resource-group", group, "--name", registry, "--source", SAMPLE,
                    "--image", request.image());
        }
        keepOfRegistry("registryId", "id");
        keepOfRegistry("loginServer", "loginServer");
    }

    private void keepOfRegistry(String variable, String property) {
        script.keep(variable, "az", "acr", "show", "--resource-group", request.registryGroup(), "--name", registry,
                "--query", property, "--output", "tsv");
    }

    private void identity() {
        script.comment("The user-assigned managed identity");
        String name = request.identity().name();
        if (request.identity().create()) {
            script.run("az", "identity", "create", "--resource-group", request.identityGroup(), "--name", name,
                    "--location", request.location());
        }
        for (String property : request.keepSignedIn() ? List.of("id", "principalId", "clientId")
                : List.of("id", "principalId")) {
            script.keep(property.equals("id") ? "identityId" : property, "az", "identity", "show",
                    "--resource-group", request.identityGroup(), "--name", name,
                    "--query", property, "--output", "tsv");
        }
    }

    private void role() {
        boolean pull = request.role() == Role.ACR_PULL;
        String classic = pull ? "AcrPull" : "AcrPush";
        if (!request.registry().create()) {
            String show = Command.of("az", "acr", "show", "--resource-group", request.registryGroup(),
                    "--name", registry, "--query", "roleAssignmentMode").shellLine();
            script.comment("Where " + show + " says AbacRepositoryPermissions, the role is");
            script.comment("\"Container Registry Repository " + (pull ? "Reader" : "Writer") + "\" instead of "
                    + classic + ".");
        }
        script.raw("az role assignment create --assignee-object-id \"$principalId\""
                + " --assignee-principal-type ServicePrincipal --role " + classic + " --scope \"$registryId\"");
    }

    private void machine(Machine machine) {
        script.comment("The virtual machine " + machine.name());
        if (machine.create()) {
            create(machine);
        } else {
            script.raw(Command.of("az", "vm", "identity", "assign", "--resource-group", request.machineGroup(machine),
                    "--name", machine.name()).shellLine() + (userAssigned() ? " --identities \"$identityId\"" : ""));
        }
        if (!userAssigned()) {
            script.keep("principalId", "az", "vm", "show", "--resource-group", request.machineGroup(machine),
                    "--name", machine.name(), "--query", "identity.principalId", "--output", "tsv");
            role();
        }
    }

    private void create(Machine machine) {
        String group = request.machineGroup(machine);
        String key = machine.sshKey().map(path -> "--ssh-key-values " + Script.word(path + ".pub"))
                .orElse("--generate-ssh-keys");
        script.raw(Command.of("az", "vm", "create", "--resource-group", group, "--name", machine.name(),
                "--location", request.location(), "--image", urn(machine), "--size", machine.size(),
                "--admin-username", machine.adminUser()).shellLine() + " " + key
                + " --assign-identity " + (userAssigned() ? "\"$identityId\"" : "'[system]'") + " --nsg-rule SSH");
        if (machine.allowSshFrom().isEmpty()) {
            script.comment("Port 22 is open to everyone now; set sshFrom to your own address to narrow it.");
        }
        script.raw(Command.of("az", "network", "nsg", "rule", "update", "--resource-group", group,
                "--nsg-name", machine.name() + "NSG", "--name", "default-allow-ssh").shellLine()
                + " --source-address-prefixes "
                + machine.allowSshFrom().map(Script::word).orElse("\"$sshFrom\""));
    }

    private static String urn(Machine machine) {
        return MachineImages.resolve(machine.image()).map(ImageReference::toString).orElse(machine.image());
    }

    private boolean userAssigned() {
        return request.identity().kind() == Identity.Kind.USER_ASSIGNED;
    }
}
