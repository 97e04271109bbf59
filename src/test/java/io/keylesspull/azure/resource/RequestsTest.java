package io.keylesspull.azure.resource;

import static io.keylesspull.azure.resource.Fixture.GROUP;
import static io.keylesspull.azure.resource.Fixture.SUBSCRIPTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keylesspull.azure.http.ScriptedHttp;
import io.keylesspull.azure.model.Account;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.AzureException.Kind;
import io.keylesspull.azure.model.ImageReference;
import io.keylesspull.azure.model.MachineIdentity;
import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.model.NetworkInfo;
import io.keylesspull.azure.model.NewMachine;
import io.keylesspull.azure.model.PermissionMode;
import io.keylesspull.azure.model.RegistryInfo;
import io.keylesspull.azure.model.RegistryInfo.Network;
import io.keylesspull.azure.model.RegistryInfos;
import io.keylesspull.azure.model.RoleAssignmentInfo;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is really sent. */
class RequestsTest {

    private static final String ROLE = "7f951dda-4ed3-4680-a7ca-43fe172d538d";
    private static final String PRINCIPAL = "11111111-2222-3333-4444-555555555555";
    private static final String REGISTRY = GROUP + "/providers/Microsoft.ContainerRegistry/registries/contoso";
    private static final String VM = GROUP + "/providers/Microsoft.Compute/virtualMachines/vm1";
    private static final String ID1 = GROUP + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id1";

    private final ScriptedHttp http = new ScriptedHttp();
    private final Fixture.Recorder recorder = new Fixture.Recorder();

    @Test
    void aRoleAssignmentSaysThatItsPrincipalIsAServicePrincipal() throws Exception {
        http.answer("PUT", "/roleAssignments/", 201, assignment("x", REGISTRY));

        RoleAssignmentInfo made =
                Fixture.subscription(http).roleAssignments().create(REGISTRY, ROLE, PRINCIPAL, "", recorder);

        assertThat(made.created()).isTrue();
        ScriptedHttp.Seen put = http.only("PUT");
        assertThat(put.url())
                .startsWith("https://management.azure.com" + REGISTRY + "/providers/")
                .endsWith("api-version=2022-04-01");
        assertThat(put.json().at("/properties/principalType").asText()).isEqualTo("ServicePrincipal");
        assertThat(put.json().at("/properties/principalId").asText()).isEqualTo(PRINCIPAL);
        assertThat(put.json().at("/properties/roleDefinitionId").asText())
                .isEqualTo("/subscriptions/" + SUBSCRIPTION + "/providers/Microsoft.Authorization/roleDefinitions/"
                        + ROLE);
    }

    /** As an image that was pushed over: github.com/MicrosoftDocs/azure-docs/issues/98288. */
    @Test
    void aManifestThatNoTagNamesIsPassedOver() throws Exception {
        String digest = "sha256:" + "1".repeat(64);
        http.answer(
                "GET",
                "/acr/v1/team%2Fapi/_manifests",
                200,
                "{\"registry\": \"contoso.azurecr.io\", \"imageName\": \"team/api\", \"manifests\": ["
                        + "{\"digest\": \"sha256:" + "2".repeat(64) + "\"},"
                        + "{\"digest\": \"" + digest + "\", \"tags\": [\"4.1\"]}]}");

        assertThat(Fixture.subscription(http)
                        .images()
                        .tags("contoso.azurecr.io", "team/api")
                        .all())
                .containsExactly(new RegistryInfo.Tag("4.1", digest));
    }

    @Test
    void theSameRoleAssignmentHasTheSameNameInWhateverLetters() throws Exception {
        RoleAssignments roles = Fixture.subscription(http).roleAssignments();

        assertThat(ArmId.name(roles.id(REGISTRY.toUpperCase(Locale.ROOT), ROLE, PRINCIPAL)))
                .isEqualTo(ArmId.name(roles.id(REGISTRY, ROLE, PRINCIPAL)))
                .isNotEqualTo(ArmId.name(roles.id(REGISTRY + "x", ROLE, PRINCIPAL)));
    }

