package io.keylesspull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.PracticeCloud;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.wire.PracticeServer;
import io.keylesspull.time.Time;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real Azure CLI deploys ARM templates to the practice cloud. */
class AzureDeploymentTest {

    private static final String GROUP = "byTemplate";
    private static final String NAME = "keyless";
    /** The practice cloud's subscriptions with a policy, and with a quota of one core. */
    private static final String WITH_POLICY = "c83e6d12-90b7-4f5a-a1d4-6e2b7c9f0a35";

    private static final String WITH_QUOTA = "e2a7d94f-6c18-4b03-9f5e-8d1c3b6a7f20";

    /** A template, with comments as people write them, and the values of its parameters. */
    private static final Supplier<String> TEMPLATE = () -> """
            {
              "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
              "contentVersion": "1.0.0.0",
              "parameters": {
                "machine": { "type": "string", "minLength": 1, "maxLength": 64 },
                "size": { "type": "string", "defaultValue": "Standard_B2s" },
                "publicKey": { "type": "string" },
                "registry": { "type": "object" },
                "location": { "type": "string", "defaultValue": "[resourceGroup().location]" }
              },
              "variables": {
                "identity": "[concat(parameters('machine'), '-pull')]",
                "identityId": "[resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', variables('identity'))]",
                "network": "[concat(parameters('machine'), 'VNET')]",
                // Installs Docker.
                "cloudInit": "#cloud-config\\npackages:\\n  - docker.io\\n"
              },
              "resources": [
                {
                  "type": "Microsoft.ManagedIdentity/userAssignedIdentities",
                  "apiVersion": "2023-01-31",
                  "name": "[variables('identity')]",
                  "location": "[parameters('location')]",
                  "tags": { "made-by": "template" }
                },
                {
                  "type": "Microsoft.Resources/deployments",
                  "apiVersion": "2022-09-01",
                  "name": "[concat(parameters('machine'), '-role')]",
                  "resourceGroup": "[parameters('registry').group]",
                  "properties": {
                    "mode": "Incremental",
                    "expressionEvaluationOptions": { "scope": "inner" },
                    "parameters": {
                      "registry": { "value": "[parameters('registry').name]" },
                      "identityId": { "value": "[variables('identityId')]" },
                      "principalId": { "value": "[reference(variables('identity')).principalId]" }
                    },
                    "template": {
                      "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
                      "contentVersion": "1.0.0.0",
                      "parameters": {
                        "registry": { "type": "string" },
                        "identityId": { "type": "string" },
                        "principalId": { "type": "string" }
                      },
                      "variables": {
                        "role": "[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '%s')]",
                        "scope": "[resourceId('Microsoft.ContainerRegistry/registries', parameters('registry'))]"
                      },
                      "resources": [
                        {
                          "type": "Microsoft.Authorization/roleAssignments",
                          "apiVersion": "2022-04-01",
                          "scope": "[concat('Microsoft.ContainerRegistry/registries/', parameters('registry'))]",
                          "name": "[guid(variables('scope'), parameters('identityId'), variables('role'))]",
                          "properties": {
                            "roleDefinitionId": "[variables('role')]",
                            "principalId": "[parameters('principalId')]",
                            "principalType": "ServicePrincipal",
                            "description": "pulls"
                          }
                        }
                      ],
                      "outputs": {
                        "loginServer": {
                          "type": "string",
                          "value": "[reference(variables('scope'), '2023-07-01').loginServer]"
                        }
                      }
                    }
                  }
                },
                {
                  "type": "Microsoft.Network/publicIPAddresses",
                  "apiVersion": "2023-09-01",
                  "name": "[concat(parameters('machine'), 'NatIp')]",
                  "location": "[parameters('location')]",
                  "sku": { "name": "Standard" },
                  "properties": { "publicIPAllocationMethod": "Static" }
                },
                {
                  "type": "Microsoft.Network/natGateways",
                  "apiVersion": "2023-09-01",
                  "name": "[concat(parameters('machine'), 'Nat')]",
                  "location": "[parameters('location')]",
                  "sku": { "name": "Standard" },
                  "dependsOn": [
                    "[resourceId('Microsoft.Network/publicIPAddresses', concat(parameters('machine'), 'NatIp'))]"
                  ],
                  "properties": {
                    "publicIpAddresses": [
                      { "id": "[resourceId('Microsoft.Network/publicIPAddresses', \
            concat(parameters('machine'), 'NatIp'))]" }
                    ]
                  }
                },
                {
                  "type": "Microsoft.Network/virtualNetworks",
                  "apiVersion": "2023-09-01",
                  "name": "[variables('network')]",
                  "location": "[parameters('location')]",
                  "dependsOn": [
                    "[resourceId('Microsoft.Network/natGateways', concat(parameters('machine'), 'Nat'))]"
                  ],
                  "properties": {
                    "addressSpace": { "addressPrefixes": [ "10.1.0.0/16" ] },
                    "subnets": [
                      {
                        "name": "machines",
                        "properties": {
                          "addressPrefix": "10.1.0.0/24",
                          "natGateway": {
                            "id": "[resourceId('Microsoft.Network/natGateways', concat(parameters('machine'), 'Nat'))]"
                          }
                        }
                      }
                    ]
                  }
                },
                {
                  "type": "Microsoft.Network/networkInterfaces",
                  "apiVersion": "2023-09-01",
                  "name": "[concat(parameters('machine'), 'VMNic')]",
                  "location": "[parameters('location')]",
                  "dependsOn": [ "[resourceId('Microsoft.Network/virtualNetworks', variables('network'))]" ],
                  "properties": {
                    "ipConfigurations": [
                      {
                        "name": "ipconfig1",
                        "properties": {
                          "subnet": {
                            "id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', variables('network'), \
            'machines')]"
                          }
                        }
                      }
                    ]
                  }
                },
                {
                  "type": "Microsoft.Compute/virtualMachines",
                  "apiVersion": "2024-07-01",
                  "name": "[parameters('machine')]",
                  "location": "[parameters('location')]",
                  "dependsOn": [
                    "[variables('identityId')]",
                    "[resourceId('Microsoft.Network/networkInterfaces', concat(parameters('machine'), 'VMNic'))]"
                  ],
                  "identity": {
                    "type": "UserAssigned",
                    "userAssignedIdentities": { "[variables('identityId')]": {} }
                  },
                  "properties": {
                    "hardwareProfile": { "vmSize": "[parameters('size')]" },
                    "storageProfile": {
                      "imageReference": {
                        "publisher": "Canonical", "offer": "ubuntu-24_04-lts", "sku": "server", "version": "latest"
                      },
                      "osDisk": { "createOption": "FromImage", "deleteOption": "Delete" }
                    },
                    "osProfile": {
                      "computerName": "[parameters('machine')]",
                      "adminUsername": "azureuser",
                      "customData": "[base64(variables('cloudInit'))]",
                      "linuxConfiguration": {
                        "disablePasswordAuthentication": true,
                        "ssh": {
                          "publicKeys": [
                            { "path": "/home/azureuser/.ssh/authorized_keys",
                              "keyData": "[parameters('publicKey')]" }
                          ]
                        }
                      }
                    },
                    "networkProfile": {
                      "networkInterfaces": [
                        { "id": "[resourceId('Microsoft.Network/networkInterfaces', \
            concat(parameters('machine'), 'VMNic'))]" }
                      ]
                    }
                  }
                }
              ],
              "outputs": {
                "clientId": {
                  "type": "string",
                  "value": "[reference(variables('identityId'), '2023-01-31').clientId]"
                },
                "loginServer": {
                  "type": "string",
                  "value": "[reference(concat(parameters('machine'), '-role')).outputs.loginServer.value]"
                }
              }
            }
            """.formatted("7f951dda-4ed3-4680-a7ca-43fe172d538d");

