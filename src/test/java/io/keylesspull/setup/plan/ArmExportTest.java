package io.keylesspull.setup.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.azure.model.IdentityInfo;
import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.model.PermissionMode;
import io.keylesspull.azure.model.RegistryInfo;
import io.keylesspull.engine.plan.Facts;
import io.keylesspull.remote.SshRoute;
import io.keylesspull.remote.key.KeyFiles;
import io.keylesspull.setup.export.Exports;
import io.keylesspull.setup.export.Format;
import io.keylesspull.setup.request.RepositoryScope;
import io.keylesspull.setup.request.Requests;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.request.SetupRequest.BehindGateway;
import io.keylesspull.setup.request.SetupRequest.Cluster;
import io.keylesspull.setup.request.SetupRequest.InSubnet;
import io.keylesspull.setup.request.SetupRequest.Machine;
import io.keylesspull.setup.step.cloud.CloudFacts;
import io.keylesspull.setup.step.connection.SshKeys;
import io.keylesspull.setup.step.fleet.Sampling;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The ARM template of a setup; that Azure's own tools deploy it is tested with the real Azure CLI. */
class ArmExportTest {

    private static final String SUBNET = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/net"
            + "/providers/Microsoft.Network/virtualNetworks/hub/subnets/apps";

    /** The functions that the practice cloud evaluates too. */
    private static final Set<String> FUNCTIONS = Set.of(
            "parameters", "variables", "resourceId", "subscriptionResourceId", "reference", "guid", "concat", "base64");

    /** Of the subscription that requests name. */
    static final String SUBSCRIPTION = "00000000-0000-0000-0000-000000000001";

    static Exports exports(SetupRequest request, Facts facts) {
        SshKeys keys = new SshKeys(Path.of("id_ed25519"), Path.of("known_hosts"), KeyFiles.only());
        return Review.exports(
                request,
                SUBSCRIPTION,
                new SetupPlan(
                                request,
                                null,
                                SshRoute.direct(),
                                keys,
                                Optional.empty(),
                                new Sampling(Runnable::run, new Random(1)))
                        .plan(),
                facts);
    }

    static JsonNode arm(SetupRequest request, Facts facts) throws Exception {
        return new ObjectMapper().readTree(exports(request, facts).text(Format.ARM));
    }

    /** Setups that differ in all that an export has to tell apart. */
    static Stream<SetupRequest> setups() {
        Machine fresh = Requests.NEW_MACHINE;
        SetupRequest usual = Requests.of(Requests.NEW_REGISTRY, Requests.USER_ASSIGNED, fresh);
        return Stream.of(
                usual,
                Requests.of(Requests.NEW_REGISTRY, Requests.SYSTEM_ASSIGNED, fresh),
                Requests.of(Requests.OLD_REGISTRY, Requests.USER_ASSIGNED, fresh, Requests.OLD_MACHINE),
                Requests.of(Requests.OLD_REGISTRY, Requests.SYSTEM_ASSIGNED, fresh, Requests.OLD_MACHINE),
                Requests.of(Requests.NEW_REGISTRY, Requests.USER_ASSIGNED, fresh.withNetwork(new BehindGateway())),
                Requests.of(Requests.NEW_REGISTRY, Requests.USER_ASSIGNED, fresh.withNetwork(new InSubnet(SUBNET))),
                Requests.of(Requests.NEW_REGISTRY, Requests.SYSTEM_ASSIGNED, elsewhere()),
                Requests.like(usual, new RepositoryScope(List.of("team/api", "web/*"))),
                Requests.like(usual, List.of(new Cluster("aks1", Optional.of("clusters")))),
                Requests.like(usual, Requests.scaleSet(3)),
                Requests.like(
                        Requests.of(Requests.OLD_REGISTRY, Requests.USER_ASSIGNED),
                        Requests.scaleSet(1000).withSize("")));
    }

    private static Machine elsewhere() {
        return new Machine(
                "vm2", true, "Debian12", "", "admin", Optional.empty(), Optional.empty(), Optional.of("others"));
    }

    @ParameterizedTest
    @MethodSource("setups")
    void everyExpressionUsesKnownFunctionsDeclaredParametersAndDeclaredVariables(SetupRequest request)
            throws Exception {
        check(arm(request, new Facts()));
    }

    private static void check(JsonNode template) {
        JsonNode outer = without(template);
        for (String expression : expressions(outer)) {
            assertThat(FUNCTIONS).containsAll(calls(expression));
            for (String name : arguments(expression, "parameters")) {
                assertThat(template.path("parameters").has(name)).as(name).isTrue();
            }
            for (String name : arguments(expression, "variables")) {
                assertThat(template.path("variables").has(name)).as(name).isTrue();
            }
            assertThat(expression.length()).isLessThan(24_576);
        }
        for (JsonNode resource : template.path("resources")) {
            JsonNode nested = resource.path("properties").path("template");
            if (nested.isObject()) {
                assertThat(resource.at("/properties/expressionEvaluationOptions/scope")
                                .asText())
                        .isEqualTo("inner");
                assertThat(names(nested.path("parameters")))
                        .isEqualTo(names(resource.path("properties").path("parameters")));
                check(nested);
            }
        }
    }