    @Test
    void aRoleAssignmentThatExistsIsSuccess() throws Exception {
        http.answer(
                "PUT",
                "/roleAssignments/",
                409,
                "{\"error\": {\"code\": \"RoleAssignmentExists\", \"message\": \"exists\"}}");
        http.answer("GET", "/roleAssignments?", 200, "{\"value\": [" + assignment("other", REGISTRY) + "]}");

        RoleAssignmentInfo found =
                Fixture.subscription(http).roleAssignments().create(REGISTRY, ROLE, PRINCIPAL, "", recorder);

        assertThat(found.created()).isFalse();
        assertThat(found.id()).endsWith("/other");
        assertThat(recorder.all).hasSize(1);
    }

    @Test
    void aRoleThatIsInheritedCounts() throws Exception {
        http.answer("GET", "/roleAssignments?", 200, "{\"value\": [" + assignment("onGroup", GROUP) + "]}");

        assertThat(Fixture.subscription(http).roleAssignments().find(REGISTRY, ROLE, PRINCIPAL, ""))
                .hasValueSatisfying(found -> assertThat(found.id()).endsWith("/onGroup"));
    }

    @Test
    void aRoleAssignmentWithAnotherConditionIsToldApart() throws Exception {
        String wanted = "((!(ActionMatches{'a'})) OR (@Request[b:name] StringEqualsIgnoreCase 'app'))";
        String spread = wanted.toUpperCase(Locale.ROOT).replace(" OR ", "\\n OR\\n ");
        String answer = "{\"value\": [" + conditional("onGroup", GROUP, "other") + ","
                + conditional("here", REGISTRY, spread) + "]}";
        http.answer("GET", "/roleAssignments?", 200, answer);
        http.answer("GET", "/roleAssignments?", 200, answer);
        RoleAssignments roles = Fixture.subscription(http).roleAssignments();

        assertThat(roles.find(REGISTRY, ROLE, PRINCIPAL, wanted))
                .hasValueSatisfying(found -> assertThat(RoleAssignments.isSameCondition(found.condition(), wanted))
                        .isTrue());
        assertThat(roles.find(REGISTRY, ROLE, PRINCIPAL, ""))
                .as("Azure lets nobody add one without a condition beside it")
                .hasValueSatisfying(found -> assertThat(found.condition()).isNotEmpty());
    }

    @Test
    void aConditionOfTheGroupIsNotInTheWay() throws Exception {
        http.answer("GET", "/roleAssignments?", 200, "{\"value\": [" + conditional("onGroup", GROUP, "other") + "]}");

        assertThat(Fixture.subscription(http).roleAssignments().find(REGISTRY, ROLE, PRINCIPAL, ""))
                .isEmpty();
    }

    private static String conditional(String name, String scope, String condition) {
        return assignment(name, scope)
                .replaceFirst(
                        "\"principalId\"",
                        Matcher.quoteReplacement("\"condition\": \"" + condition + "\", \"principalId\""));
    }

    @Test
    void anUnknownPrincipalSurfacesAtOnce() throws Exception {
        http.answer(
                "PUT",
                "/roleAssignments/",
                400,
                "{\"error\": {\"code\": \"PrincipalNotFound\", \"message\": \"not yet\"}}");

        AzureException e = catchThrowableOfType(
                AzureException.class,
                () -> Fixture.subscription(http).roleAssignments().create(REGISTRY, ROLE, PRINCIPAL, "", recorder));

        assertThat(e.kind()).isEqualTo(Kind.PRINCIPAL_NOT_FOUND);
    }

    @Test
    void addingAnIdentitySendsTheIdentityAlone() throws Exception {
        http.answer("GET", "/virtualMachines/vm1", 200, vm("{\"type\": \"SystemAssigned\", \"principalId\": \"p\"}"));
        http.answer("PATCH", "/virtualMachines/vm1", 200, vm("""
                {"type": "SystemAssigned, UserAssigned",
                "principalId": "p", "userAssignedIdentities": {"%s": {}}}""".formatted(ID1)));

        MachineInfo now = Fixture.subscription(http).machines().addUserIdentity(machine(), ID1);

        ScriptedHttp.Seen patch = http.only("PATCH");
        assertThat(patch.json().fieldNames()).toIterable().containsExactly("identity");
        assertThat(patch.json().at("/identity/type").asText()).isEqualTo("SystemAssigned, UserAssigned");
        assertThat(patch.json().path("identity").path("userAssignedIdentities").fieldNames())
                .toIterable()
                .containsExactly(ID1);
        assertThat(patch.url()).endsWith("api-version=2025-04-01");
        assertThat(now.identities().userAssignedIds()).containsExactly(ID1);
        assertThat(now.identities().systemPrincipalId()).contains("p");
        assertThat(now.publicIp()).contains("203.0.113.1");
    }