    @TempDir
    private Path folder;

    /** What is done on a computer that is signed in. */
    @FunctionalInterface
    private interface Work {
        void on(CurrentAzureCli cli, PracticeCloud cloud) throws IOException, InterruptedException;
    }

    @Test
    void aTemplateEndsInWhatItAsksForAndThenChangesNothing() throws IOException, InterruptedException {
        signedIn(Pace.INSTANT, (cli, cloud) -> {
            write(cli, TEMPLATE.get());
            cli.az("group", "create", "--name", GROUP, "--location", "japaneast");

            assertThat(deployment(cli, "validate").at("/properties/validatedResources"))
                    .as("the machine, its network and identity, the nested deployment and the role")
                    .hasSize(8);
            assertThat(changes(cli, "Create")).hasSize(7);
            JsonNode made = deployment(cli, "create");

            assertThat(made.at("/properties/provisioningState").asText()).isEqualTo("Succeeded");
            String group = "/subscriptions/" + cloud.subscriptionId() + "/resourceGroups/" + GROUP;
            String identityId = group + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/web-pull";
            JsonNode identity = cloud.resource(identityId).orElseThrow();
            assertThat(made.at("/properties/outputs/clientId/value")).isEqualTo(identity.at("/properties/clientId"));
            assertThat(made.at("/properties/outputs/loginServer/value").asText())
                    .isEqualTo("practiceclassic.azurecr.io");
            assertThat(cloud.roleAssignments())
                    .filteredOn(
                            role -> role.at("/properties/description").asText().equals("pulls"))
                    .singleElement()
                    .satisfies(role -> {
                        assertThat(role.at("/properties/scope").asText()).endsWith("/registries/practiceclassic");
                        assertThat(role.at("/properties/principalId"))
                                .isEqualTo(identity.at("/properties/principalId"));
                    });
            JsonNode machine = cloud.resource(group + "/providers/Microsoft.Compute/virtualMachines/web")
                    .orElseThrow();
            assertThat(machine.at("/identity/userAssignedIdentities").fieldNames())
                    .toIterable()
                    .singleElement()
                    .satisfies(attached -> assertThat(attached).isEqualToIgnoringCase(identityId));
            assertThat(cloud.machine(machine.path("id").asText())
                            .state()
                            .packages()
                            .isInstalled("docker.io"))
                    .isTrue();
            assertThat(cloud.resource(group + "/providers/Microsoft.Network/virtualNetworks/webVNET")
                            .orElseThrow()
                            .at("/properties/subnets/0/properties/natGateway/id")
                            .asText())
                    .endsWith("/natGateways/webNat");

            assertThat(changes(cli, "Create")).isEmpty();
            assertThat(changes(cli, "NoChange"))
                    .extracting(change -> change.at("/after/name").asText())
                    .containsExactlyInAnyOrder("web-pull", "webNatIp", "webNat", "webVNET", "webVMNic", "web");
            assertThat(changes(cli, "Modify"))
                    .as("what-if says of a property that uses reference() that it changes")
                    .singleElement()
                    .satisfies(role -> assertThat(role.path("delta"))
                            .singleElement()
                            .satisfies(delta ->
                                    assertThat(delta.path("path").asText()).isEqualTo("properties.principalId")));
        });
    }

