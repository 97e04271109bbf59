package io.keylesspull.azure.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.keylesspull.azure.http.ScriptedHttp;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.NetworkInfo;
import io.keylesspull.azure.model.NetworkInfo.WayOut;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The subnets that new machines can be put in, from the list of virtual networks. */
@Timeout(60)
class SubnetListingTest {

    private static final String NETWORKS = "/virtualNetworks?api";

    private final ScriptedHttp http = new ScriptedHttp();

    @Test
    void subnetsOfThatLocationAreGivenPageByPageWithTheirRangeWayOutAndFreeAddresses() throws Exception {
        http.answer(
                "GET",
                NETWORKS,
                200,
                list(
                        "https://management.azure.com/networks?page=2",
                        network(
                                "hub",
                                "japaneast",
                                subnet("vms", """
                                        "addressPrefix": "10.1.0.0/24", "natGateway": {"id": "/nat"},
                                        "ipConfigurations": [{"id": "/nic/1"}, {"id": "/nic/2"}]"""),
                                subnet(
                                        "routed",
                                        "\"addressPrefix\": \"10.1.1.0/29\", \"routeTable\": {\"id\": \"/rt\"}")),
                        network("elsewhere", "westeurope", subnet("vms", "\"addressPrefix\": \"10.9.0.0/24\""))));
        http.answer(
                "GET",
                "/networks?page=2",
                200,
                list(
                        "",
                        network(
                                "spoke",
                                "JapanEast",
                                subnet("closed", """
                                        "addressPrefixes": ["10.2.0.0/25", "10.2.1.0/25"],
                                        "defaultOutboundAccess": false"""),
                                subnet("dual", "\"addressPrefixes\": [\"10.2.2.0/24\", \"fd00:2::/64\"]"))));

        List<NetworkInfo.Subnet> found =
                Fixture.subscription(http).networks().subnets("japaneast").all();

        assertThat(found)
                .containsExactly(
                        new NetworkInfo.Subnet(
                                id("hub", "vms"),
                                "japaneast",
                                WayOut.NAT_GATEWAY,
                                false,
                                List.of("10.1.0.0/24"),
                                OptionalLong.of(249)),
                        new NetworkInfo.Subnet(
                                id("hub", "routed"),
                                "japaneast",
                                WayOut.ROUTES,
                                false,
                                List.of("10.1.1.0/29"),
                                OptionalLong.of(3)),
                        new NetworkInfo.Subnet(
                                id("spoke", "closed"),
                                "JapanEast",
                                WayOut.NONE,
                                false,
                                List.of("10.2.0.0/25", "10.2.1.0/25"),
                                OptionalLong.of(246)),
                        new NetworkInfo.Subnet(
                                id("spoke", "dual"),
                                "JapanEast",
                                WayOut.DEFAULT,
                                false,
                                List.of("10.2.2.0/24", "fd00:2::/64"),
                                OptionalLong.empty()));
        assertThat(found.get(0).group()).isEqualTo("rg");
        assertThat(found.get(0).networkId()).endsWith("/virtualNetworks/hub");
    }

    @Test
    void subnetsThatAzureKeepsForItsServicesAreLeftOut() throws Exception {
        http.answer(
                "GET",
                NETWORKS,
                200,
                list(
                        "",
                        network(
                                "hub",
                                "japaneast",
                                subnet("GatewaySubnet", "\"addressPrefix\": \"10.1.0.0/27\""),
                                subnet("azurebastionsubnet", "\"addressPrefix\": \"10.1.1.0/26\""),
                                subnet("AzureFirewallSubnet", "\"addressPrefix\": \"10.1.2.0/26\""),
                                subnet("AzureFirewallManagementSubnet", "\"addressPrefix\": \"10.1.3.0/26\""),
                                subnet("RouteServerSubnet", "\"addressPrefix\": \"10.1.4.0/27\""),
                                subnet("web", """
                                        "addressPrefix": "10.1.5.0/24", "delegations": [{"name": "app",
                                        "properties": {"serviceName": "Microsoft.Web/serverFarms"}}]"""),
                                subnet("vms", "\"addressPrefix\": \"10.1.6.0/24\", \"delegations\": []")),
                        "{\"id\": \"" + Fixture.GROUP + "/providers/Microsoft.Network/virtualNetworks/bare\", "
                                + "\"name\": \"bare\", \"location\": \"japaneast\", \"properties\": {}}"));

        assertThat(Fixture.subscription(http).networks().subnets("japaneast").all())
                .extracting(subnet -> NetworkInfo.shortName(subnet.id()), NetworkInfo.Subnet::connected)
                .containsExactly(tuple("hub/vms", true));
    }

    @Test
    void refusalIsReported() throws Exception {
        http.answer("GET", NETWORKS, 403, "{\"error\": {\"code\": \"AuthorizationFailed\", \"message\": \"no\"}}");
        Networks networks = Fixture.subscription(http).networks();

        AzureException refused = catchThrowableOfType(
                AzureException.class, () -> networks.subnets("japaneast").all());

        assertThat(refused.kind()).isEqualTo(AzureException.Kind.FORBIDDEN);
    }

    private static String id(String network, String subnet) {
        return Fixture.GROUP + "/providers/Microsoft.Network/virtualNetworks/" + network + "/subnets/" + subnet;
    }

    private static String list(String next, String... items) {
        return "{\"value\": [" + String.join(", ", items) + "]"
                + (next.isEmpty() ? "" : ", \"nextLink\": \"" + next + "\"") + "}";
    }

    private static String network(String name, String location, String... subnets) {
        String text = """
                {"id": "%s", "name": "%s", "location": "%s", "properties": {"subnets": [%s]}}""";
        return text.formatted(
                Fixture.GROUP + "/providers/Microsoft.Network/virtualNetworks/" + name,
                name,
                location,
                String.join(", ", subnets).replace("NETWORK", name));
    }

    private static String subnet(String name, String properties) {
        return "{\"id\": \"%s\", \"name\": \"%s\", \"properties\": {%s}}"
                .formatted(id("NETWORK", name), name, properties);
    }
}
