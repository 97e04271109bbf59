package io.keylesspull.practice.arm.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/**
 * A type of resource.
 *
 * @param namespace such as {@code Microsoft.Compute}
 * @param plural such as {@code virtualMachines}
 */
public record ResourceKind(String namespace, String plural) {

    public static final ResourceKind GROUP = new ResourceKind("Microsoft.Resources", "resourceGroups");
    public static final ResourceKind IDENTITY = new ResourceKind("Microsoft.ManagedIdentity", "userAssignedIdentities");
    public static final ResourceKind REGISTRY = new ResourceKind("Microsoft.ContainerRegistry", "registries");
    public static final ResourceKind MACHINE = new ResourceKind("Microsoft.Compute", "virtualMachines");
    public static final ResourceKind SCALE_SET = new ResourceKind("Microsoft.Compute", "virtualMachineScaleSets");
    /** A child of a machine. */
    public static final ResourceKind RUN_COMMAND = new ResourceKind("Microsoft.Compute", "virtualMachines/runCommands");

    public static final ResourceKind CLUSTER = new ResourceKind("Microsoft.ContainerService", "managedClusters");

    public static final ResourceKind DISK = new ResourceKind("Microsoft.Compute", "disks");
    public static final ResourceKind SSH_KEY = new ResourceKind("Microsoft.Compute", "sshPublicKeys");
    public static final ResourceKind VNET = new ResourceKind("Microsoft.Network", "virtualNetworks");
    public static final ResourceKind NSG = new ResourceKind("Microsoft.Network", "networkSecurityGroups");
    public static final ResourceKind PUBLIC_IP = new ResourceKind("Microsoft.Network", "publicIPAddresses");
    public static final ResourceKind NAT_GATEWAY = new ResourceKind("Microsoft.Network", "natGateways");
    public static final ResourceKind PRIVATE_ENDPOINT = new ResourceKind("Microsoft.Network", "privateEndpoints");
    public static final ResourceKind NIC = new ResourceKind("Microsoft.Network", "networkInterfaces");

    public String type() {
        return namespace + "/" + plural;
    }

    public String key() {
        return type().toLowerCase(Locale.ROOT);
    }

    public String id(String subscription, String group, String name) {
        return "/subscriptions/" + subscription + "/resourceGroups/" + group + "/providers/" + type() + "/" + name;
    }

    public boolean isOf(JsonNode resource) {
        return type().equalsIgnoreCase(resource.path("type").asText());
    }
}
