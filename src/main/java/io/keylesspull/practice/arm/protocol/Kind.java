package io.keylesspull.practice.arm.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/**
 * A type of resource.
 *
 * @param namespace such as {@code Microsoft.Compute}
 * @param plural    such as {@code virtualMachines}
 */
public record Kind(String namespace, String plural) {

    public static final Kind GROUP = new Kind("Microsoft.Resources", "resourceGroups");
    public static final Kind IDENTITY = new Kind("Microsoft.ManagedIdentity", "userAssignedIdentities");
    public static final Kind REGISTRY = new Kind("Microsoft.ContainerRegistry", "registries");
    public static final Kind MACHINE = new Kind("Microsoft.Compute", "virtualMachines");
    public static final Kind DISK = new Kind("Microsoft.Compute", "disks");
    public static final Kind VNET = new Kind("Microsoft.Network", "virtualNetworks");
    public static final Kind NSG = new Kind("Microsoft.Network", "networkSecurityGroups");
    public static final Kind PUBLIC_IP = new Kind("Microsoft.Network", "publicIPAddresses");
    public static final Kind NIC = new Kind("Microsoft.Network", "networkInterfaces");

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