    @Test
    void switchingTheSystemIdentityOnKeepsTheOthers() throws Exception {
        http.answer("GET", "/virtualMachines/vm1", 200, vm("""
                {"type": "UserAssigned", "userAssignedIdentities": {"%s": {}}}""".formatted(ID1)));
        http.answer("PATCH", "/virtualMachines/vm1", 200, vm("{\"principalId\": \"p\"}"));

        Fixture.subscription(http).machines().addSystemIdentity(machine());

        assertThat(http.only("PATCH").json().at("/identity/type").asText()).isEqualTo("SystemAssigned, UserAssigned");
        assertThat(http.only("PATCH").json().path("identity").has("userAssignedIdentities"))
                .isFalse();
    }

    @Test
    void aNewMachineHasItsIdentityFromTheStart() throws Exception {
        http.answer("PUT", "/virtualMachines/vm1", 201, vm("{}"));

        MachineInfo made = Fixture.subscription(http)
                .machines()
                .create(
                        new NewMachine(
                                "rg",
                                "vm1",
                                "eastus",
                                "Standard_B2s",
                                NewMachine.Image.withoutPlan(
                                        new ImageReference("Canonical", "ubuntu-24_04-lts", "server", "latest")),
                                new NewMachine.Administrator("ada", "ssh-ed25519 AAAA x"),
                                new NetworkInfo(
                                        GROUP + "/providers/Microsoft.Network/networkInterfaces/vm1VMNic",
                                        Optional.of("203.0.113.9")),
                                MachineIdentity.user(ID1)),
                        recorder);

        assertThat(made.publicIp()).contains("203.0.113.9");
        assertThat(http.seen()).hasSize(1);
        var body = http.only("PUT").json();
        assertThat(body.at("/identity/type").asText()).isEqualTo("UserAssigned");
        assertThat(body.path("identity").path("userAssignedIdentities").has(ID1))
                .isTrue();
        assertThat(body.at("/properties/hardwareProfile/vmSize").asText()).isEqualTo("Standard_B2s");
        assertThat(body.at("/properties/storageProfile/imageReference/offer").asText())
                .isEqualTo("ubuntu-24_04-lts");
        assertThat(body.at("/properties/osProfile/linuxConfiguration/disablePasswordAuthentication")
                        .asBoolean())
                .isTrue();
        assertThat(body.at("/properties/osProfile/linuxConfiguration/ssh/publicKeys/0/keyData")
                        .asText())
                .isEqualTo("ssh-ed25519 AAAA x");
        assertThat(recorder.all).containsExactly("creating vm1", "created vm1");
    }

