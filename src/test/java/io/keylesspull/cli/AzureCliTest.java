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
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The control-plane half of the tutorial “Authenticate to ACR with a managed identity”, typed as it stands there into
 * the real Azure CLI. What the CLI then claims is looked up in the practice cloud itself.
 */
class AzureCliTest {

    private static final String PULL = "Microsoft.ContainerRegistry/registries/pull/read";
    private static final String ACR_PULL = "7f951dda-4ed3-4680-a7ca-43fe172d538d";
    /** Nine seconds at this pace, and time for a slow computer. */
    private static final Duration WITHIN = Duration.ofMinutes(1);
    private static final String ARM = "https://management.azure.com";

    private static PracticeCloud cloud;
    private static PracticeServer server;
    @TempDir
    private static Path shared;
    private static Path trusted;

    @TempDir
    private Path folder;
    private AzureCli cli;

    @BeforeAll
    static void serve() throws IOException {
        // In a tenth of Azure's times: long-running operations are polled, not answered at once.
        cloud = PracticeCloud.start(Pace.FAST, Time.system(), new Random(7));
        server = cloud.serve(0, new SecureRandom());
        trusted = Files.writeString(shared.resolve("ca.pem"), server.certificate());
    }

    @AfterAll
    static void close() {
        server.close();
        cloud.close();
    }

    @BeforeEach
    void aProfileOfItsOwn() {
        cli = new AzureCli(folder, server, trusted);
    }

    @Test
    void theTutorialsControlPlaneHalf() {
        signIn();
        String group = subscription() + "/resourceGroups/myResourceGroup";
        cli.az("group", "create", "--name", "myResourceGroup", "--location", "japaneast");
        assertThat(cloud.resource(group)).isPresent();

        cli.az("acr", "create", "--resource-group", "myResourceGroup", "--name", "mycontainerregistry007",
                "--sku", "Basic");
        String registry = cli.az("acr", "show", "--resource-group", "myResourceGroup", "--name",
                "mycontainerregistry007", "--query", "id").asText();
        assertThat(cloud.resource(registry).orElseThrow().at("/properties/provisioningState").asText())
                .isEqualTo("Succeeded");
        cli.az("acr", "import", "--name", "mycontainerregistry007", "--source",
                "mcr.microsoft.com/azuredocs/aci-helloworld:latest", "--image", "aci-helloworld:v1");
        assertThat(cli.az("acr", "repository", "list", "--name", "mycontainerregistry007"))
                .extracting(JsonNode::asText).containsExactly("aci-helloworld");
        assertThat(cli.az("acr", "repository", "show-tags", "--name", "mycontainerregistry007", "--repository",
                "aci-helloworld")).extracting(JsonNode::asText).containsExactly("v1");

        cli.az("identity", "create", "--resource-group", "myResourceGroup", "--name", "myACRId");
        JsonNode identity = cli.az("identity", "show", "--resource-group", "myResourceGroup", "--name", "myACRId");
        String principal = identity.path("principalId").asText();
        assignToMachine("{\"type\":\"UserAssigned\",\"userAssignedIdentities\":{\"" + identity.path("id").asText()
                + "\":{}}}", "--identities", identity.path("id").asText());
        assignToMachine("{\"type\":\"SystemAssigned, UserAssigned\"}");
        JsonNode attached = cloud.resource(machine()).orElseThrow().path("identity");
        assertThat(attached.path("type").asText()).isEqualTo("SystemAssigned, UserAssigned");
        assertThat(attached.at("/userAssignedIdentities")).singleElement().satisfies(one ->
                assertThat(one.path("principalId").asText()).isEqualTo(principal));

        assertThat(cloud.permissions().allows(principal, PULL, registry)).isFalse();
        grant(principal, registry);
        grant(attached.path("principalId").asText(), registry);
        takesEffect(principal, registry);
        takesEffect(attached.path("principalId").asText(), registry);

        cli.az("acr", "repository", "delete", "--name", "mycontainerregistry007", "--image", "aci-helloworld:v1",
                "--yes");
        assertThat(cli.az("acr", "repository", "list", "--name", "mycontainerregistry007")).isEmpty();
        cli.az("identity", "delete", "--resource-group", "myResourceGroup", "--name", "myACRId");
        assertThat(cloud.resource(identity.path("id").asText())).isEmpty();
        cli.az("acr", "delete", "--name", "mycontainerregistry007", "--yes");
        assertThat(cloud.resource(registry)).isEmpty();
        cli.az("group", "delete", "--name", "myResourceGroup", "--yes");
        assertThat(cloud.resource(group)).isEmpty();
    }

