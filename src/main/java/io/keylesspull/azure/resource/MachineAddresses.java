package io.keylesspull.azure.resource;

import com.azure.core.http.rest.PagedFlux;
import com.azure.resourcemanager.network.fluent.NetworkManagementClient;
import com.azure.resourcemanager.network.fluent.models.NetworkInterfaceInner;
import com.azure.resourcemanager.network.fluent.models.NetworkInterfaceIpConfigurationInner;
import com.azure.resourcemanager.network.fluent.models.PublicIpAddressInner;
import io.keylesspull.azure.http.SdkCall;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.MachineInfo.Addresses;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Supplier;

/** Looks up which addresses network interfaces have. */
final class MachineAddresses {

    private final Supplier<NetworkManagementClient> client;

    MachineAddresses(Supplier<NetworkManagementClient> client) {
        this.client = client;
    }

    /** The addresses of one interface; two requests at most. */
    Addresses of(String nicId) throws AzureException, InterruptedException {
        Optional<NetworkInterfaceInner> nic = SdkCall.find(() ->
                client.get().getNetworkInterfaces().getByResourceGroupAsync(ArmId.groupOf(nicId), ArmId.name(nicId)));
        if (nic.isEmpty()) {
            return Addresses.NONE;
        }
        NicFacts facts = NicFacts.of(nic.get());
        if (facts.publicIpId().isEmpty()) {
            return new Addresses(Optional.empty(), facts.privateIp(), facts.subnetId());
        }
        String id = facts.publicIpId().get();
        Optional<String> publicIp = SdkCall.find(() ->
                        client.get().getPublicIpAddresses().getByResourceGroupAsync(ArmId.groupOf(id), ArmId.name(id)))
                .map(PublicIpAddressInner::ipAddress);
        return new Addresses(publicIp, facts.privateIp(), facts.subnetId());
    }

    /** All interfaces of the subscription. */
    PagedFlux<NetworkInterfaceInner> nics() {
        return client.get().getNetworkInterfaces().listAsync();
    }

    /** All public addresses of the subscription. */
    PagedFlux<PublicIpAddressInner> publicIps() {
        return client.get().getPublicIpAddresses().listAsync();
    }

    /** The addresses in a network interface's primary configuration. */
    record NicFacts(Optional<String> privateIp, Optional<String> publicIpId, Optional<String> subnetId) {

        static NicFacts of(NetworkInterfaceInner nic) {
            if (nic.ipConfigurations() == null) {
                return new NicFacts(Optional.empty(), Optional.empty(), Optional.empty());
            }
            Optional<NetworkInterfaceIpConfigurationInner> primary = nic.ipConfigurations().stream()
                    .min(Comparator.comparing(configuration -> !Boolean.TRUE.equals(configuration.primary())));
            return new NicFacts(
                    primary.map(NetworkInterfaceIpConfigurationInner::privateIpAddress),
                    primary.map(NetworkInterfaceIpConfigurationInner::publicIpAddress)
                            .map(address -> address.id()),
                    primary.map(NetworkInterfaceIpConfigurationInner::subnet).map(subnet -> subnet.id()));
        }
    }
}
