package io.keylesspull.setup.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.bertramlabs.plugins.hcl4j.HCLParser;
import io.keylesspull.engine.plan.Facts;
import io.keylesspull.setup.export.Format;
import io.keylesspull.setup.request.RepositoryScope;
import io.keylesspull.setup.request.Requests;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.request.SetupRequest.BehindGateway;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Terraform configuration of a setup, by a parser of its language. */
class TerraformExportTest {

    static Stream<SetupRequest> setups() {
        return ArmExportTest.setups();
    }

    private static String terraform(SetupRequest request) {
        return ArmExportTest.exports(request, new Facts()).text(Format.TERRAFORM);
    }

    @ParameterizedTest
    @MethodSource("setups")
    void itParsesAndEveryReferenceIsToWhatIsDeclared(SetupRequest request) throws Exception {
        String text = terraform(request);
        Map<String, Object> parsed = new HCLParser().parse(text);
        assertThat(parsed).containsKeys("terraform", "provider", "variable", "output");

        TreeSet<String> declared = new TreeSet<>();
        Pattern.compile("(?m)^(resource|data) \"(\\w+)\" \"(\\w+)\"")
                .matcher(text)
                .results()
                .map(found -> (found.group(1).equals("data") ? "data." : "") + found.group(2) + "." + found.group(3))
                .forEach(
                        address -> assertThat(declared.add(address)).as(address).isTrue());
        Pattern.compile("(?m)^variable \"(\\w+)\"")
                .matcher(text)
                .results()
                .forEach(found -> declared.add("var." + found.group(1)));
        List<String> used = Pattern.compile("(?:data\\.)?azurerm_\\w+\\.\\w+|var\\.\\w+")
                .matcher(text)
                .results()
                .map(found -> found.group())
                .toList();
        assertThat(declared).containsAll(used);
    }

    @Test
    void whatExistsIsData() {
        String text = terraform(Requests.of(Requests.OLD_REGISTRY, Requests.SYSTEM_ASSIGNED, Requests.OLD_MACHINE));

        assertThat(text)
                .contains("data \"azurerm_container_registry\" \"registry\" {\n  name                = \"contoso\"\n"
                        + "  resource_group_name = \"images\"\n}")
                .contains("data.azurerm_virtual_machine.machine_old_vm.identity[0].principal_id")
                .doesNotContain("resource \"azurerm_container_registry\"")
                .doesNotContain("azurerm_linux_virtual_machine");
    }

    @Test
    void aNewMachineBehindAGatewayHasNoAddressOfItsOwn() {
        assertThat(terraform(Requests.of(
                        Requests.NEW_REGISTRY,
                        Requests.USER_ASSIGNED,
                        Requests.NEW_MACHINE.withNetwork(new BehindGateway()))))
                .contains("resource \"azurerm_subnet_nat_gateway_association\" \"gateway_mydockervm\"")
                .doesNotContain("myDockervmPublicIP")
                .doesNotContain("azurerm_network_security_group");
    }

    /** Source: the provider's 4.0 Upgrade Guide. */
    @Test
    void theProviderIsToldTheSubscription() {
        SetupRequest usual = Requests.of(Requests.NEW_REGISTRY, Requests.USER_ASSIGNED, Requests.NEW_MACHINE);

        assertThat(terraform(usual))
                .contains("provider \"azurerm\" {\n  subscription_id = \"" + ArmExportTest.SUBSCRIPTION + "\"\n")
                .doesNotContain("ARM_SUBSCRIPTION_ID");
    }

    @Test
    void whatBootsWaitsForItsNetwork() {
        SetupRequest behind = Requests.of(
                Requests.NEW_REGISTRY, Requests.USER_ASSIGNED, Requests.NEW_MACHINE.withNetwork(new BehindGateway()));

        assertThat(terraform(Requests.like(behind, Requests.scaleSet(3))))
                .contains("""
                          depends_on = [
                            azurerm_nat_gateway_public_ip_association.gateway_mydockervm,
                            azurerm_subnet_nat_gateway_association.gateway_mydockervm,
                          ]
                        """.indent(0))
                .contains("""
                          depends_on = [
                            azurerm_subnet_network_security_group_association.rules_fleet,
                            azurerm_nat_gateway_public_ip_association.gateway_fleet,
                            azurerm_subnet_nat_gateway_association.gateway_fleet,
                          ]
                        """.indent(0));
        assertThat(terraform(Requests.of(Requests.NEW_REGISTRY, Requests.USER_ASSIGNED, Requests.NEW_MACHINE)))
                .contains("    azurerm_network_interface_security_group_association.rules_mydockervm,\n");
    }

    @ParameterizedTest
    @MethodSource("setups")
    void whatExistsIsOnlyDeclaredWhereSomethingRefersToIt(SetupRequest request) {
        String text = terraform(request);

        Pattern.compile("(?m)^data \"(\\w+)\" \"(\\w+)\"")
                .matcher(text)
                .results()
                .map(found -> "data." + found.group(1) + "." + found.group(2) + ".")
                .forEach(address -> assertThat(text).contains(address));
    }

    @Test
    void aConditionIsQuoted() {
        SetupRequest usual = Requests.of(Requests.NEW_REGISTRY, Requests.USER_ASSIGNED, Requests.NEW_MACHINE);

        assertThat(terraform(Requests.like(usual, new RepositoryScope(List.of("team/api")))))
                .contains("StringEqualsIgnoreCase 'team/api'")
                .contains("role_assignment_mode = \"AbacRepositoryPermissions\"")
                .contains("\"Container Registry Repository Reader\"");
    }
}
