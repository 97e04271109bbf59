package io.keylesspull.azure.resource;

import com.azure.resourcemanager.network.fluent.NetworkManagementClient;
import com.azure.resourcemanager.network.fluent.models.NetworkInterfaceInner;
import com.azure.resourcemanager.network.fluent.models.PublicIpAddressInner;
import io.keylesspull.azure.http.SdkCall;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.MachineInfo.Addresses;
import java.util.HashMap;
import java.util.Map;
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
            return new Addresses(Optional.empty(), facts.privateIp());
        }
        String id = facts.publicIpId().get();
        Optional<String> publicIp = SdkCall.find(() ->
                        client.get().getPublicIpAddresses().getByResourceGroupAsync(ArmId.groupOf(id), ArmId.name(id)))
                .map(PublicIpAddressInner::ipAddress);
        return new Addresses(publicIp, facts.privateIp());
    }

    /** The addresses of all interfaces in the subscription, by {@link ArmId#key}; two requests. */
    Map<String, Addresses> all() throws AzureException, InterruptedException {
        Map<String, String> publicIps = new HashMap<>();
        for (PublicIpAddressInner address :
                SdkCall.list(() -> client.get().getPublicIpAddresses().listAsync())) {
            if (address.ipAddress() != null) {
                publicIps.put(ArmId.key(address.id()), address.ipAddress());
            }
        }
        Map<String, Addresses> byNic = new HashMap<>();
        for (NetworkInterfaceInner nic :
                SdkCall.list(() -> client.get().getNetworkInterfaces().listAsync())) {
            NicFacts facts = NicFacts.of(nic);
            byNic.put(
                    ArmId.key(nic.id()),
                    new Addresses(facts.publicIpId().map(ArmId::key).map(publicIps::get), facts.privateIp()));
        }
        return byNic;
    }
}
