package io.keylesspull.azure.model;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** A machine's network. @param nicId its network interface @param publicIp empty if it has none */
public record NetworkInfo(String nicId, Optional<String> publicIp) {

    /** Which part of a resource id is the group's name. */
    private static final int GROUP = 4;

    /**
     * A subnet of a virtual network.
     *
     * @param location of the network, as Azure names it
     * @param wayOut of machines without a public address
     * @param connected whether its virtual network has peerings or a gateway, by which other networks can be reached
     * @param ranges its addresses in CIDR notation
     * @param free how many IPv4 addresses are left for machines; empty if that cannot be said
     */
    public record Subnet(
            String id, String location, WayOut wayOut, boolean connected, List<String> ranges, OptionalLong free) {

        public Subnet {
            ranges = List.copyOf(ranges);
        }

        /** The id of its virtual network. */
        public String networkId() {
            return networkOf(id);
        }

        /** The resource group of its virtual network. */
        public String group() {
            return id.split("/")[GROUP];
        }
    }

    /**
     * How machines without a public address get out of a subnet. Source: Microsoft Learn, "Default outbound access in
     * Azure".
     */
    public enum WayOut {
        NAT_GATEWAY,
        /** Azure's default outbound access, which a private subnet does not give. */
        DEFAULT,
        /** The subnet has a route table, which may lead to a firewall or nowhere. */
        ROUTES,
        NONE
    }

    /** {@code network/subnet}. @param subnetId resource id of the subnet */
    public static String shortName(String subnetId) {
        String[] parts = subnetId.split("/");
        return parts[parts.length - 3] + "/" + parts[parts.length - 1];
    }

    /** @param subnetId of a subnet @return the id of its virtual network */
    public static String networkOf(String subnetId) {
        return subnetId.substring(0, subnetId.toLowerCase(Locale.ROOT).indexOf("/subnets/"));
    }
}
