package io.keylesspull.practice.arm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/**
 * A type of resource.
 *
 * @param namespace such as {@code Microsoft.Compute}
 * @param plural    such as {@code virtualMachines}
 */
record Kind(String namespace, String plural) {

    static final Kind GROUP = new Kind("Microsoft.Resources", "resourceGroups");
    static final Kind IDENTITY = new Kind("Microsoft.ManagedIdentity", "userAssignedIdentities");
    static final Kind REGISTRY = new Kind("Microsoft.ContainerRegistry", "registries");
    static final Kind MACHINE = new Kind("Microsoft.Compute", "virtualMachines");
    static final Kind DISK = new Kind("Microsoft.Compute", "disks");
    static final Kind VNET = new Kind("Microsoft.Network", "virtualNetworks");
    static final Kind NSG = new Kind("Microsoft.Network", "networkSecurityGroups");
    static final Kind PUBLIC_IP = new Kind("Microsoft.Network", "publicIPAddresses");
    static final Kind NIC = new Kind("Microsoft.Network", "networkInterfaces");

    String type() {
        return namespace + "/" + plural;
    }

    String key() {
        return type().toLowerCase(Locale.ROOT);
    }

    String id(String subscription, String group, String name) {
        return "/subscriptions/" + subscription + "/resourceGroups/" + group + "/providers/" + type() + "/" + name;
    }

    boolean isOf(JsonNode resource) {
        return type().equalsIgnoreCase(resource.path("type").asText());
    }
}
