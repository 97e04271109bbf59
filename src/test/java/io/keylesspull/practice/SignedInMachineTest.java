package io.keylesspull.practice;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.containers.containerregistry.ContainerRegistryClientBuilder;
import com.azure.resourcemanager.authorization.models.PrincipalType;
import com.azure.resourcemanager.authorization.models.RoleAssignmentCreateParameters;
import com.azure.resourcemanager.compute.fluent.models.VirtualMachineInner;
import com.azure.resourcemanager.compute.fluent.models.VirtualMachineUpdateInner;
import com.azure.resourcemanager.compute.models.ResourceIdentityType;
import com.azure.resourcemanager.compute.models.VirtualMachineIdentity;
import com.azure.resourcemanager.network.fluent.models.SecurityRuleInner;
import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.Session;
import io.keylesspull.practice.clock.Pace;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Everything together: the SDK over the front door, the practice key over SSH, a pull by a machine's own identity. */
class SignedInMachineTest {

    private static final String ACR_PULL = "7f951dda-4ed3-4680-a7ca-43fe172d538d";
    private static final String IMAGE = "practiceclassic.azurecr.io/aci-helloworld:v1";

    private static final String SOURCE = """
            Types: deb
            URIs: https://packages.microsoft.com/repos/azure-cli/
            Suites: jammy
            Components: main
            Architectures: amd64
            Signed-by: /etc/apt/keyrings/microsoft.gpg
            """;

    private final PracticeCloudFixture practice = new PracticeCloudFixture(Pace.INSTANT);

    @AfterEach
    void close() {
        practice.close();
    }

    @Test
    void aMachineWithAnIdentityAndARolePullsWithoutAnyPassword() throws Exception {
        assertThat(ssh("az version")).contains("command not found");
        ssh("sudo usermod -aG docker " + Seed.ADMIN);
        installAzureCli();
        VirtualMachineInner machine = withSystemIdentity();
        assertThat(ssh("docker pull " + IMAGE)).doesNotContain("Digest: ");
        grant(machine.identity().principalId());
        assertThat(ssh("az login --identity --allow-no-subscriptions -o none")).isBlank();
        assertThat(ssh("az acr login --name practiceclassic")).contains("Login Succeeded");
        assertThat(ssh("docker pull " + IMAGE)).contains("Digest: " + digest());
    }

    @Test
    void aSecurityRuleShutsSshOut() {
        var rules = practice.azure.networks().manager().serviceClient().getSecurityRules();
        SecurityRuleInner rule = rules.get(Seed.MACHINES, "practiceDockerNSG", "default-allow-ssh");
        assertThat(practice.cloud.sshServer(address(), 22)).isPresent();
        rules.delete(Seed.MACHINES, "practiceDockerNSG", "default-allow-ssh");
        assertThat(practice.cloud.sshServer(address(), 22)).isEmpty();
        rules.createOrUpdate(Seed.MACHINES, "practiceDockerNSG", "default-allow-ssh", rule);
        assertThat(practice.cloud.sshServer(address(), 22)).isPresent();
    }

    @Test
    void aGroupGoesWithEverythingInIt() {
        practice.azure.resourceGroups().deleteByName(Seed.MACHINES);
        assertThat(practice.cloud.resourceIds()).noneMatch(id -> id.contains(Seed.MACHINES));
        assertThat(practice.azure.virtualMachines().list()).isEmpty();
    }

    private void installAzureCli() throws Exception {
        ssh("sudo mkdir -p /etc/apt/keyrings");
        ssh("curl -sLS -o /tmp/microsoft.asc https://packages.microsoft.com/keys/microsoft.asc");
        ssh("sudo gpg --dearmor --yes -o /etc/apt/keyrings/microsoft.gpg /tmp/microsoft.asc");
        ssh("sudo tee /etc/apt/sources.list.d/azure-cli.sources", SOURCE);
        ssh("sudo apt-get update");
        ssh("sudo apt-get install -y azure-cli");
    }

    private String digest() {
        return new ContainerRegistryClientBuilder()
                .endpoint("https://practiceclassic.azurecr.io")
                .credential(practice.credential)
                .httpClient(practice.http)
                .buildClient()
                .getArtifact("aci-helloworld", "v1")
                .getTagProperties("v1")
                .getDigest();
    }

    private VirtualMachineInner withSystemIdentity() {
        return practice.azure
                .virtualMachines()
                .manager()
                .serviceClient()
                .getVirtualMachines()
                .update(
                        Seed.MACHINES,
                        "practiceDocker",
                        new VirtualMachineUpdateInner()
                                .withIdentity(
                                        new VirtualMachineIdentity().withType(ResourceIdentityType.SYSTEM_ASSIGNED)));
    }

    private void grant(String principalId) {
        practice.azure
                .accessManagement()
                .roleAssignments()
                .manager()
                .roleServiceClient()
                .getRoleAssignments()
                .create(
                        practice.subscription() + "/resourceGroups/" + Seed.REGISTRIES
                                + "/providers/Microsoft.ContainerRegistry/registries/practiceclassic",
                        UUID.randomUUID().toString(),
                        new RoleAssignmentCreateParameters()
                                .withRoleDefinitionId("/providers/Microsoft.Authorization/roleDefinitions/" + ACR_PULL)
                                .withPrincipalId(principalId)
                                .withPrincipalType(PrincipalType.SERVICE_PRINCIPAL));
    }

    private String address() {
        return practice.azure
                .virtualMachines()
                .getByResourceGroup(Seed.MACHINES, "practiceDocker")
                .getPrimaryPublicIPAddress()
                .ipAddress();
    }

    /** @return what a command says, on a connection of its own; standard error, too */
    private String ssh(String command) throws Exception {
        return ssh(command, "");
    }

    private String ssh(String command, String input) throws Exception {
        InetSocketAddress server = practice.cloud.sshServer(address(), 22).orElseThrow();
        JSch jsch = new JSch();
        jsch.addIdentity("practice", practice.cloud.practicePrivateKey().getBytes(StandardCharsets.UTF_8), null, null);
        Session session = jsch.getSession(Seed.ADMIN, server.getHostString(), server.getPort());
        session.setConfig("StrictHostKeyChecking", "no");
        session.connect(10_000);
        try {
            ChannelExec channel = (ChannelExec) session.openChannel("exec");
            channel.setCommand(command + " 2>&1");
            channel.setInputStream(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
            InputStream out = channel.getInputStream();
            channel.connect(10_000);
            return new String(out.readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            session.disconnect();
        }
    }
}
