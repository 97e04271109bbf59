package io.keylesspull.azure.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keylesspull.azure.http.ScriptedHttp;
import io.keylesspull.azure.model.AzureException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ResourcesTest {

    private static final List<String> TYPES = List.of(
            "Microsoft.Compute/virtualMachineScaleSets",
            "Microsoft.Compute/disks",
            "Microsoft.ContainerRegistry/registries",
            "Microsoft.ManagedIdentity/userAssignedIdentities",
            "Microsoft.Network/natGateways",
            "Microsoft.Network/networkInterfaces",
            "Microsoft.Network/networkSecurityGroups",
            "Microsoft.Network/publicIPAddresses",
            "Microsoft.Network/virtualNetworks");
    private static final String VMS = Fixture.GROUP + "/providers/Microsoft.Compute/virtualMachines";
    private static final String NOTHING = "{\"value\": []}";

    private final ScriptedHttp http = new ScriptedHttp();

    @Test
    void aGroupIsListedByTypesToo() throws Exception {
        http.answer(
                "GET",
                "/resources?",
                200,
                "{\"value\": [{\"id\": \"" + VMS + "/one\"}, {\"id\": \"" + Fixture.GROUP
                        + "/providers/Microsoft.Storage/storageAccounts/two\"}]}");
        http.answer(
                "GET",
                VMS + "?api-version",
                200,
                "{\"value\": [{\"id\": \"" + VMS.toUpperCase(Locale.ROOT) + "/ONE\"}],"
                        + " \"nextLink\": \"https://management.azure.com" + VMS + "?more\"}");
        http.answer("GET", VMS + "?more", 200, "{\"value\": [{\"id\": \"" + VMS + "/three\"}]}");
        TYPES.forEach(type -> http.answer("GET", "/providers/" + type + "?", 200, NOTHING));

        assertThat(Fixture.subscription(http).resources().in(Fixture.GROUP))
                .containsExactly(
                        VMS + "/one",
                        Fixture.GROUP + "/providers/Microsoft.Storage/storageAccounts/two",
                        VMS + "/three");
    }

    @Test
    void aTypeWhoseProviderTheSubscriptionDoesNotHaveHasNothingInAGroup() throws Exception {
        http.answer("GET", "/resources?", 404, error("ResourceGroupNotFound"));
        http.answer("GET", VMS + "?", 409, error("MissingSubscriptionRegistration"));
        TYPES.forEach(type -> http.answer("GET", "/providers/" + type + "?", 404, error("ResourceGroupNotFound")));

        assertThat(Fixture.subscription(http).resources().in(Fixture.GROUP)).isEmpty();
    }

    @Test
    void aListThatCannotBeReadDoesNotMakeAGroupEmpty() {
        http.answer("GET", "/resources?", 200, NOTHING);
        http.answer("GET", "/disks?", 403, error("AuthorizationFailed"));
        TYPES.forEach(type -> http.answer("GET", "/providers/" + type + "?", 200, NOTHING));
        http.answer("GET", VMS + "?", 200, NOTHING);

        assertThatThrownBy(() -> Fixture.subscription(http).resources().in(Fixture.GROUP))
                .isInstanceOf(AzureException.class)
                .hasMessage("no");
    }

    @Test
    void aListIsNotFollowedToAnotherHost() {
        http.answer("GET", "/resources?", 200, NOTHING);
        TYPES.forEach(type -> http.answer(
                "GET",
                "/providers/" + type + "?",
                200,
                "{\"value\": [], \"nextLink\": \"https://management.azure.com.example.com/\"}"));

        assertThatThrownBy(() -> Fixture.subscription(http).resources().in(Fixture.GROUP))
                .isInstanceOf(AzureException.class)
                .hasMessageContaining("another address");
        assertThat(http.seen()).noneMatch(seen -> seen.url().contains("example.com"));
    }

    @Test
    void whatAGroupHoldsIsAskedOfEachTypeOfEachRegisteredProvider() throws Exception {
        String keys = "/providers/Microsoft.Compute/sshPublicKeys";
        http.answer("GET", "/providers?", 200, """
                {"value": [
                 {"namespace": "Microsoft.Compute", "registrationState": "Registered", "resourceTypes": [
                  {"resourceType": "sshPublicKeys", "apiVersions": ["2025-04-01-preview", "2025-04-01"],
                   "defaultApiVersion": "2024-11-01", "capabilities": "SupportsTags, SupportsLocation"},
                  {"resourceType": "virtualMachines/extensions", "apiVersions": ["2025-04-01"],
                   "capabilities": "SupportsTags, SupportsLocation"},
                  {"resourceType": "operations", "apiVersions": ["2025-04-01"], "capabilities": "None"}]},
                 {"namespace": "Microsoft.New", "registrationState": "Registering", "resourceTypes": [
                  {"resourceType": "things", "apiVersions": ["2025-05-01-preview", "2025-04-01"],
                   "capabilities": "SupportsLocation"},
                  {"resourceType": "odd", "apiVersions": ["2023-01-01-preview"], "capabilities": "SupportsTags"}]},
                 {"namespace": "Microsoft.Storage", "registrationState": "NotRegistered", "resourceTypes": [
                  {"resourceType": "storageAccounts", "apiVersions": ["2025-04-01"],
                   "capabilities": "SupportsTags, SupportsLocation"}]}]}""");
        http.answer(
                "GET",
                Fixture.GROUP + keys + "?api-version=2024-11-01",
                200,
                "{\"value\": [{\"id\": \"" + Fixture.GROUP + keys + "/theirs\"}]}");
        http.answer("GET", "/providers/Microsoft.New/things?api-version=2025-04-01", 200, NOTHING);
        http.answer("GET", "/providers/Microsoft.New/odd?api-version=2023-01-01-preview", 405, error("NotAllowed"));

        assertThat(Fixture.subscription(http).resources().inAsProvidersSay(Fixture.GROUP))
                .containsExactly(Fixture.GROUP + keys + "/theirs");
        assertThat(http.seen()).hasSize(4);
    }

    @Test
    void aProviderThatDoesNotLetTheAccountLookDoesNotMakeAGroupEmpty() {
        http.answer("GET", "/providers?", 200, """
                {"value": [{"namespace": "Microsoft.New", "registrationState": "Registered", "resourceTypes": [
                  {"resourceType": "things", "apiVersions": ["2025-04-01"], "capabilities": "SupportsTags"}]}]}""");
        http.answer("GET", "/providers/Microsoft.New/things?", 403, error("AuthorizationFailed"));

        assertThatThrownBy(() -> Fixture.subscription(http).resources().inAsProvidersSay(Fixture.GROUP))
                .isInstanceOf(AzureException.class)
                .hasMessage("no");
    }

    @Test
    void aPartOfAResourceBelongsToTheWhole() {
        assertThat(Resources.whole(VMS + "/one/extensions/agent")).isEqualTo(VMS + "/one");
        assertThat(Resources.whole(VMS + "/one")).isEqualTo(VMS + "/one");
        assertThat(Resources.whole(Fixture.GROUP)).isEqualTo(Fixture.GROUP);
    }

    private static String error(String code) {
        return "{\"error\": {\"code\": \"" + code + "\", \"message\": \"no\"}}";
    }
}
