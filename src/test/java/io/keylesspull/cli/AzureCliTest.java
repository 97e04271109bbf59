package io.keylesspull.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.keylesspull.practice.PracticeCloud;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.directory.PracticeApp;
import io.keylesspull.practice.wire.PracticeServer;
import io.keylesspull.time.Time;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The control-plane half of the tutorial “Authenticate to ACR with a managed identity”, typed as it stands there into
 * the real Azure CLI of today. What the CLI then claims is looked up in the practice cloud itself.
 */
class AzureCliTest {

    private static final String PULL = "Microsoft.ContainerRegistry/registries/pull/read";
    private static final String GROUP = "myResourceGroup";
    private static final String REGISTRY = "mycontainerregistry007";
    private static final String MACHINE = "myDockerVM";
    /** Nine seconds at this pace, and time for a slow computer. */
    private static final Duration WITHIN = Duration.ofMinutes(1);

    private static PracticeCloud cloud;
    private static PracticeServer server;

    @TempDir
    private Path home;

    private CurrentAzureCli cli;

    @BeforeAll
    static void serve() throws IOException {
        // In a tenth of Azure's times: long-running operations are polled, not answered at once.
        cloud = PracticeCloud.start(Pace.FAST, Time.system(), new Random(7));
        server = cloud.serve(0, new SecureRandom());
    }

    @AfterAll
    static void close() {
        server.close();
        cloud.close();
    }

    @BeforeEach
    void aComputerOfItsOwn() throws IOException, InterruptedException {
        cli = CurrentAzureCli.open(home, cloud, server);
    }

    @Test
    void theTutorialsControlPlaneHalf() throws IOException, InterruptedException {
        cli.signIn(cloud);
        resourceProvider();
        cli.az("group", "create", "--name", GROUP, "--location", "japaneast");
        assertThat(cloud.resource(group())).isPresent();
        String registry = registry();
        JsonNode identity = identity();
        machine(identity);
        roles(identity, registry);
        runCommand();
        securityRule();
        everythingGoesAgain(identity, registry);
    }

    private void resourceProvider() throws IOException, InterruptedException {
        List<String> show =
                List.of("provider", "show", "--namespace", "Microsoft.KeyVault", "--query", "registrationState");
        assertThat(cli.az(show.toArray(String[]::new)).asText()).isEqualTo("NotRegistered");
        cli.az("provider", "register", "--namespace", "Microsoft.KeyVault", "--wait");
        assertThat(cli.az(show.toArray(String[]::new)).asText()).isEqualTo("Registered");
    }

    private String registry() throws IOException, InterruptedException {
        cli.az("acr", "create", "--resource-group", GROUP, "--name", REGISTRY, "--sku", "Basic");
        String id = cli.az("acr", "show", "--resource-group", GROUP, "--name", REGISTRY, "--query", "id")
                .asText();
        assertThat(cloud.resource(id)
                        .orElseThrow()
                        .at("/properties/provisioningState")
                        .asText())
                .isEqualTo("Succeeded");
        cli.az(
                "acr",
                "import",
                "--name",
                REGISTRY,
                "--source",
                "mcr.microsoft.com/azuredocs/aci-helloworld:latest",
                "--image",
                "aci-helloworld:v1");
        assertThat(cli.az("acr", "repository", "list", "--name", REGISTRY))
                .extracting(JsonNode::asText)
                .containsExactly("aci-helloworld");
        assertThat(cli.az("acr", "repository", "show-tags", "--name", REGISTRY, "--repository", "aci-helloworld"))
                .extracting(JsonNode::asText)
                .containsExactly("v1");
        String digest = cli.az(
                        "acr",
                        "repository",
                        "show",
                        "--name",
                        REGISTRY,
                        "--image",
                        "aci-helloworld:v1",
                        "--query",
                        "digest")
                .asText();
        assertThat(cloud.images()).anyMatch(line -> line.contains(REGISTRY) && line.contains(digest));
        return id;
    }

    private JsonNode identity() throws IOException, InterruptedException {
        cli.az("identity", "create", "--resource-group", GROUP, "--name", "myACRId");
        return cli.az("identity", "show", "--resource-group", GROUP, "--name", "myACRId");
    }

    private void machine(JsonNode identity) throws IOException, InterruptedException {
        JsonNode created = cli.az(
                "vm",
                "create",
                "--resource-group",
                GROUP,
                "--name",
                MACHINE,
                "--image",
                "Canonical:0001-com-ubuntu-server-jammy:22_04-lts-gen2:latest",
                "--size",
                "Standard_B2s",
                "--admin-username",
                "azureuser",
                "--generate-ssh-keys",
                "--nsg-rule",
                "SSH");
        assertThat(created.path("powerState").asText()).isEqualTo("VM running");
        assertThat(home.resolve(".ssh/id_rsa")).exists();
        assertThat(machine()
                        .at("/properties/osProfile/linuxConfiguration/ssh/publicKeys/0/keyData")
                        .asText())
                .startsWith("ssh-rsa ");
        JsonNode shown = cli.az("vm", "show", "--show-details", "--resource-group", GROUP, "--name", MACHINE);
        assertThat(shown.path("publicIps").asText())
                .isEqualTo(created.path("publicIpAddress").asText())
                .isNotEmpty();

        cli.az(
                "vm",
                "identity",
                "assign",
                "--resource-group",
                GROUP,
                "--name",
                MACHINE,
                "--identities",
                identity.path("id").asText());
        cli.az("vm", "identity", "assign", "--resource-group", GROUP, "--name", MACHINE);
        assertThat(machine().at("/identity/type").asText()).isEqualTo("SystemAssigned, UserAssigned");
        assertThat(machine().at("/identity/userAssignedIdentities"))
                .singleElement()
                .satisfies(one -> assertThat(one.path("principalId")).isEqualTo(identity.path("principalId")));
    }

