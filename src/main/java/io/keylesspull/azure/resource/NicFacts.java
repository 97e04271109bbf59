package io.keylesspull.azure.resource;

import com.azure.resourcemanager.network.fluent.models.NetworkInterfaceInner;
import com.azure.resourcemanager.network.fluent.models.NetworkInterfaceIpConfigurationInner;
import java.util.Comparator;
import java.util.Optional;

/** The addresses in a network interface's primary configuration. */
record NicFacts(Optional<String> privateIp, Optional<String> publicIpId) {

    static NicFacts of(NetworkInterfaceInner nic) {
        if (nic.ipConfigurations() == null) {
            return new NicFacts(Optional.empty(), Optional.empty());
        }
        Optional<NetworkInterfaceIpConfigurationInner> primary = nic.ipConfigurations().stream()
                .min(Comparator.comparing(configuration -> !Boolean.TRUE.equals(configuration.primary())));
        return new NicFacts(
                primary.map(NetworkInterfaceIpConfigurationInner::privateIpAddress),
                primary.map(NetworkInterfaceIpConfigurationInner::publicIpAddress)
                        .map(address -> address.id()));
    }
}
