package io.keylesspull.practice;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.management.AzureEnvironment;
import com.azure.core.management.profile.AzureProfile;
import com.azure.core.util.Context;
import com.azure.resourcemanager.AzureResourceManager;
import com.azure.resourcemanager.compute.models.VirtualMachine;
import com.azure.resourcemanager.resources.models.DeploymentMode;
import com.azure.resourcemanager.resources.models.DeploymentOperation;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.time.Time;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The subscription with many machines, and a template that runs a script on all of them. */
class ManyMachinesTest {

    private static final String TEMPLATE = """
            {"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
             "contentVersion": "1.0.0.0",
             "parameters": {"script": {"type": "string"}, "machines": {"type": "int"}},
             "resources": [
               {"type": "Microsoft.Compute/virtualMachines/runCommands", "apiVersion": "2024-11-01",
                "copy": {"name": "all", "count": "[parameters('machines')]"},
                "name": "[format('practice{0}/say', padLeft(add(copyIndex(), 1), 4, '0'))]", "location": "japaneast",
                "properties": {"source": {"script": "[parameters('script')]"}, "asyncExecution": false,
                  "treatFailureAsDeploymentFailure": true}}]}
            """;

    @Test
    void aTemplateRunsAScriptOnEach() throws Exception {
        Faults faults = new Faults();
        try (PracticeCloudFixture practice =
                new PracticeCloudFixture(faults.start(Pace.INSTANT, Time.system(), new Random(7)))) {
            faults.manyMachines(12);
            AzureResourceManager azure = in(practice, Situation.MANY_MACHINES.id());
            List<VirtualMachine> machines =
                    azure.virtualMachines().list().stream().toList();
            assertThat(machines).hasSize(12);
            var made = azure.deployments()
                    .define("scripts")
                    .withExistingResourceGroup(Seed.MANY)
                    .withTemplate(TEMPLATE)
                    .withParameters("{\"machines\": {\"value\": 12}, \"script\": {\"value\": \"hostname\"}}")
                    .withMode(DeploymentMode.INCREMENTAL)
                    .create();
            assertThat(made.deploymentOperations().list())
                    .hasSize(12)
                    .extracting(DeploymentOperation::provisioningState)
                    .containsOnly("Succeeded");
            assertThat(azure.virtualMachines()
                            .manager()
                            .serviceClient()
                            .getVirtualMachineRunCommands()
                            .getByVirtualMachineWithResponse(
                                    Seed.MANY, "practice0007", "say", "instanceView", Context.NONE)
                            .getValue()
                            .instanceView()
                            .output())
                    .isEqualTo("practice0007\n");
        }
    }

    private static AzureResourceManager in(PracticeCloudFixture practice, String subscription) {
        return AzureResourceManager.configure()
                .withHttpClient(practice.http)
                .authenticate(
                        practice.credential,
                        new AzureProfile(practice.cloud.tenantId(), subscription, AzureEnvironment.AZURE))
                .withSubscription(subscription);
    }
}