    @Test
    void aNewNetworkLetsSshInFromTheGivenRangeOnly() throws Exception {
        String network = GROUP + "/providers/Microsoft.Network/";
        Map<String, String> kinds = Map.of(
                "virtualNetworks/vm1VNET",
                "{}",
                "networkSecurityGroups/vm1NSG",
                "{}",
                "publicIPAddresses/vm1PublicIP",
                "{\"ipAddress\": \"203.0.113.9\"}",
                "networkInterfaces/vm1VMNic",
                "{}");
        kinds.forEach((kind, properties) -> {
            http.answer("GET", kind, 404, "{}");
            http.answer(
                    "PUT",
                    kind,
                    200,
                    "{\"id\": \"%s\", \"properties\": %s}"
                            .formatted(
                                    network + kind,
                                    properties.equals("{}") ? "{\"provisioningState\": \"Succeeded\"}" : properties));
        });

        NetworkInfo made = Fixture.subscription(http)
                .networks()
                .ensure("rg", "eastus", "vm1", Optional.of("198.51.100.7/32"), recorder);

        assertThat(made.publicIp()).contains("203.0.113.9");
        assertThat(made.nicId()).isEqualTo(network + "networkInterfaces/vm1VMNic");
        var rule = put("networkSecurityGroups").json().at("/properties/securityRules/0/properties");
        assertThat(rule.path("sourceAddressPrefix").asText()).isEqualTo("198.51.100.7/32");
        assertThat(rule.path("destinationPortRange").asText()).isEqualTo("22");
        assertThat(put("publicIPAddresses").json().at("/sku/name").asText()).isEqualTo("Standard");
        var ip = put("networkInterfaces").json().at("/properties/ipConfigurations/0/properties");
        assertThat(ip.at("/publicIPAddress/id").asText()).isEqualTo(network + "publicIPAddresses/vm1PublicIP");
        assertThat(ip.at("/subnet/id").asText()).isEqualTo(network + "virtualNetworks/vm1VNET/subnets/vm1Subnet");
        assertThat(recorder.all)
                .containsExactly(
                        "creating vm1VNET",
                        "creating vm1NSG",
                        "creating vm1PublicIP",
                        "created vm1VNET",
                        "created vm1NSG",
                        "created vm1PublicIP",
                        "creating vm1VMNic",
                        "created vm1VMNic");
    }

    @Test
    void aSecurityGroupForNobodyHasNoRule() throws Exception {
        for (String kind :
                List.of("virtualNetworks", "networkSecurityGroups", "publicIPAddresses", "networkInterfaces")) {
            http.answer("GET", kind, 404, "{}");
            http.answer(
                    "PUT",
                    kind,
                    200,
                    "{\"id\": \"%s\", \"properties\": {\"provisioningState\": \"Succeeded\"}}".formatted(GROUP + kind));
        }

        Fixture.subscription(http).networks().ensure("rg", "eastus", "vm1", Optional.empty(), recorder);

        assertThat(put("networkSecurityGroups").json().at("/properties/securityRules"))
                .isEmpty();
    }

    @Test
    void aNetworkThatExistsIsLeftAlone() throws Exception {
        String network = GROUP + "/providers/Microsoft.Network/";
        http.answer("GET", "networkInterfaces/vm1VMNic", 200, """
                {"id": "%1$snetworkInterfaces/vm1VMNic", "properties": {"ipConfigurations": [{"properties":
                 {"publicIPAddress": {"id": "%1$spublicIPAddresses/vm1PublicIP"}}}]}}""".formatted(network));
        http.answer("GET", "publicIPAddresses/vm1PublicIP", 200, "{\"properties\": {\"ipAddress\": \"203.0.113.9\"}}");

        NetworkInfo found =
                Fixture.subscription(http).networks().ensure("rg", "eastus", "vm1", Optional.of("*"), recorder);

        assertThat(found.publicIp()).contains("203.0.113.9");
        assertThat(recorder.all).isEmpty();
    }

    @Test
    void machinesAreListedInFourRequestsHoweverMany() throws Exception {
        http.answer("GET", "/virtualMachines?api", 200, "{\"value\": [%s, %s]}".formatted(pluggedIn(), pluggedIn()));
        String states = """
                {"value": [{"id": "%s", "properties": {"instanceView": {"statuses":
                 [{"code": "ProvisioningState/succeeded"}, {"code": "PowerState/running"}]}}}]}""";
        http.answer("GET", "&statusOnly=true", 200, states.formatted(VM.toUpperCase(Locale.ROOT)));
        http.answer("GET", "/publicIPAddresses?", 200, """
                {"value": [{"id": "/PIP", "properties": {"ipAddress": "203.0.113.9"}}]}""");
        http.answer("GET", "/networkInterfaces?", 200, """
                {"value": [{"id": "/NIC", "properties": {"ipConfigurations": [{"properties":
                 {"privateIPAddress": "10.0.0.4", "publicIPAddress": {"id": "/pip"}}}]}}]}""");

        List<MachineInfo> machines =
                Fixture.subscription(http).machines().list().all();

        assertThat(machines).hasSize(2).allSatisfy(machine -> {
            assertThat(machine.power()).isEqualTo(MachineInfo.PowerState.RUNNING);
            assertThat(machine.publicIp()).contains("203.0.113.9");
            assertThat(machine.privateIp()).contains("10.0.0.4");
            assertThat(machine.os().image()).isEqualTo("Canonical:ubuntu:server:latest");
            assertThat(machine.resourceGroup()).isEqualTo("rg");
        });
        assertThat(http.seen()).hasSize(4).noneMatch(seen -> seen.url().contains("expand"));
    }