    @Test
    void aPersonSignsInByDeviceCode() {
        JsonNode subscriptions = cli.az("login", "--use-device-code");
        assertThat(subscriptions).extracting(one -> one.path("id").asText()).contains(cloud.subscriptionId());
        assertThat(subscriptions).allSatisfy(one -> assertThat(one.at("/user/type").asText()).isEqualTo("user"));
        assertThat(cli.az("account", "get-access-token").path("tenant").asText()).isEqualTo(cloud.tenantId());
    }

    @Test
    void refusalsAreShownInTheServicesWords() {
        refused("AADSTS7000215", "login", "--service-principal", "--username", PracticeApp.CLIENT_ID, "--password",
                "wrong", "--tenant", cloud.tenantId());
        signIn();
        refused("(ResourceGroupNotFound)", "acr", "create", "--resource-group", "none", "--name", "registry4711",
                "--sku", "Basic");
        refused("don't have access to registry 'practicelocked.azurecr.io'", "acr", "repository", "list",
                "--name", "practicelocked");
        refused("nosuchregistry", "acr", "show", "--name", "nosuchregistry");
    }

    @Test
    void whoDoesNotTrustTheCertificateSendsNoSecret() {
        cli = new AzureCli(folder, server, Path.of("/etc/ssl/certs/ca-certificates.crt"));
        refused("CERTIFICATE_VERIFY_FAILED", "login", "--service-principal", "--username", PracticeApp.CLIENT_ID,
                "--password", PracticeApp.SECRET, "--tenant", cloud.tenantId());
    }

    private void signIn() {
        cli.az("login", "--service-principal", "--username", PracticeApp.CLIENT_ID, "--password", PracticeApp.SECRET,
                "--tenant", cloud.tenantId());
    }

    private void refused(String words, String... arguments) {
        AzureCli.Result result = cli.result(arguments);
        assertThat(result.status()).isNotZero();
        assertThat(result.err()).contains(words);
    }

    /** @param identity as the request has it. @param options as the command has it; none for the machine's own */
    private void assignToMachine(String identity, String... options) {
        List<String> command = new ArrayList<>(List.of("vm", "identity", "assign", "--resource-group",
                "practiceMachines", "--name", "practiceDocker"));
        command.addAll(List.of(options));
        cli.azOrRest(command, List.of("rest", "--method", "patch", "--url", ARM + machine()
                + "?api-version=2024-03-01", "--body", "{\"identity\":" + identity + "}"));
    }

    private void grant(String principal, String registry) {
        cli.azOrRest(List.of("role", "assignment", "create", "--assignee-object-id", principal,
                "--assignee-principal-type", "ServicePrincipal", "--scope", registry, "--role", "acrpull"),
                List.of("rest", "--method", "put", "--url", ARM + registry
                        + "/providers/Microsoft.Authorization/roleAssignments/" + UUID.randomUUID()
                        + "?api-version=2022-04-01", "--body", "{\"properties\":{\"roleDefinitionId\":\""
                        + subscription() + "/providers/Microsoft.Authorization/roleDefinitions/" + ACR_PULL
                        + "\",\"principalId\":\"" + principal + "\",\"principalType\":\"ServicePrincipal\"}}"));
    }

    private static void takesEffect(String principal, String registry) {
        await("the role takes effect").atMost(WITHIN)
                .until(() -> cloud.permissions().allows(principal, PULL, registry));
    }

    private static String subscription() {
        return "/subscriptions/" + cloud.subscriptionId();
    }

    private static String machine() {
        return subscription() + "/resourceGroups/practiceMachines/providers/Microsoft.Compute/virtualMachines/"
                + "practiceDocker";
    }
}