    @Test
    void deploymentsAreListedAndDeletedWithoutTheirResources() throws IOException, InterruptedException {
        signedIn(Pace.INSTANT, (cli, cloud) -> {
            write(cli, TEMPLATE.get());
            cli.az("group", "create", "--name", GROUP, "--location", "japaneast");
            deployment(cli, "create");

            assertThat(cli.az("deployment", "group", "list", "--resource-group", GROUP))
                    .extracting(one -> one.path("name").asText())
                    .containsExactly(NAME);
            assertThat(named(cli, "deployment", "group", "show")
                            .at("/properties/mode")
                            .asText())
                    .isEqualTo("Incremental");
            assertThat(named(cli, "deployment", "operation", "group", "list"))
                    .hasSize(7)
                    .allSatisfy(operation -> assertThat(operation
                                    .at("/properties/provisioningState")
                                    .asText())
                            .isEqualTo("Succeeded"));
            named(cli, "deployment", "group", "delete");
            assertThat(cli.az("deployment", "group", "list", "--resource-group", GROUP))
                    .isEmpty();
            assertThat(cloud.resourceIds()).anyMatch(id -> id.endsWith("/virtualMachines/web"));
        });
    }

    @Test
    void whatAzureRefusesBeforehandIsPrintedInItsWords() throws IOException, InterruptedException {
        signedIn(Pace.INSTANT, (cli, cloud) -> {
            write(cli, onlyHere());
            ProgramResult quota = refused(cli, WITH_QUOTA);
            assertThat(quota.err())
                    .contains("InvalidTemplateDeployment", "is not valid according to the validation procedure")
                    .contains("QuotaExceeded", "Total Regional Cores");
            ProgramResult policy = refused(cli, WITH_POLICY);
            assertThat(policy.err()).contains("InvalidTemplateDeployment", "RequestDisallowedByPolicy");
            assertThat(cloud.resourceIds()).noneMatch(id -> id.endsWith("/userAssignedIdentities/web-pull"));
            cli.az("group", "create", "--name", GROUP, "--location", "japaneast");
            write(cli, onlyHere().replace("\"location\":{\"type\":\"string\"", "\"location\":{\"type\":\"int\""));
            assertThat(tryDeployment(cli, "create").err())
                    .contains("InvalidTemplate", "Deployment template validation failed: ")
                    .contains("JToken type is not valid. Expected 'Integer'. Actual 'String'");
        });
    }