    @Test
    void aMachineOfWhichNothingIsKnownButThatItExistsIsListed() throws Exception {
        http.answer("GET", "/virtualMachines?api", 200, "{\"value\": [%s]}".formatted(pluggedIn()));
        http.answer("GET", "&statusOnly=true", 200, "{\"value\": []}");
        http.answer("GET", "/publicIPAddresses?", 200, "{\"value\": []}");
        http.answer("GET", "/networkInterfaces?", 200, "{\"value\": []}");

        assertThat(Fixture.subscription(http).machines().list().all())
                .extracting(MachineInfo::power)
                .containsExactly(MachineInfo.PowerState.OTHER);
    }

    /** The text is recorded, the code is not. */
    @ParameterizedTest
    @CsvSource({"400, InvalidParameters", "409, Conflict", "409, TagAlreadyExists", "400, ''"})
    void anImportOntoATagThatExistsIsReportedAsSuchWithAnyCode(int status, String code) {
        http.answer("POST", "/importImage", 202, Map.of("Location", "/result/1?api-version=1"), "null");
        http.answer("GET", "/result/1", status, """
                {"error": {"code": "%s", "message": "Operation registries-1 failed. Resource %s hello-world:v3 Tag \
                hello-world:v3 already exists in target registry."}}""".formatted(code, REGISTRY));

        AzureException e = catchThrowableOfType(AzureException.class, this::importImage);

        assertThat(e.kind()).isEqualTo(Kind.CONFLICT);
    }

    @Test
    void anImportThatFailsForAnotherReasonIsNotTakenForATagThatExists() {
        http.answer("POST", "/importImage", 400, """
                {"error": {"code": "InvalidParameters", "message": "Error copying blobs."}}""");

        AzureException e = catchThrowableOfType(AzureException.class, this::importImage);

        assertThat(e.kind()).isEqualTo(Kind.INVALID);
    }

    private void importImage() throws AzureException, InterruptedException {
        Fixture.subscription(http)
                .registries()
                .importImage(
                        RegistryInfos.of(
                                REGISTRY,
                                "contoso",
                                "rg",
                                "eastus",
                                "contoso.azurecr.io",
                                "Basic",
                                PermissionMode.LEGACY,
                                Network.OPEN),
                        "mcr.microsoft.com",
                        "hello-world:v1",
                        "hello-world:v3");
    }

    @Test
    void aRegistrysPermissionModeAndFirewallAreRead() throws Exception {
        http.answer("GET", "/registries/contoso", 200, """
                {"id": "%s", "name": "contoso", "location": "eastus", "sku": {"name": "Premium"}, "properties": {
                 "loginServer": "contoso-a1b2.azurecr.io", "roleAssignmentMode": "AbacRepositoryPermissions",
                 "publicNetworkAccess": "Enabled",
                 "networkRuleSet": {"defaultAction": "Deny"}}}""".formatted(REGISTRY));

        RegistryInfo found =
                Fixture.subscription(http).registries().find("rg", "contoso").orElseThrow();

        assertThat(found)
                .isEqualTo(RegistryInfos.of(
                        REGISTRY,
                        "contoso",
                        "rg",
                        "eastus",
                        "contoso-a1b2.azurecr.io",
                        "Premium",
                        PermissionMode.ABAC,
                        new Network(Network.Access.SELECTED, List.of(), List.of(), true)));
    }

