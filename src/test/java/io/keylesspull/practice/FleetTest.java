package io.keylesspull.practice;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.util.Context;
import com.azure.resourcemanager.compute.models.VirtualMachine;
import com.azure.resourcemanager.resources.models.Deployment;
import com.azure.resourcemanager.resources.models.DeploymentMode;
import com.azure.resourcemanager.resources.models.DeploymentOperation;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keylesspull.fault.VirtualTime;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.machine.Hypervisor.CommandOutput;
import io.keylesspull.practice.machine.Hypervisor.Script;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A fleet that a template makes: identity, network with a way out, scale set whose machines set themselves up. */
class FleetTest {

    private static final String GROUP = "fleet";

    private static final String CLOUD_CONFIG = """
            #cloud-config
            write_files:
              - path: /etc/systemd/system/pulls.service
                content: |
                  [Unit]
                  Description=Pulls
                  ConditionPathExists=!/var/lib/pulls/done
                  StartLimitIntervalSec=0
                  [Service]
                  Type=oneshot
                  ExecStartPre=/bin/sh -c 'sleep $(shuf -i 0-30 -n 1)'
                  ExecStart=/usr/local/sbin/pulls
                  Restart=on-failure
                  RestartSec=60
                  [Install]
                  WantedBy=multi-user.target
              - path: /usr/local/sbin/pulls
                permissions: '0755'
                content: |
                  #!/bin/sh
                  set -eu
                  command -v docker > /dev/null || { apt-get -o DPkg::Lock::Timeout=600 update; }
                  command -v docker > /dev/null || { apt-get -o DPkg::Lock::Timeout=600 install -y docker.io; }
                  field() { sed -n 's/.*"'"$1"'" *: *"\\([^"]*\\)".*/\\1/p'; }
                  host=practiceclassic.azurecr.io
                  metadata="http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01"
                  for="resource=https%3A%2F%2Fcontainerregistry.azure.net"
                  token=$(curl -s -H Metadata:true "$metadata&$for" | field access_token)
                  exchange() {
                    curl -s -f --data grant_type=access_token --data "service=$host" --data-urlencode access_token@- \\
                      "https://$host/oauth2/exchange"
                  }
                  login=$(printf '%s' "$token" | exchange | field refresh_token)
                  user=00000000-0000-0000-0000-000000000000
                  printf '%s' "$login" | docker login "$host" --username "$user" --password-stdin
                  docker pull practiceclassic.azurecr.io/aci-helloworld:v1
                  mkdir -p /var/lib/pulls
                  : > /var/lib/pulls/done
            runcmd:
              - [systemctl, daemon-reload]
              - [systemctl, enable, --now, --no-block, pulls.service]
            """;

    private static final String TEMPLATE = """
            {"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
             "contentVersion": "1.0.0.0",
             "parameters": {"customData": {"type": "string"}, "instances": {"type": "int"}},
             "resources": [
               {"type": "Microsoft.ManagedIdentity/userAssignedIdentities", "apiVersion": "2023-01-31",
                "name": "fleetIdentity", "location": "japaneast"},
               {"type": "Microsoft.Network/publicIPAddresses", "apiVersion": "2024-05-01", "name": "fleetIp",
                "location": "japaneast", "sku": {"name": "Standard"},
                "properties": {"publicIPAllocationMethod": "Static"}},
               {"type": "Microsoft.Network/natGateways", "apiVersion": "2024-05-01", "name": "fleetNat",
                "location": "japaneast", "sku": {"name": "Standard"},
                "dependsOn": ["[resourceId('Microsoft.Network/publicIPAddresses', 'fleetIp')]"],
                "properties": {"publicIpAddresses": [
                  {"id": "[resourceId('Microsoft.Network/publicIPAddresses', 'fleetIp')]"}]}},
               {"type": "Microsoft.Network/networkSecurityGroups", "apiVersion": "2024-05-01", "name": "fleetNsg",
                "location": "japaneast", "properties": {"securityRules": []}},
               {"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2024-05-01", "name": "fleetNet",
                "location": "japaneast",
                "dependsOn": ["[resourceId('Microsoft.Network/natGateways', 'fleetNat')]"],
                "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}, "subnets": [
                  {"name": "fleetSubnet", "properties": {"addressPrefix": "10.0.0.0/20",
                   "natGateway": {"id": "[resourceId('Microsoft.Network/natGateways', 'fleetNat')]"}}}]}},
               {"type": "Microsoft.Compute/virtualMachineScaleSets", "apiVersion": "2024-11-01", "name": "fleet",
                "location": "japaneast", "sku": {"name": "Standard_B2s", "capacity": "[parameters('instances')]"},
                "tags": {"keyless-pull-run": "r1"},
                "identity": {"type": "UserAssigned", "userAssignedIdentities": {
                  "[resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', 'fleetIdentity')]": {}}},
                "dependsOn": ["fleetNet", "fleetNsg", "fleetIdentity"],
                "properties": {"orchestrationMode": "Flexible", "platformFaultDomainCount": 1,
                 "virtualMachineProfile": {
                  "storageProfile": {"imageReference": {"publisher": "Canonical",
                     "offer": "0001-com-ubuntu-server-jammy", "sku": "22_04-lts-gen2", "version": "latest"},
                   "osDisk": {"createOption": "FromImage", "deleteOption": "Delete"}},
                  "osProfile": {"computerNamePrefix": "fleet", "adminUsername": "azureuser",
                   "customData": "[base64(parameters('customData'))]",
                   "linuxConfiguration": {"disablePasswordAuthentication": true, "ssh": {"publicKeys": [
                     {"path": "/home/azureuser/.ssh/authorized_keys", "keyData":
                      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}]}}},
                  "networkProfile": {"networkApiVersion": "2020-11-01", "networkInterfaceConfigurations": [
                    {"name": "fleetNic", "properties": {"primary": true,
                     "networkSecurityGroup": {"id":
                      "[resourceId('Microsoft.Network/networkSecurityGroups', 'fleetNsg')]"},
                     "ipConfigurations": [{"name": "ip", "properties": {"subnet": {
                       "id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'fleetNet', 'fleetSubnet')]"
                      }}}]}}]}}}}],
             "outputs": {"identity": {"type": "string", "value": "[reference('fleetIdentity').principalId]"}}}
            """;