    private void roles(JsonNode identity, String registry) throws IOException, InterruptedException {
        String system = cli.az(
                        "vm", "show", "--resource-group", GROUP, "--name", MACHINE, "--query", "identity.principalId")
                .asText();
        List<String> principals = List.of(identity.path("principalId").asText(), system);
        for (String principal : principals) {
            assertThat(cloud.permissions().allows(principal, PULL, registry)).isFalse();
            cli.az(
                    "role",
                    "assignment",
                    "create",
                    "--assignee-object-id",
                    principal,
                    "--assignee-principal-type",
                    "ServicePrincipal",
                    "--scope",
                    registry,
                    "--role",
                    "acrpull");
        }
        for (String principal : principals) {
            await("the role takes effect")
                    .atMost(WITHIN)
                    .until(() -> cloud.permissions().allows(principal, PULL, registry));
        }
    }

    private void runCommand() throws IOException, InterruptedException {
        String said = cli.az(
                        "vm",
                        "run-command",
                        "invoke",
                        "--resource-group",
                        GROUP,
                        "--name",
                        MACHINE,
                        "--command-id",
                        "RunShellScript",
                        "--scripts",
                        "for key in /etc/ssh/ssh_host_*_key.pub; do ssh-keygen -l -f \"$key\"; done",
                        "--query",
                        "value[0].message")
                .asText();
        assertThat(said).contains("[stdout]\n256 SHA256:", "(ECDSA)\n", "(ED25519)\n", "(RSA)\n");
    }

    private void securityRule() throws IOException, InterruptedException {
        cli.az(
                "network",
                "nsg",
                "rule",
                "update",
                "--resource-group",
                GROUP,
                "--nsg-name",
                MACHINE + "NSG",
                "--name",
                "default-allow-ssh",
                "--source-address-prefixes",
                "203.0.113.0/24");
        assertThat(cloud.resource(group() + "/providers/Microsoft.Network/networkSecurityGroups/" + MACHINE + "NSG")
                        .orElseThrow()
                        .at("/properties/securityRules/0/properties/sourceAddressPrefix")
                        .asText())
                .isEqualTo("203.0.113.0/24");
    }

    private void everythingGoesAgain(JsonNode identity, String registry) throws IOException, InterruptedException {
        cli.az("acr", "repository", "delete", "--name", REGISTRY, "--image", "aci-helloworld:v1", "--yes");
        assertThat(cli.az("acr", "repository", "list", "--name", REGISTRY)).isEmpty();
        cli.az("identity", "delete", "--resource-group", GROUP, "--name", "myACRId");
        assertThat(cloud.resource(identity.path("id").asText())).isEmpty();
        cli.az("acr", "delete", "--name", REGISTRY, "--yes");
        assertThat(cloud.resource(registry)).isEmpty();
        cli.az("group", "delete", "--name", GROUP, "--yes");
        assertThat(cloud.resourceIds()).noneMatch(id -> id.startsWith(group()));
    }

    @Test
    void itIsTheCliOfToday() throws IOException, InterruptedException {
        String version = cli.az("version").path("azure-cli").asText();
        int[] parts =
                Arrays.stream(version.split("\\.")).mapToInt(Integer::parseInt).toArray();
        assertThat(parts[0] * 1000 + parts[1]).as(version).isGreaterThanOrEqualTo(2091);
    }

    @Test
    void aPersonSignsInByDeviceCode() throws IOException, InterruptedException {
        JsonNode subscriptions = cli.az("login", "--use-device-code");
        assertThat(subscriptions).extracting(one -> one.path("id").asText()).contains(cloud.subscriptionId());
        assertThat(subscriptions)
                .allSatisfy(one -> assertThat(one.at("/user/type").asText()).isEqualTo("user"));
        assertThat(cli.az("account", "get-access-token").path("tenant").asText())
                .isEqualTo(cloud.tenantId());
    }

    @Test
    void refusalsAreShownInTheServicesWords() throws IOException, InterruptedException {
        refused(
                "AADSTS7000215",
                "login",
                "--service-principal",
                "--username",
                PracticeApp.CLIENT_ID,
                "--password",
                "wrong",
                "--tenant",
                cloud.tenantId());
        cli.signIn(cloud);
        refused(
                "(ResourceGroupNotFound)",
                "acr",
                "create",
                "--resource-group",
                "none",
                "--name",
                "registry4711",
                "--sku",
                "Basic");
        refused(
                "don't have access to registry 'practicelocked.azurecr.io'",
                "acr",
                "repository",
                "list",
                "--name",
                "practicelocked");
        refused("nosuchregistry", "acr", "show", "--name", "nosuchregistry");
    }

    @Test
    void whoDoesNotTrustTheCertificateSendsNoSecret() throws IOException, InterruptedException {
        cli = cli.with("REQUESTS_CA_BUNDLE", "/etc/ssl/certs/ca-certificates.crt");
        refused(
                "CERTIFICATE_VERIFY_FAILED",
                "login",
                "--service-principal",
                "--username",
                PracticeApp.CLIENT_ID,
                "--password",
                PracticeApp.SECRET,
                "--tenant",
                cloud.tenantId());
    }

    private void refused(String words, String... arguments) throws IOException, InterruptedException {
        ProgramResult result = cli.tryAz(arguments);
        assertThat(result.status()).isNotZero();
        assertThat(result.err()).contains(words);
    }

    private static String group() {
        return "/subscriptions/" + cloud.subscriptionId() + "/resourceGroups/" + GROUP;
    }

    private static JsonNode machine() {
        return cloud.resource(group() + "/providers/Microsoft.Compute/virtualMachines/" + MACHINE)
                .orElseThrow();
    }
}