    @Test
    void permissionsAreAskedOfWhatExists() throws Exception {
        http.answer("GET", REGISTRY + "/providers/Microsoft.Authorization/permissions", 404, """
                {"error": {"code": "ResourceNotFound", "message": "no"}}""");
        http.answer("GET", GROUP + "/providers/Microsoft.Authorization/permissions", 200, """
                {"value": [{"actions": ["*"], "notActions": ["Microsoft.Authorization/*/Write"]},
                           {"actions": ["Microsoft.Compute/*/read"], "notActions": []}]}""");

        assertThat(Fixture.subscription(http)
                        .permissions()
                        .allowed(REGISTRY, "Microsoft.Authorization/roleAssignments/write"))
                .isFalse();
    }

    @Test
    void permissionsAtAScopeAreAskedForOnceWhateverTheActions() throws Exception {
        http.answer("GET", REGISTRY + "/providers/Microsoft.Authorization/permissions", 404, """
                {"error": {"code": "ResourceNotFound", "message": "no"}}""");
        http.answer("GET", GROUP + "/providers/Microsoft.Authorization/permissions", 200, """
                {"value": [{"actions": ["Microsoft.Compute/*"], "notActions": []}]}""");
        Permissions permissions = Fixture.subscription(http).permissions();

        assertThat(permissions.allowed(REGISTRY, "Microsoft.Compute/virtualMachines/write"))
                .isTrue();
        assertThat(permissions.allowed(GROUP, "Microsoft.Network/virtualNetworks/write"))
                .isFalse();
        assertThat(permissions.allowed(REGISTRY, "Microsoft.Authorization/roleAssignments/write"))
                .isFalse();
        assertThat(http.seen()).hasSize(2);
    }

    @Test
    void throttlingIsWaitedOut() throws Exception {
        http.answer("GET", "/resourcegroups?", 429, Map.of("Retry-After", "0"), "{}");
        http.answer("GET", "/resourcegroups?", 200, "{\"value\": []}");

        assertThat(Fixture.subscription(http).resourceGroups().list().all()).isEmpty();
        assertThat(http.seen()).hasSize(2);
    }

    @Test
    void theAccountIsWhoTheTokenSays() throws Exception {
        assertThat(Fixture.account(http).account()).isEqualTo(new Account("ada@contoso.com", "t1", ""));
    }

    private ScriptedHttp.Seen put(String kind) {
        return http.seen().stream()
                .filter(s -> s.method().equals("PUT") && s.url().contains(kind))
                .findFirst()
                .orElseThrow();
    }

    private static String assignment(String name, String scope) {
        return """
                {"id": "%s/providers/Microsoft.Authorization/roleAssignments/%s", "properties": {"scope": "%s",
                 "principalId": "%s",
                 "roleDefinitionId": "/x/roleDefinitions/%s"}}""".formatted(scope, name, scope, PRINCIPAL, ROLE);
    }

    private static String vm(String identity) {
        return vm(identity, "[]");
    }

    private static String pluggedIn() {
        return vm("{}", "[{\"id\": \"/nic\"}]");
    }

    private static String vm(String identity, String nics) {
        return """
                {"id": "%s", "name": "vm1", "location": "eastus", "identity": %s, "properties": {
                 "provisioningState": "Succeeded", "hardwareProfile": {"vmSize": "Standard_B2s"},
                 "storageProfile": {"osDisk": {"osType": "Linux", "createOption": "FromImage"}, "imageReference":
                  {"publisher": "Canonical", "offer": "ubuntu", "sku": "server", "version": "latest"}},
                 "networkProfile": {"networkInterfaces": %s},
                 "instanceView": {"statuses": [{"code": "ProvisioningState/succeeded"}, {"code": "PowerState/running"}]}
                }}""".formatted(VM, identity, nics);
    }

    private static MachineInfo machine() {
        return new MachineInfo(
                VM,
                "vm1",
                "rg",
                "eastus",
                "Standard_B2s",
                MachineInfo.PowerState.RUNNING,
                new MachineInfo.OsProfile(true, "", "ada"),
                new MachineInfo.Addresses(Optional.of("203.0.113.1"), Optional.empty(), Optional.empty()),
                MachineInfo.Identities.NONE);
    }
}
