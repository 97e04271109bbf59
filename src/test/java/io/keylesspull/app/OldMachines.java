package io.keylesspull.app;

import io.keylesspull.azure.deployment.DeploymentContent;
import io.keylesspull.azure.deployment.DeploymentInfo;
import io.keylesspull.azure.http.Transport;
import io.keylesspull.azure.model.AzureCloud;
import io.keylesspull.azure.model.ResourceListener;
import io.keylesspull.azure.model.SignInMethod;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.azure.signin.SignInEnvironment;
import io.keylesspull.azure.signin.SignIns;
import io.keylesspull.practice.Faults;
import io.keylesspull.practice.PracticeCloud;
import io.keylesspull.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Many machines in a practice cloud that exist before the program comes: bare ones, which nobody reaches over SSH. */
final class OldMachines {

    static final String GROUP = "crowd";

    private static final String TEMPLATE = """
            {"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
             "contentVersion": "1.0.0.0",
             "resources": [
              {"type": "Microsoft.Network/publicIPAddresses", "apiVersion": "2024-05-01", "name": "out",
               "location": "japaneast", "sku": {"name": "Standard"},
               "properties": {"publicIPAllocationMethod": "Static"}},
              {"type": "Microsoft.Network/natGateways", "apiVersion": "2024-05-01", "name": "nat",
               "location": "japaneast", "sku": {"name": "Standard"},
               "dependsOn": ["[resourceId('Microsoft.Network/publicIPAddresses', 'out')]"],
               "properties": {"publicIpAddresses": [
                {"id": "[resourceId('Microsoft.Network/publicIPAddresses', 'out')]"}]}},
              {"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2024-05-01", "name": "net",
               "location": "japaneast",
               "dependsOn": ["[resourceId('Microsoft.Network/natGateways', 'nat')]"],
               "properties": {"addressSpace": {"addressPrefixes": ["10.64.0.0/16"]},
               "subnets": [{"name": "subnet", "properties": {"addressPrefix": "10.64.0.0/20",
                "natGateway": {"id": "[resourceId('Microsoft.Network/natGateways', 'nat')]"}}}]}},
              {"type": "Microsoft.Compute/virtualMachineScaleSets", "apiVersion": "2024-07-01", "name": "%s",
               "location": "japaneast", "sku": {"name": "Standard_B1s", "capacity": %d},
               "dependsOn": ["[resourceId('Microsoft.Network/virtualNetworks', 'net')]"],
               "properties": {"orchestrationMode": "Flexible", "platformFaultDomainCount": 1,
                "virtualMachineProfile": {
                 "storageProfile": {"imageReference": {"publisher": "Canonical",
                   "offer": "0001-com-ubuntu-server-jammy", "sku": "22_04-lts-gen2", "version": "latest"},
                  "osDisk": {"createOption": "FromImage"}},
                 "osProfile": {"computerNamePrefix": "old", "adminUsername": "azureuser",
                  "linuxConfiguration": {"disablePasswordAuthentication": true, "ssh": {"publicKeys": [
                   {"path": "/home/azureuser/.ssh/authorized_keys", "keyData": "%s"}]}}},
                 "networkProfile": {"networkApiVersion": "2020-11-01", "networkInterfaceConfigurations": [
                  {"name": "nic", "properties": {"primary": true, "ipConfigurations": [
                   {"name": "config", "properties": {"subnet": {"id":
                   "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'subnet')]"}}}]}}]}}}}]}
            """;

    private static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA old";

    private OldMachines() {}

    /** The practice cloud as somebody else sees it. */
    static AzureSubscription azure(PracticeCloud cloud, Time time) throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        return new SignIns(
                        Transport.routed(cloud.route(), time, new Random(5)),
                        threads,
                        SignInEnvironment.bare(),
                        Optional.empty())
                .signIn(SignInMethod.DEVICE_CODE, Optional.empty(), AzureCloud.PUBLIC, prompt -> {})
                .subscription(cloud.subscriptionId());
    }

    /** @return the names of so many new machines, in the group {@link #GROUP} */
    static List<String> make(Faults faults, PracticeCloud cloud, Time time, int count) throws Exception {
        faults.arm().limitCores(4_000);
        AzureSubscription azure = azure(cloud, time);
        azure.resourceGroups().create(GROUP, "japaneast", ResourceListener.none());
        azure.deployments()
                .begin(
                        GROUP,
                        "crowd",
                        new DeploymentContent(TEMPLATE.formatted("crowd", count, KEY), Map.of()),
                        ResourceListener.none());
        Optional<DeploymentInfo> made = azure.deployments().find(GROUP, "crowd");
        while (made.orElseThrow().state() == DeploymentInfo.State.RUNNING) {
            time.sleep(Duration.ofSeconds(5));
            made = azure.deployments().find(GROUP, "crowd");
        }
        if (made.get().state() != DeploymentInfo.State.SUCCEEDED) {
            throw new IllegalStateException(made.toString());
        }
        List<String> names = new ArrayList<>();
        azure.machines().list().read(page -> {
            page.stream()
                    .filter(machine -> machine.resourceGroup().equalsIgnoreCase(GROUP))
                    .forEach(machine -> names.add(machine.name()));
            return true;
        });
        return names;
    }
}
