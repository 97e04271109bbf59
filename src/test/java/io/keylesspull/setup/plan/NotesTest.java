package io.keylesspull.setup.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keylesspull.azure.model.AzureCloud;
import io.keylesspull.azure.model.IdentityInfo;
import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.model.PermissionMode;
import io.keylesspull.azure.model.RegistryInfo;
import io.keylesspull.azure.model.ResourceGroupInfo;
import io.keylesspull.azure.model.SignInMethod;
import io.keylesspull.engine.plan.Facts;
import io.keylesspull.setup.export.Format;
import io.keylesspull.setup.request.Requests;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.request.SetupRequest.Cluster;
import io.keylesspull.setup.request.SetupRequest.SignIn;
import io.keylesspull.setup.step.cloud.CloudFacts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;

/** What stands around what Azure and other programs read, for people. */
class NotesTest {

    private static final Pattern WITHOUT_SUBSCRIPTION =
            Pattern.compile("\\baz(?: [a-z]+(?:-[a-z]+)*)+ (?!--subscription 'My Subscription')-.*");

    private static final SetupRequest CLUSTER = Requests.like(
            Requests.of(Requests.OLD_REGISTRY, Requests.USER_ASSIGNED),
            List.of(new Cluster("aks1", Optional.of("clusters"))));

    static Stream<SetupRequest> setups() {
        return Stream.concat(
                ArmExportTest.setups(),
                Stream.of(CLUSTER, Requests.of(Requests.OLD_REGISTRY, Requests.SYSTEM_ASSIGNED, Requests.OLD_MACHINE)));
    }

    private static List<String> notes(Format format, SetupRequest request, Facts facts) throws IOException {
        String text = ArmExportTest.exports(request, facts).text(format);
        if (format == Format.ARM) {
            List<String> lines = new ArrayList<>();
            JsonNode metadata = new ObjectMapper().readTree(text).path("metadata");
            metadata.forEach(part -> part.forEach(line -> lines.add(line.asText())));
            return lines;
        }
        String mark = format == Format.BICEP ? "// " : "# ";
        return text.lines()
                .filter(line -> line.startsWith(mark))
                .map(line -> line.substring(mark.length()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("setups")
    void eachCommandOfTheAzureCliSaysTheSubscription(SetupRequest request) throws Exception {
        for (Format format : List.of(Format.ARM, Format.BICEP, Format.TERRAFORM, Format.CLOUD_INIT)) {
            assertThat(notes(format, request, new Facts()))
                    .as(format.option())
                    .noneMatch(line -> WITHOUT_SUBSCRIPTION.matcher(line).find());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Format.class,
            names = {"ARM", "BICEP", "TERRAFORM"})
    void theSubscriptionIsNamed(Format format) throws Exception {
        assertThat(notes(format, CLUSTER, new Facts())).contains("Subscription: My Subscription");
    }

    @ParameterizedTest
    @EnumSource(
            value = Format.class,
            names = {"ARM", "BICEP", "TERRAFORM"})
    void anotherCloudIsNamed(Format format) throws Exception {
        SetupRequest china =
                Requests.like(CLUSTER, new SignIn(SignInMethod.DEVICE_CODE, Optional.empty(), AzureCloud.CHINA));
        assertThat(notes(format, CLUSTER, new Facts())).noneMatch(line -> line.contains("az cloud set"));
        assertThat(notes(format, china, new Facts())).contains("  az cloud set --name AzureChinaCloud");
        assertThat(ArmExportTest.exports(china, new Facts()).text(Format.TERRAFORM))
                .contains("environment     = \"china\"");
    }

    @ParameterizedTest
    @EnumSource(value = Format.class, mode = Mode.EXCLUDE, names = "CLOUD_INIT")
    void clustersAloneAreNotCalledMachinesAndTheirRoleCostsNothing(Format format) throws Exception {
        assertThat(String.join("\n", notes(format, CLUSTER, new Facts())))
                .doesNotContain("irtual machine")
                .doesNotContain("costs money");
    }

    @ParameterizedTest
    @EnumSource(
            value = Format.class,
            names = {"ARM", "BICEP", "TERRAFORM"})
    void whereAllIsThereNothingIsSaidOfDeploying(Format format) throws Exception {
        assertThat(notes(
                        format,
                        Requests.of(Requests.OLD_REGISTRY, Requests.USER_ASSIGNED, Requests.OLD_MACHINE),
                        there()))
                .noneMatch(line -> line.contains("To deploy")
                        || line.contains("costs")
                        || line.contains("az deployment")
                        || line.contains("terraform ")
                        || line.contains("resource group has to be there"))
                .anyMatch(line -> line.startsWith("There is nothing to deploy."))
                .anyMatch(line -> line.contains("az vm identity assign"));
    }

    /** The registry, the identity and its role; not yet on the machine. */
    private static Facts there() {
        Facts facts = new Facts();
        facts.put(
                CloudFacts.REGISTRY,
                Optional.empty(),
                new RegistryInfo(
                        "/r",
                        "contoso",
                        "images",
                        "japaneast",
                        "contoso.azurecr.io",
                        "Basic",
                        PermissionMode.LEGACY,
                        RegistryInfo.Network.OPEN,
                        false,
                        List.of()));
        facts.put(
                CloudFacts.IDENTITY,
                Optional.empty(),
                new IdentityInfo("/i", "myACRId", "myResourceGroup", "japaneast", "principal", "client", "tenant"));
        facts.put(
                CloudFacts.MACHINE,
                Optional.of("old_vm"),
                new MachineInfo(
                        "/m",
                        "old_vm",
                        "machines(old)",
                        "japaneast",
                        "",
                        MachineInfo.PowerState.RUNNING,
                        new MachineInfo.OsProfile(true, "", "azureuser"),
                        MachineInfo.Addresses.NONE,
                        MachineInfo.Identities.NONE));
        facts.put(
                CloudFacts.RESOURCE_GROUP,
                Optional.empty(),
                new ResourceGroupInfo("/g", "myResourceGroup", "japaneast"));
        facts.put(CloudFacts.ROLE_ASSIGNMENT_ID, Optional.empty(), "/assignment");
        return facts;
    }

    @Test
    void aTemplateThatMakesNothingAsksForNoPlace() throws Exception {
        SetupRequest all = Requests.of(Requests.OLD_REGISTRY, Requests.USER_ASSIGNED, Requests.OLD_MACHINE);

        assertThat(ArmExportTest.arm(all, there()).path("parameters")).isEmpty();
        for (Format format : List.of(Format.BICEP, Format.TERRAFORM)) {
            assertThat(ArmExportTest.exports(all, there()).text(format))
                    .as(format.option())
                    .doesNotContain("location");
        }
    }
}