    @Test
    void aTemplateHas800ResourcesAtMost() throws IOException, InterruptedException {
        signedIn(Pace.INSTANT, (cli, cloud) -> {
            cli.az("group", "create", "--name", GROUP, "--location", "japaneast");
            write(cli, withResources(801));
            ProgramResult refused = cli.tryAz(withoutParameters("create"));
            assertThat(refused.status()).isNotZero();
            assertThat(refused.err())
                    .contains(
                            "InvalidTemplate",
                            "Deployment template validation failed: 'The number of template resources limit exceeded. "
                                    + "Limit: '800' and actual: '801'. "
                                    + "Please see https://aka.ms/arm-template/#resources for usage details.'.");
            write(cli, withResources(800));
            assertThat(cli.az(withoutParameters("create"))
                            .at("/properties/provisioningState")
                            .asText())
                    .isEqualTo("Succeeded");
            assertThat(cloud.resourceIds())
                    .filteredOn(id -> id.contains("/userAssignedIdentities/pull"))
                    .hasSize(800);
            assertThat(named(cli, "deployment", "operation", "group", "list"))
                    .as("the CLI follows the pages")
                    .hasSize(800);
        });
    }

    /** With so many identities. */
    private static String withResources(int number) {
        return IntStream.range(0, number).mapToObj("""
                        {"type": "Microsoft.ManagedIdentity/userAssignedIdentities", "apiVersion": "2023-01-31",
                         "name": "pull%d", "location": "japaneast"}"""::formatted).collect(Collectors.joining(",", """
                        {"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
                         "contentVersion": "1.0.0.0", "resources": [""", "]}"));
    }

    private static String[] withoutParameters(String verb) {
        return new String[] {
            "deployment", "group", verb, "--resource-group", GROUP, "--name", NAME, "--template-file", "template.json"
        };
    }

    @Test
    void aDeploymentThatFailsTellsWhichResourceDid() throws IOException, InterruptedException {
        signedIn(Pace.INSTANT, (cli, cloud) -> {
            write(cli, TEMPLATE.get().replace("variables('network'), 'machines'", "variables('network'), 'nowhere'"));
            cli.az("group", "create", "--name", GROUP, "--location", "japaneast");
            ProgramResult failed = tryDeployment(cli, "create");

            assertThat(failed.status()).isNotZero();
            assertThat(failed.err()).contains("DeploymentFailed", "subnets/nowhere");
            assertThat(named(cli, "deployment", "operation", "group", "list"))
                    .filteredOn(one ->
                            one.at("/properties/provisioningState").asText().equals("Failed"))
                    .singleElement()
                    .satisfies(one -> assertThat(one.at("/properties/targetResource/resourceName")
                                    .asText())
                            .isEqualTo("webVMNic"));
        });
    }

