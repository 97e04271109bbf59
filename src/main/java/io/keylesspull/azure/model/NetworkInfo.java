package io.keylesspull.azure.model;

import java.util.Optional;

/** A machine's network. @param nicId its network interface @param publicIp empty if it has none */
public record NetworkInfo(String nicId, Optional<String> publicIp) {

    /**
     * A subnet of a virtual network.
     *
     * @param location of the network, as Azure names it
     * @param natGateway whether a NAT gateway gives its machines a way out
     */
    public record Subnet(String id, String location, boolean natGateway) {}
}
