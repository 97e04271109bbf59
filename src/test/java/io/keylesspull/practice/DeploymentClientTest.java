package io.keylesspull.practice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.management.exception.ManagementException;
import com.azure.resourcemanager.resources.models.ChangeType;
import com.azure.resourcemanager.resources.models.Deployment;
import com.azure.resourcemanager.resources.models.DeploymentMode;
import com.azure.resourcemanager.resources.models.DeploymentOperation;
import com.azure.resourcemanager.resources.models.WhatIfChange;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keylesspull.practice.clock.Pace;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Templates that the SDK for Java deploys. */
class DeploymentClientTest {

    private static final String GROUP = "practiceMachines";
    private static final String TEMPLATE = """
            {"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
             "contentVersion": "1.0.0.0",
             "parameters": {"name": {"type": "string"}},
             "resources": [
               {"type": "Microsoft.ManagedIdentity/userAssignedIdentities", "apiVersion": "2023-01-31",
                "name": "[parameters('name')]", "location": "[resourceGroup().location]"}],
             "outputs": {"client": {"type": "string", "value": "[reference(parameters('name')).clientId]"}}}
            """;

    private static final PracticeCloudFixture PRACTICE = new PracticeCloudFixture(Pace.INSTANT);

    @AfterAll
    static void stop() {
        PRACTICE.close();
    }

    @Test
    void aTemplateIsDeployedAndItsOperationsAreListed() throws IOException {
        Deployment made = deploy("bySdk", "{\"name\": {\"value\": \"bySdk\"}}");

        assertThat(made.provisioningState()).isEqualTo("Succeeded");
        assertThat(made.outputs().toString()).contains("client");
        assertThat(made.deploymentOperations().list())
                .extracting(DeploymentOperation::provisioningState)
                .containsExactly("Succeeded");
        List<WhatIfChange> changes = made.prepareWhatIf()
                .withIncrementalMode()
                .withWhatIfTemplate(new ObjectMapper().readValue(TEMPLATE, Map.class))
                .withWhatIfParameters(Map.of("name", Map.of("value", "bySdk")))
                .whatIf()
                .changes();
        assertThat(changes)
                .filteredOn(change -> change.resourceId().endsWith("/bySdk"))
                .extracting(WhatIfChange::changeType)
                .containsExactly(ChangeType.NO_CHANGE);
        assertThat(changes)
                .filteredOn(change -> change.resourceId().endsWith("/practiceBare"))
                .extracting(WhatIfChange::changeType)
                .containsExactly(ChangeType.IGNORE);
    }

    @Test
    void aTemplateThatIsNotValidIsRefusedWithItsCode() {
        assertThatThrownBy(() -> deploy("refused", "{}"))
                .isInstanceOfSatisfying(
                        ManagementException.class,
                        refused -> assertThat(refused.getValue().getCode()).isEqualTo("InvalidTemplate"))
                .hasMessageContaining("The value for the template parameter 'name' is not provided");
    }

    private static Deployment deploy(String name, String parameters) throws IOException {
        return PRACTICE.azure
                .deployments()
                .define(name)
                .withExistingResourceGroup(GROUP)
                .withTemplate(TEMPLATE)
                .withParameters(parameters)
                .withMode(DeploymentMode.INCREMENTAL)
                .create();
    }
}
