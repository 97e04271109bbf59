package io.keylesspull.practice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.management.exception.ManagementException;
import com.azure.resourcemanager.compute.models.PowerState;
import com.azure.resourcemanager.compute.models.RunCommandInput;
import com.azure.resourcemanager.containerregistry.models.ImportImageParameters;
import com.azure.resourcemanager.containerregistry.models.ImportSource;
import com.azure.resourcemanager.resources.fluentcore.arm.models.HasName;
import io.keylesspull.practice.clock.Pace;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class PracticeCloudTest {

    private static final PracticeCloudFixture PRACTICE = new PracticeCloudFixture(Pace.INSTANT);

    @AfterAll
    static void close() {
        PRACTICE.close();
    }

    @Test
    void thereAreRegistriesOfBothPermissionModesAndALockedOne() {
        assertThat(PRACTICE.azure.containerRegistries().list())
                .extracting(HasName::name)
                .containsExactlyInAnyOrder(
                        "practiceclassic",
                        "practiceabac",
                        "practicelocked",
                        "practicelabelled",
                        "practiceopen",
                        "practiceprivate",
                        "practicefirewall");
        assertThat(mode("practiceclassic")).isEqualTo("LegacyRegistryPermissions");
        assertThat(mode("practiceabac")).isEqualTo("AbacRepositoryPermissions");
        assertThat(PRACTICE.cloud
                        .resource(registry("practicelocked"))
                        .orElseThrow()
                        .at("/properties/publicNetworkAccess")
                        .asText())
                .isEqualTo("Disabled");
    }

    @Test
    void allMachinesRunButTheStoppedOne() {
        assertThat(PRACTICE.azure.virtualMachines().list())
                .extracting(HasName::name)
                .containsExactlyInAnyOrder(
                        "practiceBare",
                        "practiceDocker",
                        "practiceStopped",
                        "practiceJump",
                        "practicePrivate",
                        "practiceAgentOnly");
        assertThat(power("practiceBare")).isEqualTo(PowerState.RUNNING);
        assertThat(power("practiceDocker")).isEqualTo(PowerState.RUNNING);
        assertThat(power("practiceStopped")).isEqualTo(PowerState.DEALLOCATED);
    }

    @Test
    void aRunningMachinesSshServerAnswersAndAStoppedOnesDoesNot() {
        assertThat(PRACTICE.cloud.sshServer(address("practiceBare"), 22)).isPresent();
        assertThat(PRACTICE.cloud.sshServer(address("practiceBare"), 80)).isEmpty();
        assertThat(PRACTICE.cloud.sshServer(address("practiceStopped"), 22)).isEmpty();
        assertThat(PRACTICE.cloud.sshServer("192.0.2.1", 22)).isEmpty();
    }

    @Test
    void runCommandReadsHostKeysAndOneMachineHasDocker() {
        assertThat(run("practiceBare", "cat /etc/ssh/ssh_host_ed25519_key.pub")).contains("ssh-ed25519 ");
        assertThat(run("practiceDocker", "docker --version")).contains("Docker version");
        assertThat(run("practiceBare", "docker --version")).doesNotContain("Docker version");
    }

    @Test
    void aStoppedMachineRunsNothing() {
        ManagementException refused =
                catchThrowableOfType(ManagementException.class, () -> run("practiceStopped", "hostname"));
        assertThat(refused.getResponse().getStatusCode()).isEqualTo(409);
    }

    @Test
    void aNewRegistryTakesTheSampleImageOnce() {
        PRACTICE.azure
                .containerRegistries()
                .define("myContainerRegistry")
                .withRegion("japaneast")
                .withExistingResourceGroup(Seed.REGISTRIES)
                .withBasicSku()
                .create();
        ImportImageParameters sample = new ImportImageParameters()
                .withSource(new ImportSource()
                        .withRegistryUri("mcr.microsoft.com")
                        .withSourceImage("azuredocs/aci-helloworld:latest"))
                .withTargetTags(List.of("aci-helloworld:v1"));
        var registries =
                PRACTICE.azure.containerRegistries().manager().serviceClient().getRegistries();
        registries.importImage(Seed.REGISTRIES, "myContainerRegistry", sample);
        ManagementException again = catchThrowableOfType(
                ManagementException.class,
                () -> registries.importImage(Seed.REGISTRIES, "myContainerRegistry", sample));
        assertThat(again.getMessage()).contains("Tag aci-helloworld:v1 already exists in target registry.");
        assertThat(PRACTICE.azure
                        .containerRegistries()
                        .checkNameAvailability("myContainerRegistry")
                        .isAvailable())
                .isFalse();
    }

    @Test
    void theFirstMachinesAreUpFromTheStartAtAnyPace() {
        try (PracticeCloudFixture slow = new PracticeCloudFixture(Pace.REALISTIC)) {
            String address = slow.cloud
                    .resourceIds()
                    .filter(id -> id.endsWith("/practiceBarePublicIP"))
                    .findFirst()
                    .flatMap(slow.cloud::resource)
                    .orElseThrow()
                    .at("/properties/ipAddress")
                    .asText();
            assertThat(slow.cloud.sshServer(address, 22)).isPresent();
        }
    }

    @Test
    void thePracticeKeyIsInOpenSshForm() {
        assertThat(PRACTICE.cloud.practicePrivateKey())
                .startsWith("-----BEGIN OPENSSH PRIVATE KEY-----\n")
                .endsWith("-----END OPENSSH PRIVATE KEY-----\n");
    }

    private static String run(String machine, String script) {
        return PRACTICE.azure
                .virtualMachines()
                .runCommand(
                        Seed.MACHINES,
                        machine,
                        new RunCommandInput().withCommandId("RunShellScript").withScript(List.of(script)))
                .value()
                .get(0)
                .message();
    }

    private static PowerState power(String machine) {
        return PRACTICE.azure
                .virtualMachines()
                .getByResourceGroup(Seed.MACHINES, machine)
                .powerState();
    }

    private static String address(String machine) {
        return PRACTICE.azure
                .virtualMachines()
                .getByResourceGroup(Seed.MACHINES, machine)
                .getPrimaryPublicIPAddress()
                .ipAddress();
    }

    private static String mode(String registry) {
        return PRACTICE.cloud
                .resource(registry(registry))
                .orElseThrow()
                .at("/properties/roleAssignmentMode")
                .asText();
    }

    private static String registry(String name) {
        return PRACTICE.subscription() + "/resourceGroups/" + Seed.REGISTRIES
                + "/providers/Microsoft.ContainerRegistry/registries/" + name;
    }
}