    /** Without the templates inside. */
    private static JsonNode without(JsonNode template) {
        JsonNode copy = template.deepCopy();
        copy.path("resources").forEach(resource -> {
            if (resource.path("properties").has("template")) {
                ((ObjectNode) resource.path("properties")).remove("template");
            }
        });
        ((ObjectNode) copy).remove("metadata");
        return copy;
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> expressions(JsonNode node) {
        List<String> found = new ArrayList<>();
        if (node.isTextual() && node.asText().startsWith("[") && !node.asText().startsWith("[[")) {
            assertThat(node.asText()).endsWith("]");
            found.add(node.asText());
        }
        node.forEach(child -> found.addAll(expressions(child)));
        node.fieldNames().forEachRemaining(name -> {
            if (name.startsWith("[")) {
                found.add(name);
            }
        });
        return found;
    }

    private static List<String> calls(String expression) {
        return matches("([A-Za-z0-9]+)\\(", expression.replaceAll("'(?:[^']|'')*'", "''"));
    }

    private static List<String> arguments(String expression, String function) {
        return matches(function + "\\('([^']*)'\\)", expression);
    }

    private static List<String> matches(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("setups")
    void eachResourceWaitsForTheNewOnesThatItRefersToAndNoneWaitsInACircle(SetupRequest request) throws Exception {
        JsonNode template = arm(request, new Facts());
        Map<String, Set<String>> after = new LinkedHashMap<>();
        for (JsonNode resource : template.path("resources")) {
            Set<String> waits = new TreeSet<>();
            resource.path("dependsOn").forEach(other -> waits.add(inner(other.asText())));
            after.put(idOf(resource), waits);
        }
        assertThat(after.values())
                .allSatisfy(waits -> assertThat(after.keySet()).containsAll(waits));
        for (JsonNode resource : template.path("resources")) {
            Set<String> waits = after.get(idOf(resource));
            JsonNode body = resource.deepCopy();
            ((ObjectNode) body).remove("dependsOn");
            after.keySet().stream()
                    .filter(id -> expressions(body).stream().anyMatch(expression -> expression.contains(id)))
                    .forEach(id -> assertThat(waits).contains(id));
        }
        Set<String> reached = new TreeSet<>();
        List<String> left = new ArrayList<>(after.keySet());
        while (left.removeIf(id -> reached.containsAll(after.get(id)) && reached.add(id))) {
            // Each round reaches those that wait for the ones before.
        }
        assertThat(left).isEmpty();
    }

    private static String idOf(JsonNode resource) {
        String group = resource.path("resourceGroup").asText();
        return "resourceId(" + (group.isEmpty() ? "" : "'" + group + "', ") + "'"
                + resource.path("type").asText() + "', " + nameOf(resource) + ")";
    }

    private static String nameOf(JsonNode resource) {
        String name = resource.path("name").asText();
        return name.startsWith("[") ? inner(name) : "'" + name + "'";
    }

    private static String inner(String expression) {
        return expression.substring(1, expression.length() - 1);
    }

    @Test
    void whatExistsIsReferredToAndNotDeclared() throws Exception {
        SetupRequest request = Requests.of(Requests.NEW_REGISTRY, Requests.USER_ASSIGNED, Requests.NEW_MACHINE);
        Facts facts = new Facts();
        facts.put(
                CloudFacts.REGISTRY,
                Optional.empty(),
                new RegistryInfo(
                        "/r",
                        "mycontainerregistry",
                        "myResourceGroup",
                        "japaneast",
                        "mycontainerregistry.azurecr.io",
                        "Basic",
                        PermissionMode.ABAC,
                        RegistryInfo.Network.OPEN,
                        false,
                        List.of()));
        facts.put(
                CloudFacts.IDENTITY,
                Optional.empty(),
                new IdentityInfo("/i", "myACRId", "myResourceGroup", "japaneast", "principal", "client", "tenant"));
        facts.put(
                CloudFacts.MACHINE,
                Optional.of("myDockerVM"),
                new MachineInfo(
                        "/m",
                        "myDockerVM",
                        "myResourceGroup",
                        "japaneast",
                        "",
                        MachineInfo.PowerState.RUNNING,
                        new MachineInfo.OsProfile(true, "", "azureuser"),
                        MachineInfo.Addresses.NONE,
                        MachineInfo.Identities.NONE));

        JsonNode template = arm(request, facts);

        assertThat(types(template)).containsExactly("Microsoft.Authorization/roleAssignments");
        assertThat(template.at("/resources/0/properties/roleDefinitionId").asText())
                .as("the role of the registry's mode")
                .contains("b93aa761-3e63-49ed-ac28-beffa264f7ac");
        assertThat(afterwards(template)).anyMatch(line -> line.contains("az vm identity assign"));
    }

    @ParameterizedTest
    @MethodSource("setups")
    void noFormatHasASecret(SetupRequest request) {
        Exports exports = exports(request, new Facts());
        for (Format format : Format.values()) {
            assertThat(exports.text(format).toLowerCase(Locale.ROOT))
                    .as(format.option())
                    .doesNotContain("private key", "adminpassword", "admin_password", "accountkey")
                    .endsWith("\n");
        }
    }

    @Test
    void aRoleThatIsThereIsNotDeclared() throws Exception {
        SetupRequest request = Requests.of(Requests.NEW_REGISTRY, Requests.USER_ASSIGNED, Requests.NEW_MACHINE);
        Facts facts = new Facts();
        facts.put(CloudFacts.ROLE_ASSIGNMENT_ID, Optional.empty(), "/assignment");

        assertThat(types(arm(request, facts))).doesNotContain("Microsoft.Authorization/roleAssignments");
    }

    @Test
    void theRoleOnARegistryOfAnotherGroupIsDeployedThere() throws Exception {
        JsonNode template =
                arm(Requests.of(Requests.OLD_REGISTRY, Requests.USER_ASSIGNED, Requests.NEW_MACHINE), new Facts());

        JsonNode nested = StreamSupport.stream(template.path("resources").spliterator(), false)
                .filter(resource -> resource.path("type").asText().equals("Microsoft.Resources/deployments"))
                .findFirst()
                .orElseThrow();
        assertThat(nested.path("resourceGroup").asText()).isEqualTo("images");
        JsonNode role = nested.at("/properties/template/resources/0");
        assertThat(role.path("scope").asText())
                .isEqualTo("[resourceId('Microsoft.ContainerRegistry/registries', 'contoso')]");
        assertThat(role.at("/properties/principalId").asText())
                .contains("resourceId('myResourceGroup', 'Microsoft.ManagedIdentity/userAssignedIdentities'");
    }

    @Test
    void theRoleIsLimitedToRepositoriesByTheConditionOfTheRun() throws Exception {
        SetupRequest usual = Requests.of(Requests.NEW_REGISTRY, Requests.USER_ASSIGNED, Requests.NEW_MACHINE);
        JsonNode template = arm(Requests.like(usual, new RepositoryScope(List.of("team/api"))), new Facts());

        assertThat(template.at("/resources/0/properties/roleAssignmentMode").asText())
                .isEqualTo("AbacRepositoryPermissions");
        assertThat(template.at("/resources/2/properties/condition").asText())
                .startsWith("((!(ActionMatches{")
                .contains("StringEqualsIgnoreCase 'team/api'");
        assertThat(template.at("/resources/2/properties/conditionVersion").asText())
                .isEqualTo("2.0");
    }

    @Test
    void aClustersKubeletIdentityGetsTheRole() throws Exception {
        SetupRequest request = Requests.like(
                Requests.of(Requests.NEW_REGISTRY, Requests.USER_ASSIGNED),
                List.of(new Cluster("aks1", Optional.of("clusters"))));

        JsonNode template = arm(request, new Facts());

        assertThat(template.at("/resources/1/properties/principalId").asText())
                .isEqualTo("[reference(resourceId('clusters', 'Microsoft.ContainerService/managedClusters', 'aks1'),"
                        + " '2025-09-01').identityProfile.kubeletidentity.objectId]");
        assertThat(types(template)).doesNotContain("Microsoft.ContainerService/managedClusters");
    }

    @Test
    void whatATemplateCannotDoIsSaidWithTheCommandsThatDoIt() throws Exception {
        JsonNode template =
                arm(Requests.of(Requests.NEW_REGISTRY, Requests.SYSTEM_ASSIGNED, Requests.OLD_MACHINE), new Facts());

        assertThat(before(template))
                .contains("  az group create --subscription 'My Subscription' --name myResourceGroup"
                        + " --location japaneast")
                .contains("  az vm identity assign --subscription 'My Subscription' --resource-group 'machines(old)'"
                        + " --name old_vm")
                .contains("  az deployment group create --subscription 'My Subscription'"
                        + " --resource-group myResourceGroup --template-file azuredeploy.json");
        assertThat(afterwards(template))
                .anyMatch(line -> line.contains("az acr import "))
                .anyMatch(line -> line.contains("az acr repository show "))
                .anyMatch(line -> line.contains("10 minutes"))
                .anyMatch(line -> line.contains("old_vm") && line.contains("no template installs Docker"));
    }

    static List<String> types(JsonNode template) {
        List<String> types = new ArrayList<>();
        template.path("resources")
                .forEach(resource -> types.add(resource.path("type").asText()));
        return types;
    }

    private static List<String> before(JsonNode template) {
        return lines(template, "before");
    }

    private static List<String> afterwards(JsonNode template) {
        return lines(template, "afterwards");
    }

    private static List<String> lines(JsonNode template, String part) {
        List<String> lines = new ArrayList<>();
        template.at("/metadata/" + part).forEach(line -> lines.add(line.asText()));
        return lines;
    }
}