    @Test
    void itsMachinesPullWhenTheRoleHasTakenEffect() throws Exception {
        VirtualTime time = new VirtualTime();
        Faults faults = new Faults();
        try (PracticeCloudFixture azure = new PracticeCloudFixture(faults.start(Pace.REALISTIC, time, new Random(7)))) {
            faults.arm().limitCores(4_000);
            List<String> before = azure.cloud.resourceIds().toList();
            Deployment made = deploy(azure, time, 3);
            assertThat(made.provisioningState())
                    .as(String.valueOf(made.error()))
                    .isEqualTo("Succeeded");
            assertThat(made.deploymentOperations().list())
                    .extracting(DeploymentOperation::provisioningState)
                    .hasSize(6)
                    .containsOnly("Succeeded");
            List<VirtualMachine> machines = azure.azure.virtualMachines().listByResourceGroup(GROUP).stream()
                    .toList();
            assertThat(machines).hasSize(3).allSatisfy(machine -> {
                assertThat(machine.virtualMachineScaleSetId()).endsWith("/virtualMachineScaleSets/fleet");
                assertThat(machine.tags()).containsEntry("keyless-pull-run", "r1");
            });

            time.sleep(Duration.ofMinutes(3));
            assertThat(says(azure, machines.get(0), "systemctl is-active pulls"))
                    .isEqualTo("activating\n");
            assertThat(says(azure, machines.get(0), "journalctl -u pulls -o cat --no-pager"))
                    .contains("Failed to start pulls.service", "Scheduled restart job");

            azure.azure
                    .accessManagement()
                    .roleAssignments()
                    .define("5d0f2f0a-6f0b-4a44-9d0c-9a3c0c7d4e12")
                    .forObjectId(((Map<?, ?>) ((Map<?, ?>) made.outputs()).get("identity"))
                            .get("value")
                            .toString())
                    .withRoleDefinition(azure.subscription()
                            + "/providers/Microsoft.Authorization/roleDefinitions/7f951dda-4ed3-4680-a7ca-43fe172d538d")
                    .withResourceScope(azure.azure
                            .containerRegistries()
                            .getByResourceGroup("practiceRegistries", "practiceclassic"))
                    .create();
            time.sleep(Duration.ofMinutes(5));
            for (VirtualMachine machine : machines) {
                assertThat(says(azure, machine, "docker images -q"))
                        .as(says(azure, machine, "journalctl -u pulls"))
                        .isNotEmpty();
                assertThat(says(azure, machine, "systemctl show -p Result --value pulls"))
                        .isEqualTo("success\n");
            }
            assertThat(azure.azure.virtualMachineScaleSets().list()).hasSize(1);
            azure.azure
                    .virtualMachineScaleSets()
                    .manager()
                    .serviceClient()
                    .getVirtualMachineScaleSets()
                    .beginDelete(GROUP, "fleet", true, Context.NONE);
            time.sleep(Duration.ofMinutes(2));
            azure.azure.resourceGroups().getByName(GROUP);
            assertThat(azure.cloud.resourceIds())
                    .filteredOn(id -> !before.contains(id))
                    .noneMatch(id -> id.matches("(?i).*/(disks|networkInterfaces|virtualMachines)/.*"));
        }
    }

    static Deployment deploy(PracticeCloudFixture azure, VirtualTime time, int instances) throws Exception {
        azure.azure.resourceGroups().define(GROUP).withRegion("japaneast").create();
        azure.azure
                .deployments()
                .define("fleet")
                .withExistingResourceGroup(GROUP)
                .withTemplate(TEMPLATE)
                .withParameters("{\"instances\": {\"value\": " + instances + "}, \"customData\": {\"value\": "
                        + new ObjectMapper().writeValueAsString(CLOUD_CONFIG) + "}}")
                .withMode(DeploymentMode.INCREMENTAL)
                .beginCreate();
        Deployment deployment = azure.azure.deployments().getByResourceGroup(GROUP, "fleet");
        for (int i = 0; i < 60 && !deployment.provisioningState().matches("Succeeded|Failed"); i++) {
            time.sleep(Duration.ofSeconds(10));
            deployment = azure.azure.deployments().getByResourceGroup(GROUP, "fleet");
        }
        return deployment;
    }

    static String says(PracticeCloudFixture azure, VirtualMachine machine, String line) throws InterruptedException {
        CommandOutput output = azure.cloud
                .machine(machine.id())
                .run(new Script(line, Map.of(), List.of(), Optional.empty(), Optional.empty()));
        return output.stdout();
    }
}