    @Test
    void aDeploymentIsCanceledWhileItsMachineIsMade() throws IOException, InterruptedException {
        signedIn(Pace.REALISTIC, (cli, cloud) -> {
            write(cli, TEMPLATE.get());
            cli.az("group", "create", "--name", GROUP, "--location", "japaneast");
            deployment(cli, "create", "--no-wait");
            named(cli, "deployment", "group", "cancel");

            assertThat(named(cli, "deployment", "group", "show")
                            .at("/properties/provisioningState")
                            .asText())
                    .isEqualTo("Canceled");
        });
    }

    private void signedIn(Pace pace, Work work) throws IOException, InterruptedException {
        try (PracticeCloud cloud = PracticeCloud.start(pace, Time.system(), new Random(7));
                PracticeServer server = cloud.serve(0, new SecureRandom())) {
            CurrentAzureCli cli = CurrentAzureCli.open(Files.createDirectory(folder.resolve("home")), cloud, server);
            cli.signIn(cloud);
            work.on(cli, cloud);
        }
    }

    private static void write(CurrentAzureCli cli, String template) throws IOException {
        Files.writeString(cli.home().resolve("template.json"), template);
        Files.writeString(cli.home().resolve("parameters.json"), parameters());
    }

    private static String parameters() {
        ObjectNode file = new ObjectMapper().createObjectNode();
        file.put("$schema", "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#")
                .put("contentVersion", "1.0.0.0");
        ObjectNode values = file.putObject("parameters");
        values.putObject("machine").put("value", "web");
        values.putObject("publicKey").put("value", publicKey());
        values.putObject("registry")
                .putObject("value")
                .put("name", "practiceclassic")
                .put("group", "practiceRegistries");
        return file.toString();
    }

    /** An Ed25519 public key as OpenSSH writes it, whose private half nobody has. */
    private static String publicKey() {
        byte[] blob = new byte[51];
        blob[3] = 11;
        System.arraycopy("ssh-ed25519".getBytes(StandardCharsets.US_ASCII), 0, blob, 4, 11);
        blob[18] = 32;
        return "ssh-ed25519 " + Base64.getEncoder().encodeToString(blob) + " nobody";
    }

    /** The template without the role: a subscription without a registry can have it. */
    private static String onlyHere() throws IOException {
        ObjectMapper reader = new ObjectMapper();
        ObjectNode template = (ObjectNode) reader.readTree(TEMPLATE.get().replaceAll("(?m)^\\s*//.*$", ""));
        template.withArray("resources").remove(1);
        ((ObjectNode) template.path("outputs")).remove("loginServer");
        return template.toString();
    }

    private static ProgramResult refused(CurrentAzureCli cli, String subscription)
            throws IOException, InterruptedException {
        cli.az("account", "set", "--subscription", subscription);
        cli.az("group", "create", "--name", GROUP, "--location", "japaneast");
        ProgramResult refused = tryDeployment(cli, "create");
        assertThat(refused.status()).isNotZero();
        return refused;
    }

    private static List<JsonNode> changes(CurrentAzureCli cli, String kind) throws IOException, InterruptedException {
        JsonNode result = deployment(cli, "what-if", "--no-pretty-print");
        return Stream.iterate(0, i -> i < result.path("changes").size(), i -> i + 1)
                .map(result.path("changes")::get)
                .filter(change -> change.path("changeType").asText().equals(kind))
                .toList();
    }

    private static JsonNode deployment(CurrentAzureCli cli, String verb, String... more)
            throws IOException, InterruptedException {
        return cli.az(arguments(verb, more));
    }

    private static ProgramResult tryDeployment(CurrentAzureCli cli, String verb)
            throws IOException, InterruptedException {
        return cli.tryAz(arguments(verb));
    }

    private static String[] arguments(String verb, String... more) {
        return Stream.concat(
                        Stream.of(
                                "deployment",
                                "group",
                                verb,
                                "--resource-group",
                                GROUP,
                                "--name",
                                NAME,
                                "--template-file",
                                "template.json",
                                "--parameters",
                                "@parameters.json"),
                        Arrays.stream(more))
                .toArray(String[]::new);
    }

    private static JsonNode named(CurrentAzureCli cli, String... command) throws IOException, InterruptedException {
        return cli.az(Stream.concat(Arrays.stream(command), Stream.of("--resource-group", GROUP, "--name", NAME))
                .toArray(String[]::new));
    }
}
